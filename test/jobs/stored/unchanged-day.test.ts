/** Every reason to compute a published symbol-day again, and a day without any. */
import { describe, expect, test } from 'vitest';
import { planDay, planListings, type DayPlan } from '../../../src/core/plan/day-plan.js';
import { barsName, qualityName } from '../../../src/core/stored/output-names.js';
import type { AggregateOptions } from '../../../src/jobs/plan/aggregate-options.js';
import { aggregateSymbolDay } from '../../../src/jobs/aggregate/aggregate-symbol-day.js';
import type { Effects, Store } from '../../../src/jobs/ports.js';
import { readPublishedReport } from '../../../src/jobs/stored/read-report.js';
import { isUnchanged } from '../../../src/jobs/stored/unchanged-day.js';
import {
  aggregateOptions,
  CHUNK,
  CHUNK_BEFORE,
  FILES,
  LATER_CHUNK,
  SMALL_DAY,
  smallWorld,
  tradeLine,
  tradesChunk,
  type SmallOptions,
  type SmallWorld,
} from '../../support/day/aggregating.js';
import { resealed } from '../../support/day/resealed.js';

interface Change {
  readonly options?: SmallOptions;
  readonly world?: (world: SmallWorld) => void;
  /** Listings without checksums, like those of a folder. */
  readonly blind?: boolean;
  readonly files?: Readonly<Record<string, string>>;
}

async function planOf({ raw }: Effects, options: AggregateOptions): Promise<DayPlan> {
  const listed = planListings(SMALL_DAY, options.rules).map(async (listing) => ({
    listing,
    objects: await raw.list(listing.prefix),
  }));
  return planDay(options.rules, await Promise.all(listed));
}

function blinded(store: Store): Store {
  const list: Store['list'] = async (prefix) =>
    (await store.list(prefix)).map((object) => ({
      ...object,
      crc32c: undefined,
      generation: undefined,
    }));
  return { ...store, list, read: async (name) => await store.read(name) };
}

/** Publishes the day, changes something, and asks whether it is unchanged. */
async function check(
  { options, world: change, blind, files }: Change,
  expected: boolean,
): Promise<void> {
  const world = smallWorld(files ?? FILES);
  const first = aggregateOptions({ resolutions: '6h,12h' });
  expect((await aggregateSymbolDay(SMALL_DAY, first, world.effects)).outcome).toBe('published');
  change?.(world);
  const { effects } = world;
  const seen =
    blind === true ? { ...effects, raw: blinded(effects.raw), out: blinded(effects.out) } : effects;
  const { report: published } = await readPublishedReport(SMALL_DAY, seen);
  if (published === undefined) throw new Error('nothing is published');
  const asked = aggregateOptions({ resolutions: '6h,12h', ...options });
  expect(await isUnchanged(SMALL_DAY, await planOf(seen, asked), published, asked, seen)).toBe(
    expected,
  );
}

const bars = barsName(SMALL_DAY, '12h');

describe('a published day is left alone', () => {
  test.for<[string, Change]>([
    ['where nothing has changed', {}],
    ['where a folder knows no checksums', { blind: true }],
    ['by another build', { options: { codeVersion: '2', runId: 'r2' } }],
    ['where fewer resolutions are asked for', { options: { resolutions: '12h' } }],
    [
      'where a chunk was stored again as it was',
      { world: ({ raw }) => raw.put(CHUNK, FILES[CHUNK] ?? '') },
    ],
    [
      'where there is a name that is no chunk',
      { world: ({ raw }) => raw.put(`${CHUNK}.tmp`, 'x') },
    ],
    [
      'where a chunk lies outside of what is read',
      { world: ({ raw }) => raw.put('BTCUSDT/trades/2025-12-10/22-59.csv', 'x') },
    ],
    [
      'where it is empty and another resolution is asked for',
      { files: {}, options: { resolutions: '1h' } },
    ],
    [
      'where it is empty and another kind of file is asked for',
      { files: {}, options: { rules: { outputs: ['signals'] } } },
    ],
  ])('%s', async ([, change]) => {
    await check(change, true);
  });
});

describe('a published day is computed again', () => {
  const otherPrice = tradesChunk(tradeLine(600, '102', 9));

  test.for<[string, Change]>([
    ['for another resolution', { options: { resolutions: '6h,12h,1d' } }],
    ['for another kind of file', { options: { rules: { outputs: ['bars', 'signals'] } } }],
    ['for another large order', { options: { rules: { largeOrder: '1' } } }],
    ['for other edge minutes', { options: { rules: { edgeMinutes: 1 } } }],
    ['for other seed minutes', { options: { rules: { seedMinutes: 59 } } }],
    ['for another shortest hole', { options: { rules: { holeMinMs: 6_000 } } }],
    ['for another expectation', { options: { rules: { sparseTrades: false } } }],
    ['for another dataset', { options: { dataset: { market: 'usdm' } } }],
    [
      'after a chunk came',
      { world: ({ raw }) => raw.put('BTCUSDT/trades/2025-12-11/10-01.csv', otherPrice) },
    ],
    [
      'after a seed chunk came',
      { world: ({ raw }) => raw.put('BTCUSDT/trades/2025-12-10/23-01.csv', otherPrice) },
    ],
    ['after a chunk vanished', { world: ({ raw }) => raw.remove(CHUNK_BEFORE) }],
    ['after a chunk grew', { world: ({ raw }) => raw.put(LATER_CHUNK, `${otherPrice}\n`) }],
    [
      'after a chunk changed within its size',
      { world: ({ raw }) => raw.put(LATER_CHUNK, otherPrice) },
    ],
    [
      'after a chunk changed within its size in a folder',
      { blind: true, world: ({ raw }) => raw.put(LATER_CHUNK, otherPrice) },
    ],
    [
      'after a chunk was renamed',
      {
        world: ({ raw }) => {
          raw.remove(LATER_CHUNK);
          raw.put(LATER_CHUNK.replace('.csv', '_b.csv'), FILES[LATER_CHUNK] ?? '');
        },
      },
    ],
    ['after a file vanished', { world: ({ out }) => out.remove(bars) }],
    ['after a file was cut', { world: ({ out }) => out.put(bars, out.text(bars).slice(0, -1)) }],
    [
      'after a file changed within its size',
      { world: ({ out }) => out.put(bars, out.text(bars).replace('100.5', '100.6')) },
    ],
    [
      'after a file changed within its size in a folder',
      { blind: true, world: ({ out }) => out.put(bars, out.text(bars).replace('100.5', '100.6')) },
    ],
    [
      'after the report changed',
      {
        world: ({ out }) =>
          out.put(
            qualityName(SMALL_DAY),
            resealed(out.text(qualityName(SMALL_DAY)).replace('"role": "seed"', '"role": "edge"')),
          ),
      },
    ],
    [
      'after an empty day got a chunk',
      { files: {}, world: ({ raw }) => raw.put(CHUNK, otherPrice) },
    ],
  ])('%s', async ([, change]) => {
    await check(change, false);
  });
});
