/** Counts of a dry run by the built binary against the local cloud. FLOWBARS_PRINT_CASES=1 prints its page. */
import { describe, expect, test } from 'vitest';
import { printEstimate } from '../../../src/cli/execution/estimate-page.js';
import type { EstimateDocument } from '../../../src/core/cost/estimate-shape.js';
import { datesBetween, utcDate } from '../../../src/core/unit/utc-date.js';
import { type LocalCloud, startServices } from '../../support/cloud/local/local-cloud.js';
import { operatorOf } from '../../support/cloud/operator.js';
import { putChunks, tinyDayChunk } from '../../support/cloud/tiny-days.js';
import { manualClock } from '../../support/manual-clock.js';
import { expectSchema } from '../../support/schema/schemas.js';

const services = await startServices();
const NOW = '2024-05-10T00:20:00Z';
const NOON_MINUTE = 720;

describe.skipIf(!services.areThere)('a dry run', () => {
  test('of 20 symbols on 30 days counts their 1,200 objects, and starts nothing', async () => {
    const cloud = await services.fresh({ now: NOW });
    const operator = operatorOf(cloud);
    const symbols = Array.from({ length: 20 }, (_, at) => `S${String(at).padStart(2, '0')}USDT`);
    const dates = datesBetween(utcDate('2024-04-01', 'test'), utcDate('2024-04-30', 'test'));
    await recordNoons(cloud, symbols, dates);
    const month = ['backfill', '--from', '2024-04-01', '--to', '2024-04-30', '--dry-run'];
    const { stdout, code } = await operator.run([...month, '--symbols', 'all']);
    expectSchema('estimate', stdout);
    const estimate = JSON.parse(stdout) as EstimateDocument;
    showPage(estimate);
    // Trades and depth of 12:00 of each symbol-day: a chunk in an edge or a seed would count twice.
    expect(estimate).toMatchObject({
      raw: `gs://${cloud.raw}/raw`,
      symbols: 20,
      days: 30,
      symbol_days: 600,
      to_compute: 600,
      unchanged: 0,
      without_data: 0,
      input_objects: 1_200,
      windows: 1,
      tasks: 1 + 20 + 30 + 1,
      argument: { start_date: '2024-04-01', end_date: '2024-04-30', symbols: 'all' },
    });
    expect(code).toBe(0);
    expect(await operator.executions()).toEqual([]);
    expect(cloud.cloudRun.executions).toEqual([]);
    expect([...(await cloud.generations()).keys()]).toEqual([]);
    await cloud.runWell({ start_date: '2024-04-01', end_date: '2024-04-02', symbols: 'S00USDT' });
    const some = ['--symbols', 'S00USDT,S01USDT'];
    const again = await operator.run([...month, ...some]);
    expect(JSON.parse(again.stdout)).toMatchObject({
      symbol_days: 60,
      to_compute: 58,
      unchanged: 2,
      input_objects: 2 * 58,
    });
    const forced = await operator.run([...month, ...some, '--force']);
    expect(JSON.parse(forced.stdout)).toMatchObject({ to_compute: 60, input_objects: 2 * 60 });
  });
});

/** One trades and one depth chunk in the middle of each symbol-day. */
async function recordNoons(
  { gcs, raw }: LocalCloud,
  symbols: readonly string[],
  dates: readonly string[],
): Promise<void> {
  const chunks = new Map<string, string>();
  for (const date of dates) {
    for (const stream of ['trades', 'depth'] as const) {
      const text = tinyDayChunk(stream, date, NOON_MINUTE);
      for (const symbol of symbols) chunks.set(`${symbol}/${stream}/${date}/12-00.csv`, text);
    }
  }
  await putChunks(gcs, raw, 'raw', chunks);
}

/** Prints it as a terminal of 110 columns does, with FLOWBARS_PRINT_CASES=1. */
function showPage(estimate: EstimateDocument): void {
  if (process.env['FLOWBARS_PRINT_CASES'] !== '1') return;
  const stdout = {
    isTty: true,
    columns: () => 110,
    rows: () => 24,
    write: (text: string) => void process.stdout.write(text),
    paint: (_style: string, text: string) => text,
    redraw: () => undefined,
  };
  const world = { environment: {}, clock: manualClock(), stdout, stderr: stdout };
  printEstimate(estimate, undefined, { ...world, stopped: new Promise(() => undefined) });
}
