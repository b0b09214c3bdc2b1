/** Large executions: more symbols than an environment variable holds, and windows up to their limit. */
import { describe, expect, test } from 'vitest';
import { WINDOWS_MAX } from '../../../src/core/plan/windows.js';
import { addDays, utcDate } from '../../../src/core/unit/utc-date.js';
import {
  endAtAggregate,
  jobsOf,
  planOf,
  startServices,
} from '../../support/cloud/local/local-cloud.js';

const services = await startServices();
const COUNT = 3_500;

describe.skipIf(!services.areThere)('an execution', () => {
  test(`of ${COUNT} symbols with long names has a task for each`, async () => {
    const cloud = await services.fresh({ now: '2024-05-10T00:20:00Z' });
    const symbols = Array.from({ length: COUNT }, (_, index) =>
      `币安人生${index}`.padEnd(60, 'X').concat('USDT'),
    );
    await cloud.put(cloud.raw, 'raw/A/trades/x', '');
    await cloud.put(cloud.out, 'agg/_symbols.json', JSON.stringify(symbols));
    endAtAggregate(cloud);
    const ended = await cloud.run({});
    expect(ended.message).toContain('The job may still be writing');
    expect(jobsOf(cloud)).toEqual(['plan 1', `task ${COUNT} of window 1`]);
    const plan = await planOf(cloud, ended.id);
    expect(plan.symbols).toEqual(symbols);
    expect(plan.windows).toMatchObject([{ aggregate_tasks: COUNT, finalize_tasks: 12 }]);
    expect(JSON.stringify(plan.symbols).length).toBeGreaterThan(200_000);
  });

  test(`of ${WINDOWS_MAX} windows keeps to the limits of Workflows`, async () => {
    const cloud = await services.fresh({ now: '2024-05-10T00:20:00Z' });
    await cloud.put(cloud.raw, 'raw/A/trades/x', '');
    cloud.cloudRun.faults.taskFault = ({ command }) =>
      command === 'plan' ? undefined : { kind: 'exit', code: 0 };
    const start_date = addDays(utcDate('2024-05-09', 'test'), 1 - WINDOWS_MAX);
    const ended = await cloud.run({ start_date, window_days: 1 });
    expect(ended.message).toMatch(/^run \S+ is not good\. It has no summary/u);
    expect(jobsOf(cloud)).toHaveLength(1 + 2 * WINDOWS_MAX + 1);
    expect(jobsOf(cloud).at(-2)).toBe(`finalize 1 of window ${WINDOWS_MAX}`);
  }, 300_000);

  test('of many failed windows names the first, and says that there are others', async () => {
    const cloud = await services.fresh({ now: '2024-05-10T00:20:00Z' });
    await cloud.put(cloud.raw, 'raw/A/trades/x', '');
    cloud.cloudRun.faults.taskFault = ({ command }) =>
      command === 'plan' ? undefined : { kind: 'exit', code: 3 };
    const ended = await cloud.run({ start_date: '2024-04-10', window_days: 1 });
    expect(ended.message).toContain('Phases that failed: task 2024-04-10..2024-04-10 (flowbars');
    expect(ended.message).toContain('; and others. It has no summary');
    expect(ended.message.length).toBeLessThan(2_500);
  });

  test('leaves out folders that are not symbol names', async () => {
    const cloud = await services.fresh({ now: '2024-05-10T00:20:00Z' });
    for (const folder of ['_logs', 'a b', 'X'.repeat(65), '币安人生USDT', 'A-B']) {
      await cloud.put(cloud.raw, `raw/${folder}/trades/x`, '');
    }
    endAtAggregate(cloud);
    const ended = await cloud.run({});
    expect((await planOf(cloud, ended.id)).symbols).toEqual(['A-B', '币安人生USDT']);
  });
});
