/** Surveys of runs before they start. */
import { describe, expect, test } from 'vitest';
import { outputFacts, REPORT_ALONE, summedOutputs } from '../../../src/core/cost/output-facts.js';
import type { AskedProducts } from '../../../src/core/rule/products.js';
import { symbolName } from '../../../src/core/unit/symbol.js';
import { addDays, utcDate } from '../../../src/core/unit/utc-date.js';
import {
  type Survey,
  SURVEY_SYMBOL_DAYS_MAX,
  type SurveyOptions,
  surveyRun,
} from '../../../src/jobs/drive/survey-run.js';
import {
  CHUNK,
  CHUNK_BEFORE,
  FILES,
  tradeLine,
  tradesChunk,
} from '../../support/day/aggregating.js';
import { productsFrom } from '../../support/day/products.js';
import { type PlannedWords, plannedRun } from '../../support/operate/planned-run.js';
import { publishDays, repairWorld, type RepairWorld } from '../../support/operate/repairing.js';

/** The recording has two chunks of 12-11 and, half an hour before it, one of 12-10. */
const PLAN = { symbols: ['BTCUSDT'], from: '2025-12-10', to: '2025-12-12' };
const LAYOUT = '{symbol}/{stream}/{date}/{hour}-{minute}.csv';
const ALL_OUTPUTS = outputFacts(productsFrom('1s,1m', 'bars,signals,patterns'));
const [BEFORE, FIRST, LATER] = Object.values(FILES).map((text) => text.length);

async function survey(
  { effects }: RepairWorld,
  options: Partial<SurveyOptions> = {},
  plan: Partial<PlannedWords> = {},
): Promise<Survey> {
  const all = {
    rules: { rawLayout: LAYOUT, streams: 'trades' as const },
    dataset: undefined,
    force: false,
    asked: { resolutions: undefined, outputs: undefined, formats: undefined },
  };
  return await surveyRun(plannedRun({ ...PLAN, ...plan }), { ...all, ...options }, effects);
}

describe('a survey', () => {
  test('of what was never published counts all there is to read', async () => {
    const world = repairWorld();
    const found = await survey(world);
    // 12-10 also reads the chunk of 00:00 as its edge, and 12-11 the one of 23:30 as its seed.
    const inputObjects = 2 + 3;
    const inputBytes = 2 * Number(BEFORE) + 2 * Number(FIRST) + Number(LATER);
    // The last day has no chunk.
    const made = summedOutputs([ALL_OUTPUTS, ALL_OUTPUTS, REPORT_ALONE]);
    expect(made).toMatchObject({ outputFiles: 7 + 7 + 1, withSignals: 2, withPatterns: 2 });
    const sums = { symbolDays: 3, toCompute: 3, inputObjects, inputBytes, ...made };
    expect(found).toEqual({
      ...sums,
      unchanged: 0,
      withoutData: 1,
      lostInputs: 0,
      windows: [{ days: 3, tasks: [sums] }],
    });
    expect(world.out.names()).toEqual([]);
  });

  test('says how far it is', async () => {
    const events: unknown[] = [];
    const log = { event: (...event: unknown[]) => events.push(event) };
    await survey(repairWorld(FILES, { log }));
    expect(events).toEqual([1, 2, 3].map((done) => ['DEBUG', 'surveyed', { done, total: 3 }]));
  });

  test('leaves alone what is published, and an empty day, too', async () => {
    const world = repairWorld();
    await publishDays(world);
    expect(await survey(world)).toMatchObject({
      toCompute: 0,
      unchanged: 3,
      withoutData: 1,
      inputObjects: 0,
      inputBytes: 0,
    });
  });

  test('counts what a late chunk changes: its own day, and the one that it is the seed of', async () => {
    const world = repairWorld();
    await publishDays(world);
    world.raw.put(CHUNK_BEFORE.replace('23-30', '23-31'), tradesChunk(tradeLine(-29, '99', 6)));
    expect(await survey(world)).toMatchObject({ toCompute: 2, unchanged: 1, inputObjects: 3 + 4 });
  });

  test('counts what has lost chunks, whose bars would become less', async () => {
    const world = repairWorld();
    await publishDays(world);
    world.raw.remove(CHUNK);
    // It is also an edge of the day before.
    expect(await survey(world)).toMatchObject({ toCompute: 2, lostInputs: 2 });
    world.raw.put(CHUNK_BEFORE.replace('23-30', '23-31'), tradesChunk(tradeLine(-29, '99', 6)));
    expect(await survey(world)).toMatchObject({ toCompute: 2, lostInputs: 0 });
  });

  test('counts everything by force', async () => {
    const world = repairWorld();
    await publishDays(world);
    expect(await survey(world, { force: true })).toMatchObject({ toCompute: 3, inputObjects: 5 });
  });

  test.for<[toCompute: number, words: string, asked: Partial<AskedProducts>]>([
    [0, 'the published resolution', productsFrom('6h')],
    [2, 'another resolution', productsFrom('6h,1d')],
    [2, 'another kind of file', productsFrom('6h', 'bars,signals')],
    [
      2,
      'another resolution of the published kinds',
      { resolutions: productsFrom('1d').resolutions },
    ],
    [2, 'another kind at the published resolutions', { outputs: ['signals'] }],
    [2, 'another format of what is published', { formats: ['csv', 'parquet'] }],
    [0, 'the published kind', { outputs: ['bars'], formats: ['csv'] }],
  ])('counts %i symbol-days that lack %s, and no empty day', async ([toCompute, , asked]) => {
    const world = repairWorld();
    await publishDays(world, { resolutions: '6h' });
    const all = { resolutions: undefined, outputs: undefined, formats: undefined };
    const found = await survey(world, { asked: { ...all, ...asked } });
    const unchanged = 3 - toCompute;
    // Two kinds or resolutions, and the report.
    expect(found).toMatchObject({ toCompute, unchanged, outputFiles: 3 * toCompute });
  });

  test('leaves a manifest that lags to the final step', async () => {
    const world = repairWorld();
    await publishDays(world);
    world.out.remove('_manifest/2025-12-11.json');
    expect(await survey(world)).toMatchObject({ toCompute: 0, unchanged: 3 });
  });

  test('counts what is listed and not there', async () => {
    const world = repairWorld();
    await publishDays(world);
    world.out.remove('BTCUSDT/2025-12-11_quality.json');
    expect(await survey(world)).toMatchObject({ toCompute: 1, inputObjects: 3 });
  });

  test('looks for the streams that it is told', async () => {
    const world = repairWorld();
    world.raw.put(CHUNK.replace('trades', 'depth'), 'timestamp,bids,asks\n');
    expect(await survey(world, { rules: { rawLayout: LAYOUT, streams: 'both' } })).toMatchObject({
      inputObjects: 7,
    });
  });

  test('is by window, and by symbol within it', async () => {
    const world = repairWorld();
    const symbols = ['ETHUSDT', 'BTCUSDT'].map((name) => symbolName(name, 'test'));
    const found = await survey(world, {}, { symbols, windowDays: 2 });
    const none = { inputObjects: 0, inputBytes: 0 };
    expect(found.windows).toMatchObject([
      {
        days: 2,
        tasks: [
          { symbolDays: 2, ...none },
          { symbolDays: 2, inputObjects: 5 },
        ],
      },
      {
        days: 1,
        tasks: [
          { symbolDays: 1, ...none },
          { symbolDays: 1, ...none },
        ],
      },
    ]);
    expect(found).toMatchObject({ symbolDays: 6, toCompute: 6, withoutData: 4 });
  });

  test('refuses more than it may ask for, before it asks', async () => {
    const world = repairWorld(FILES, {});
    const from = addDays(utcDate(PLAN.to, 'test'), -SURVEY_SYMBOL_DAYS_MAX);
    await expect(survey(world, {}, { from })).rejects.toMatchObject({
      kind: 'usage',
      message:
        '--dry-run symbol-days: found 20001, expected at most 20000 (estimate a part of them)',
    });
    expect(world.events).toEqual([]);
  });
});
