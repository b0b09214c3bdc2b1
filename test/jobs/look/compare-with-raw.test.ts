/** Compares a published symbol-day with the raw root. */
import { describe, expect, test } from 'vitest';
import { wantedFiles } from '../../../src/core/rule/products.js';
import { barsName, qualityName } from '../../../src/core/stored/output-names.js';
import type { PublishedEntry } from '../../../src/core/stored/manifest.js';
import { aggregateSymbolDay } from '../../../src/jobs/aggregate/aggregate-symbol-day.js';
import { readManifest } from '../../../src/jobs/stored/day-manifest.js';
import { finalizeSlice } from '../../../src/jobs/finalize/finalize-slice.js';
import {
  type DayChange,
  type RawComparison,
  type ListedDay,
  compareWithRaw,
} from '../../../src/jobs/look/compare-with-raw.js';
import {
  aggregateOptions,
  CHUNK,
  CHUNK_BEFORE,
  FILES,
  LATER_CHUNK,
  SMALL_DAY,
  type SmallWorld,
  smallWorld,
  tradeLine,
  tradesChunk,
} from '../../support/day/aggregating.js';

const { symbol, date } = SMALL_DAY;
/** Other rules than it was published by; the comparison must not use them. */
const RULES = aggregateOptions({
  rules: { streams: 'both', seedMinutes: 0, edgeMinutes: 0 },
}).rules;
const QUALITY = qualityName(SMALL_DAY);
const BARS = barsName(SMALL_DAY, '6h');

async function publishedWorld(): Promise<SmallWorld> {
  const world = smallWorld();
  const options = aggregateOptions();
  await aggregateSymbolDay(SMALL_DAY, options, world.effects);
  const wanted = wantedFiles(options.rules);
  const slice = { date, symbols: [symbol], index: 0, count: 1 };
  await finalizeSlice(slice, { runId: 'r1', codeVersion: '1', wanted }, world.effects);
  return world;
}

async function listedIn({ effects }: SmallWorld): Promise<PublishedEntry | null | undefined> {
  return (await readManifest(date, effects))?.manifest.symbols[0]?.published;
}

async function look(
  world: SmallWorld,
  listed: ListedDay | null | undefined,
): Promise<RawComparison> {
  const written = world.out.written.length;
  const seen = await compareWithRaw(
    SMALL_DAY,
    listed,
    { rules: RULES, dataset: undefined },
    world.effects,
  );
  expect(world.out.written).toHaveLength(written);
  return seen;
}

describe('a published symbol-day', () => {
  test('that nothing has happened to is as it would be, by its own rules', async () => {
    const world = await publishedWorld();
    const seen = await look(world, await listedIn(world));
    expect(seen).toMatchObject({ day: SMALL_DAY, inputObjects: 3, hasChunk: true });
    expect(seen.inputBytes).toBe(Object.values(FILES).join('').length);
    expect(seen.published?.options).toMatchObject({ streams: 'trades', seed_minutes: 60 });
    expect(seen.change).toBeUndefined();
  });

  test.for<[string, (world: SmallWorld) => void, DayChange]>([
    [
      'a chunk came',
      ({ raw }) => raw.put(CHUNK.replace('00-00', '00-01'), tradesChunk()),
      { cause: 'inputs', detail: `1 object added (${CHUNK.replace('00-00', '00-01')})`, gone: 0 },
    ],
    [
      'a chunk of its seed went',
      ({ raw }) => raw.remove(CHUNK_BEFORE),
      { cause: 'inputs', detail: `1 object removed (${CHUNK_BEFORE})`, gone: 1 },
    ],
    [
      'a chunk changed within its size',
      ({ raw }) => raw.put(LATER_CHUNK, tradesChunk(tradeLine(600, '102', 9))),
      { cause: 'inputs', detail: `1 object changed (${LATER_CHUNK})`, gone: 0 },
    ],
    [
      'a file was damaged',
      ({ out }) => out.put(BARS, out.text(BARS).replace('100.5', '100.6')),
      { cause: 'files', detail: `${BARS} differs from the quality report`, gone: 0 },
    ],
    [
      'a file was removed',
      ({ out }) => out.remove(BARS),
      { cause: 'files', detail: `${BARS} differs from the quality report`, gone: 0 },
    ],
    [
      'its report was damaged',
      ({ out }) => out.put(QUALITY, '{'),
      { cause: 'files', detail: 'the quality report is missing or unreadable', gone: 0 },
    ],
  ])('would change since %s', async ([, happen, change]) => {
    const world = await publishedWorld();
    const listed = await listedIn(world);
    happen(world);
    expect((await look(world, listed)).change).toEqual(change);
  });

  test.for<[string, (world: SmallWorld) => void, string | undefined]>([
    ['is as it was stored', () => undefined, undefined],
    [
      'has a bar file that was damaged',
      ({ out }) => out.put(BARS, 'x'),
      `${BARS} differs from the quality report`,
    ],
    [
      'has lost a bar file',
      ({ out }) => out.remove(BARS),
      `${BARS} differs from the quality report`,
    ],
  ])('that raw objects are gone from, and nothing else, %s', async ([, happen, damage]) => {
    const world = await publishedWorld();
    const listed = await listedIn(world);
    world.raw.remove(CHUNK_BEFORE);
    happen(world);
    const { change } = await look(world, listed);
    expect(change).toMatchObject({ cause: 'inputs', gone: 1 });
    expect(change?.damage).toBe(damage);
    const unlisted = await look(world, { files: [] });
    expect(unlisted.change?.damage).toBe(damage ?? 'the manifest does not match the stored files');
  });

  test('would change by another dataset', async () => {
    const world = await publishedWorld();
    const options = { rules: RULES, dataset: { market: 'usdm' } };
    const seen = await compareWithRaw(SMALL_DAY, await listedIn(world), options, world.effects);
    expect(seen.change).toEqual({
      cause: 'rules',
      detail: 'published with another dataset or other rules',
      gone: 0,
    });
  });

  test.for(['undefined', 'null', 'another fingerprint'] as const)(
    'would change the manifest that lists it as %s',
    async (entry) => {
      const world = await publishedWorld();
      const own = await listedIn(world);
      if (own === null || own === undefined) throw new Error('nothing is listed');
      const files = own.files.map((file) => ({ ...file, fingerprint: 'f' }));
      const entries = { undefined, null: null, 'another fingerprint': { ...own, files } };
      const seen = await look(world, entries[entry]);
      expect(seen.change?.cause).toBe('manifest');
      expect(seen.published).toBeDefined();
    },
  );
});

describe('a symbol-day that nothing is published of', () => {
  test.for([null, undefined])('is unpublished where the manifest has %s', async (listed) => {
    const seen = await look(smallWorld(), listed);
    expect(seen.published).toBeUndefined();
    // By the caller's rules: neither edge nor seed.
    expect(seen).toMatchObject({ inputObjects: 2, hasChunk: true });
    expect(seen.change).toEqual({ cause: 'unpublished', detail: 'nothing is published', gone: 0 });
  });

  test('has no chunk of its own where its neighbour alone has', async () => {
    const world = smallWorld({ [CHUNK_BEFORE]: FILES[CHUNK_BEFORE] ?? '' });
    const options = { rules: aggregateOptions().rules, dataset: undefined };
    const seen = await compareWithRaw(SMALL_DAY, undefined, options, world.effects);
    expect(seen).toMatchObject({ inputObjects: 1, hasChunk: false });
  });
});
