/** A root that declares its rules is read without an option, by every command that reads a raw root. */
import { describe, expect, test } from 'vitest';
import { isDictionary } from '../../../src/core/unit/json.js';
import { planOf, startServices } from '../../support/cloud/local/local-cloud.js';
import { operatorOf } from '../../support/cloud/operator.js';
import { putChunks } from '../../support/cloud/tiny-days.js';
import {
  DECLARED_DATASET,
  DECLARED_OPTIONS,
  declaredChunks,
} from '../../support/recorder/declared-recording.js';
import { outcomesOf, runArgs, runExpecting } from '../../support/e2e/run-flowbars.js';
import { bars } from '../../support/e2e/stored-files.js';
import { copiesOf, type Workdir } from '../../support/workdir.js';

const SYMBOL = 'AUSDT';
const DATE = '2024-05-06';
const ROOTS = ['--raw', 'raw', '--out', 'out'];
const DAY = { from: DATE, symbols: SYMBOL };
const LAYOUT = String(DECLARED_OPTIONS['raw-layout']);

const services = await startServices();
const copy = copiesOf((workdir) => {
  for (const [name, text] of declaredChunks(SYMBOL, DATE)) workdir.write(`raw/${name}`, text);
  workdir.write('raw/_dataset.json', JSON.stringify(DECLARED_DATASET));
  return Promise.resolve();
});

describe('on this machine', () => {
  test('run takes streams, sparse trades and the layout from the root', async () => {
    const workdir = await copy();
    const done = await runExpecting(workdir, 1, runArgs(DAY));
    expect(outcomesOf(done)).toEqual([`${SYMBOL} ${DATE} published`]);
    expect(optionsOfReport(workdir, 'out')).toMatchObject({
      streams: 'trades',
      sparse_trades: true,
      raw_layout: LAYOUT,
    });
    // The same bars as with the options over a root that declares nothing.
    workdir.remove('raw/_dataset.json');
    await runExpecting(workdir, 1, runArgs({ ...DAY, ...DECLARED_OPTIONS, out: 'told' }));
    expect(bars(workdir, 'told')).toEqual(bars(workdir));
    expect(optionsOfReport(workdir, 'told')).toEqual(optionsOfReport(workdir, 'out'));
  });

  test('aggregate publishes what run publishes', async () => {
    const workdir = await copy();
    await runExpecting(workdir, 1, runArgs(DAY));
    const { argv } = { argv: runArgs({ ...DAY, out: 'alone' }).slice(1) };
    await runExpecting(workdir, 0, ['aggregate', ...argv]);
    expect(bars(workdir, 'alone')).toEqual(bars(workdir));
  });

  test('an option or its variable wins', async () => {
    const workdir = await copy();
    const env = { FLOWBARS_SPARSE_TRADES: 'false' };
    await runExpecting(workdir, 1, runArgs({ ...DAY, streams: 'both' }), { env });
    expect(optionsOfReport(workdir, 'out')).toMatchObject({
      streams: 'both',
      sparse_trades: false,
      raw_layout: LAYOUT,
    });
  });

  test('ls, status --live and repair look where the root says', async () => {
    const workdir = await copy();
    const listed = await runExpecting(workdir, 0, ['ls', '--raw', 'raw', '--json']);
    expect(JSON.parse(listed.stdout)).toMatchObject({ symbol_days: 1 });
    const days = ['--from', DATE, '--to', DATE, '--json'];
    const missing = await workdir.run(['repair', ...ROOTS, ...days, '--missing', '--dry-run']);
    expect(JSON.parse(missing.stdout)).toMatchObject({ days: [{ symbol: SYMBOL, date: DATE }] });
    const live = async (): Promise<unknown> =>
      JSON.parse((await workdir.run(['status', ...ROOTS, ...days, '--live'])).stdout);
    await runExpecting(workdir, 1, runArgs(DAY));
    const published = JSON.stringify(await live());
    expect(published).toContain('"partial"');
    expect(published).toContain('"stale":0');
    const repaired = await runExpecting(workdir, 0, ['repair', ...ROOTS, ...days]);
    expect(JSON.parse(repaired.stdout)).toMatchObject({ days: [] });
  });

  test('a malformed field is one usage error in four parts', async () => {
    const workdir = await copy();
    workdir.write('raw/_dataset.json', JSON.stringify({ ...DECLARED_DATASET, streams: 'depth' }));
    const said =
      "raw/_dataset.json field 'streams' value: found 'depth', expected 'both' or 'trades'";
    for (const args of [runArgs(DAY), ['ls', '--raw', 'raw']]) {
      const refused = await runExpecting(workdir, 2, args);
      expect(refused.stderr.trim().split('\n')).toHaveLength(1);
      expect(refused.stderr).toContain(said);
    }
  });

  test('a later change of the declaration is refused', async () => {
    const workdir = await copy();
    await runExpecting(workdir, 1, runArgs(DAY));
    const changed = { ...DECLARED_DATASET, sparse_trades: false };
    workdir.write('raw/_dataset.json', JSON.stringify(changed));
    const refused = await runExpecting(workdir, 2, runArgs(DAY));
    expect(refused.stderr).toContain("field 'sparse_trades'");
  });
});

describe.skipIf(!services.areThere)('through the workflow', () => {
  test('the plan holds what the root declares, and the tasks inherit it', async () => {
    const cloud = await services.fresh({ now: `2024-05-07T00:20:00Z` });
    await putChunks(cloud.gcs, cloud.raw, 'raw', declaredChunks(SYMBOL, DATE));
    await cloud.put(cloud.raw, 'raw/_dataset.json', JSON.stringify(DECLARED_DATASET));
    const estimate = await operatorOf(cloud).run(['backfill', '--from', DATE, '--dry-run']);
    expect(estimate).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(estimate.stdout)).toMatchObject({ to_compute: 1, input_objects: 2 });
    const ended = await cloud.runWell({});
    expect(ended.result).toMatchObject({
      outcomes: { published: 1 },
      arguments: { streams: 'trades', sparse_trades: true, raw_layout: LAYOUT },
    });
    const { options } = await planOf(cloud, ended.id);
    expect(options).toMatchObject({
      streams: 'trades',
      'sparse-trades': 'true',
      'raw-layout': LAYOUT,
    });
    expect(await cloud.manifest(DATE)).toEqual({ [SYMBOL]: 'partial' });
  });

  test('a malformed declaration is a stored refusal', async () => {
    const cloud = await services.fresh({ now: `2024-05-07T00:20:00Z` });
    await putChunks(cloud.gcs, cloud.raw, 'raw', declaredChunks(SYMBOL, DATE));
    await cloud.put(cloud.raw, 'raw/_dataset.json', '{"sparse_trades": "yes"}');
    const ended = await cloud.run({});
    expect(ended.state).toBe('FAILED');
    expect(ended.message).toContain(`_dataset.json field 'sparse_trades' value: found`);
  });
});

function optionsOfReport(workdir: Workdir, root: string): unknown {
  const name = workdir.files(root).find((file) => file.endsWith('quality.json'));
  const report: unknown = workdir.json(`${root}/${name}`);
  if (!isDictionary(report)) throw new Error(`no report in ${root}`);
  return report['options'];
}
