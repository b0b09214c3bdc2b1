/** flowbars repair through the deployed workflow of the local cloud, by the built binary. */
import { describe, expect, test } from 'vitest';
import { jobsOf, type LocalCloud, startServices } from '../../support/cloud/local/local-cloud.js';
import { type Operator, operatorOf } from '../../support/cloud/operator.js';
import { tinyDayChunk } from '../../support/cloud/tiny-days.js';
import { printCases } from '../../support/e2e/print-cases.js';
import { expectSchema } from '../../support/schema/schemas.js';

const services = await startServices();
const report = printCases('repair through the workflow');
const SYMBOLS = ['AUSDT', 'BUSDT', 'CUSDT'];
const DAYS = ['2024-05-06', '2024-05-07', '2024-05-08'];
const [ONE = '', TWO = '', THREE = ''] = DAYS;
const REPAIR = ['repair', '--from', ONE, '--to', THREE];

/** Publishes three symbols on three days, then stores a late minute at noon of some. */
async function withLate(late: readonly (readonly [string, string])[]): Promise<World> {
  const cloud = await services.fresh({ now: '2024-05-10T00:20:00Z' });
  await cloud.record(SYMBOLS, DAYS);
  await cloud.runWell({ start_date: ONE, end_date: THREE });
  for (const [symbol, date] of late) {
    const name = `raw/${symbol}/trades/${date}/12-00.csv`;
    await cloud.put(cloud.raw, name, tinyDayChunk('trades', date, 720));
  }
  return { cloud, operator: operatorOf(cloud) };
}

interface World {
  readonly cloud: LocalCloud;
  readonly operator: Operator;
}

describe.skipIf(!services.areThere)('repair', () => {
  test('runs exactly the stale days, one execution per stretch, and shows the difference', async () => {
    const { cloud, operator } = await withLate([
      ['AUSDT', TWO],
      ['CUSDT', TWO],
    ]);
    const before = await cloud.generations();
    const jobsBefore = jobsOf(cloud).length;
    const dry = await operator.run([...REPAIR, '--dry-run']);
    expect(dry).toMatchObject({ code: 1 });
    expect(JSON.parse(dry.stdout)).toMatchObject({ stale: 2, runs: [{ run_id: null }] });
    expect(jobsOf(cloud)).toHaveLength(jobsBefore);
    const { code, stdout, stderr } = await operator.run(REPAIR);
    report('two late chunks', `exit code ${code}`, [stderr.trimEnd().split('\n').at(-1) ?? '']);
    expect(code, stderr).toBe(0);
    expectSchema('repair', stdout);
    const document: unknown = JSON.parse(stdout);
    expect(document).toMatchObject({
      stale: 2,
      outcomes: { repaired: 2 },
      days: ['AUSDT', 'CUSDT'].map((symbol) => ({
        symbol,
        date: TWO,
        cause: 'inputs',
        outcome: 'repaired',
        trades_added: 30,
        // The minute itself ends with the price that was carried over it.
        bars: [{ resolution: '1m', bars: 1_440, different: 1 }],
      })),
      runs: [{ end: 'done', symbols: ['AUSDT', 'CUSDT'], rules: { resolutions: ['1m'] } }],
    });
    expect(jobsOf(cloud).slice(jobsBefore)).toEqual([
      'plan 1',
      'task 2 of window 1',
      'finalize 1 of window 1',
      'summarize 1',
    ]);
    const after = await cloud.generations();
    const changed = [...before.keys()].filter((name) => after.get(name) !== before.get(name));
    expect(changed).toEqual([
      `agg/AUSDT/${TWO}_1m.csv`,
      `agg/AUSDT/${TWO}_quality.json`,
      `agg/CUSDT/${TWO}_1m.csv`,
      `agg/CUSDT/${TWO}_quality.json`,
      `agg/_manifest/${TWO}.json`,
    ]);
    expect(await operator.run([...REPAIR, '--dry-run'])).toMatchObject({ code: 0 });
  });

  test('names the execution that goes on when it is stopped, and the next repair finds nothing stale', async () => {
    const { cloud, operator } = await withLate([['BUSDT', ONE]]);
    const gate = Promise.withResolvers<void>();
    cloud.cloudRun.faults.taskFault = ({ command }) =>
      command === 'plan' ? undefined : { kind: 'wait', until: gate.promise };
    const { child, result } = operator.start(REPAIR);
    await new Promise<void>((settle) => {
      child.stderr?.on('data', (bytes: Buffer) => {
        if (bytes.toString().includes('aggregate: 1 task')) settle();
      });
    });
    child.kill('SIGINT');
    const { code, stdout, stderr } = await result;
    const [running] = await operator.executions();
    const id = String(running?.['name']).split('/').at(-1) ?? '';
    expect(stderr).toContain(`stopped by SIGINT; execution ${id} continues: flowbars follow ${id}`);
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
    gate.resolve();
    expect(await operator.run(['follow', id])).toMatchObject({ code: 0 });
    const again = await operator.run(REPAIR);
    expect(again).toMatchObject({ code: 0 });
    expect(JSON.parse(again.stdout)).toMatchObject({ stale: 0, runs: [] });
  });

  test('on this machine starts no execution, although a workflow is named', async () => {
    const { cloud, operator } = await withLate([['BUSDT', ONE]]);
    const executions = await operator.executions();
    const roots = ['--raw', `gs://${cloud.raw}/raw`, '--out', `gs://${cloud.out}/agg`];
    const { code, stdout } = await operator.run([...REPAIR, '--here', ...roots]);
    expect(JSON.parse(stdout)).toMatchObject({
      outcomes: { repaired: 1 },
      runs: [{ rules: { resolutions: ['1m'], streams: 'both' } }],
    });
    expect(code).toBe(0);
    expect(await operator.executions()).toHaveLength(executions.length);
  });
});
