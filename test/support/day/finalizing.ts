/** Runs the final step of 2025-12-11 over a memory store and reads the results back. */
import type { Manifest, PublishedEntry, RunRecord } from '../../../src/core/stored/manifest.js';
import { symbolName } from '../../../src/core/unit/symbol.js';
import { utcDate } from '../../../src/core/unit/utc-date.js';
import { codec } from '../../../src/edge/format/codec.js';
import { csvTables } from '../../../src/edge/format/csv-table.js';
import { type FinalizedDay, finalizeSlice } from '../../../src/jobs/finalize/finalize-slice.js';
import type { Effects } from '../../../src/jobs/ports.js';
import { type ManualClock, manualClock } from '../manual-clock.js';
import { type MemoryStore, type MemoryStoreOptions, openMemoryStore } from '../memory-store.js';
import { expectSchema } from '../schema/schemas.js';
import { wantedFrom } from './products.js';
import { PUBLISHED_DAY, publish, type PublishedDay } from './published-day.js';

export const MANIFEST = '_manifest/2025-12-11.json';
export const RECORD = '_manifest/runs/run-1/BTCUSDT/2025-12-11.json';
export const QUALITY = 'BTCUSDT/2025-12-11_quality.json';
export const HOURS = 'BTCUSDT/2025-12-11_1h.csv';
export const SIXES = 'BTCUSDT/2025-12-11_6h.csv';

export function effectsOf(out: MemoryStore): Effects & { readonly clock: ManualClock } {
  const log = { event: () => undefined };
  return { raw: openMemoryStore(), out, codec, tables: csvTables, clock: manualClock(), log };
}

export interface FinalizeRun {
  readonly symbols?: readonly string[];
  readonly runId?: string;
  readonly resolutions?: string;
  /** Bars alone unless it is said. */
  readonly outputs?: string;
  readonly codeVersion?: string;
  readonly date?: string;
  readonly index?: number;
  readonly count?: number;
}

export async function finalize(
  out: MemoryStore,
  {
    symbols = ['BTCUSDT'],
    runId = 'run-1',
    resolutions = '1h',
    outputs = 'bars',
    codeVersion = '1',
    date = '2025-12-11',
    index = 0,
    count = 1,
  }: FinalizeRun = {},
  effects: Effects = effectsOf(out),
): Promise<FinalizedDay> {
  return await finalizeSlice(
    {
      date: utcDate(date, 'test'),
      symbols: symbols.map((symbol) => symbolName(symbol, 'test')),
      index,
      count,
    },
    { runId, codeVersion, wanted: wantedFrom(resolutions, outputs) },
    effects,
  );
}

/** A store with these days, each PUBLISHED_DAY with the given changes. */
export function storeWith(
  days: readonly Partial<PublishedDay>[],
  options: MemoryStoreOptions = {},
): MemoryStore {
  const out = openMemoryStore(options);
  for (const day of days) publish(out, { ...PUBLISHED_DAY, ...day });
  return out;
}

export function manifest(out: MemoryStore): Manifest {
  expectSchema('manifest', out.text(MANIFEST));
  return JSON.parse(out.text(MANIFEST)) as Manifest;
}

export function record(out: MemoryStore, name = RECORD): RunRecord {
  expectSchema('record', out.text(name));
  return JSON.parse(out.text(name)) as RunRecord;
}

/** The manifest's entry of its first symbol. */
export function published(out: MemoryStore): PublishedEntry | null | undefined {
  return manifest(out).symbols[0]?.published;
}
