/** How many symbols one execution takes: far more than any variable of a task holds. */
import { describe, expect, test } from 'vitest';
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
    await cloud.put(cloud.raw, 'raw/A/x', '');
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

  test('leaves out the folders that can be no symbol', async () => {
    const cloud = await services.fresh({ now: '2024-05-10T00:20:00Z' });
    for (const folder of ['_logs', 'a b', 'X'.repeat(65), '币安人生USDT', 'A-B']) {
      await cloud.put(cloud.raw, `raw/${folder}/x`, '');
    }
    endAtAggregate(cloud);
    const ended = await cloud.run({});
    expect((await planOf(cloud, ended.id)).symbols).toEqual(['A-B', '币安人生USDT']);
  });
});
