/** Runs again in the cloud: unchanged objects keep their generation, and two runs at once do no harm. */
import { describe, expect, test } from 'vitest';
import { jobsOf, startServices } from '../../support/cloud/local/local-cloud.js';
import { tinyDayChunk } from '../../support/cloud/tiny-days.js';

const services = await startServices();
const SYMBOLS = ['AUSDT', 'BUSDT', 'CUSDT'];
const DATE = '2024-05-06';
const DAY = { start_date: DATE, end_date: DATE };

describe.skipIf(!services.areThere)('a second execution', () => {
  test('of one symbol keeps the generation of every other object', async () => {
    const cloud = await services.fresh();
    await cloud.record(SYMBOLS, [DATE]);
    await cloud.runWell(DAY);
    const before = await cloud.generations();
    const late = tinyDayChunk('trades', DATE, 720);
    await cloud.put(cloud.raw, `raw/BUSDT/trades/${DATE}/12-00.csv`, late);
    const again = await cloud.runWell({ ...DAY, symbols: ['BUSDT'] });
    expect(again.result).toMatchObject({ symbol_days: 1, outcomes: { published: 1 } });
    const after = await cloud.generations();
    const changed = [...after.keys()].filter((name) => after.get(name) !== before.get(name));
    expect(changed).toEqual([
      `agg/BUSDT/${DATE}_1m.csv`,
      `agg/BUSDT/${DATE}_quality.json`,
      `agg/_manifest/${DATE}.json`,
      `agg/_manifest/runs/${again.id}/BUSDT/${DATE}.json`,
      `agg/_manifest/runs/${again.id}/fan_out.json`,
      `agg/_manifest/runs/${again.id}/plan.json`,
      `agg/_manifest/runs/${again.id}/summary.json`,
    ]);
    expect([...before.keys()].filter((name) => !after.has(name))).toEqual([]);
    expect(Object.keys(await cloud.manifest(DATE))).toEqual(SYMBOLS);
    printGenerations(before, after);
  });

  test('refuses a mistyped symbol, and removes the traces of a listed one', async () => {
    const cloud = await services.fresh();
    await cloud.record(SYMBOLS, [DATE]);
    await cloud.runWell(DAY);
    const before = await cloud.generations();
    const refused = await cloud.run({ ...DAY, symbols: ['AUSDTT'] });
    expect(refused.message).toContain(
      `symbols symbol: found 'AUSDTT', which has no folder in gs://${cloud.raw}/raw, expected 'AUSDT'`,
    );
    await cloud.put(cloud.out, 'agg/_symbols.json', '["AUSDTT"]');
    const mistyped = await cloud.run(DAY);
    expect(mistyped.message).toContain(
      `Nothing is recorded: 1 symbol-day, all empty, the first AUSDTT ${DATE}`,
    );
    const left = await cloud.generations();
    const isOther = (name: string): boolean =>
      before.get(name) !== left.get(name) && !name.includes(refused.id);
    expect([...left.keys()].filter(isOther)).toEqual([
      `agg/AUSDTT/${DATE}_quality.json`,
      `agg/_manifest/${DATE}.json`,
      `agg/_manifest/runs/${mistyped.id}/AUSDTT/${DATE}.json`,
      `agg/_manifest/runs/${mistyped.id}/fan_out.json`,
      `agg/_manifest/runs/${mistyped.id}/plan.json`,
      `agg/_manifest/runs/${mistyped.id}/summary.json`,
      'agg/_symbols.json',
    ]);
    expect(await cloud.manifest(DATE)).toHaveProperty('AUSDTT', 'empty');
    for (const name of ['_symbols.json', `AUSDTT/${DATE}_quality.json`, `_manifest/${DATE}.json`]) {
      await cloud.gcs.deleteObject(cloud.out, `agg/${name}`);
    }
    const again = await cloud.runWell({ end_date: DATE });
    expect(again.result).toMatchObject({ outcomes: { unchanged: 3 } });
    expect(Object.keys(await cloud.manifest(DATE))).toEqual(SYMBOLS);
    const after = await cloud.generations();
    const bars = [...before.keys()].filter((name) => name.endsWith('.csv'));
    expect(bars.map((name) => after.get(name))).toEqual(bars.map((name) => before.get(name)));
  });

  test('with more outputs adds their files; by force it computes the same bytes and writes none', async () => {
    const cloud = await services.fresh({ products: 'usual' });
    await cloud.record(['AUSDT'], [DATE]);
    await cloud.runWell({ ...DAY, outputs: 'bars' });
    const bars = await cloud.generations();
    expect(ofDay(bars)).toEqual(['1m.csv', '1s.csv', 'quality.json']);
    const more = await cloud.runWell(DAY);
    expect(more.result).toMatchObject({ outcomes: { published: 1 } });
    const all = await cloud.generations();
    const added = [...all].filter(([name, generation]) => bars.get(name) !== generation);
    expect(ofDay(new Map(added))).toEqual([
      '1m_signals.csv',
      '1s_signals.csv',
      'patterns.csv',
      'quality.json',
      'scoreboard.json',
    ]);
    const again = await cloud.runWell({ ...DAY, force: true });
    expect(again.result).toMatchObject({ outcomes: { published: 1 } });
    const after = await cloud.generations();
    expect([...all].filter(([name, generation]) => after.get(name) !== generation)).toEqual([]);
  });

  test('at the same time as the first does no harm', async () => {
    const cloud = await services.fresh({ areProcesses: true });
    await cloud.record(SYMBOLS, [DATE]);
    const both = await Promise.all([cloud.runWell(DAY), cloud.runWell(DAY)]);
    expect(new Set(both.map(({ id }) => id)).size).toBe(2);
    expect(jobsOf(cloud)).toHaveLength(8);
    expect(Object.keys(await cloud.manifest(DATE))).toEqual(SYMBOLS);
    const alone = await services.fresh();
    await alone.record(SYMBOLS, [DATE]);
    await alone.runWell(DAY);
    expect(await cloud.bars()).toEqual(await alone.bars());
  });

  test('of a task at the same time as itself does no harm', async () => {
    const cloud = await services.fresh();
    await cloud.record(['AUSDT'], [DATE]);
    cloud.cloudRun.faults.taskFault = () => ({ kind: 'twice' });
    await cloud.runWell(DAY);
    expect(await cloud.manifest(DATE)).toEqual({ AUSDT: 'partial' });
  });
});

/** What the names of the symbol-day end in. */
function ofDay(generations: ReadonlyMap<string, string>): string[] {
  const prefix = `agg/AUSDT/${DATE}_`;
  const names = [...generations.keys()].filter((name) => name.startsWith(prefix));
  return names.map((name) => name.slice(prefix.length));
}

function printGenerations(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): void {
  if (process.env['FLOWBARS_PRINT_CASES'] !== '1') return;
  const rows = [...after].map(
    ([name, generation]) => `| ${name} | ${before.get(name) ?? '–'} | ${generation} |`,
  );
  process.stdout.write(`\n| object | before | after |\n| --- | --- | --- |\n${rows.join('\n')}\n`);
}
