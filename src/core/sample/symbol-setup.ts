/**
 * The setup of one symbol's sample recording, and the chunk names that follow from it. Nothing is
 * generated here.
 */
import type { PatternName } from '../column/pattern-table.js';
import type { MarketKind } from '../market/sample-book.js';
import { chunkName } from '../rule/layout.js';
import { defaultLayout } from '../rule/rules.js';
import type { StreamName } from '../rule/symbol-day.js';
import { MINUTE_MS, dateOf, dayStartMs } from '../unit/utc-date.js';
import { type FaultKind, planFaults } from './fault-plan.js';

/** `switch`: 5 levels a side in the first half of the recording, then 20. */
export type DepthLevels = 5 | 20 | 'switch';

export interface SymbolSetup {
  readonly symbol: string;
  /** A whole minute. The recorder runs for `minutes` from here, by its own clock. */
  readonly startMs: number;
  readonly minutes: number;
  readonly seed: number;
  readonly depthLevels: DepthLevels;
  /** Multiplies the trades per minute; 1 is about 900. */
  readonly rate: number;
  /** From snapshot to snapshot: a multiple of the market's step. */
  readonly snapshotMs: number;
  readonly market: MarketKind;
  readonly faults: readonly FaultKind[];
  /** Whole episodes only: the recording has minutesForEpisodes, all of one day. */
  readonly episodes: readonly PatternName[];
  /** False: trades have only the four required columns. */
  readonly tradeIds: boolean;
  /** Chunk names end in `.csv.gz`; the job compresses the bytes. */
  readonly gzip: boolean;
}

/** Object name of the chunk of a minute, from 0 (docs/INPUT.md). */
export function sampleChunkName(
  { symbol, startMs, gzip }: Pick<SymbolSetup, 'symbol' | 'startMs' | 'gzip'>,
  stream: StreamName,
  minute: number,
): string {
  const timeMs = startMs + minute * MINUTE_MS;
  const date = dateOf(timeMs);
  const minuteOfDay = (timeMs - dayStartMs(date)) / MINUTE_MS;
  const name = chunkName(defaultLayout, { symbol, stream, date }, minuteOfDay);
  return `${name}${gzip ? '.gz' : ''}`;
}

export interface SampleNames {
  /** The chunks of the recording. */
  readonly chunks: ReadonlySet<string>;
  /** Names without extension, `BTCUSDT/trades/2025-12-11/00-02`, missing chunks included. */
  readonly stems: ReadonlySet<string>;
  /** The folders that hold them, with a trailing `/`. */
  readonly folders: ReadonlySet<string>;
}

export const STEM_CLOCK_LENGTH: number = 'HH-MM'.length;

export function sampleNames(setup: SymbolSetup): SampleNames {
  const { missingTrades, missingDepth } = planFaults({ ...setup, kinds: setup.faults });
  const chunks = new Set<string>();
  const stems = new Set<string>();
  const folders = new Set<string>();
  for (const stream of ['trades', 'depth'] as const) {
    const missing = stream === 'trades' ? missingTrades : missingDepth;
    for (let minute = 0; minute < setup.minutes; minute++) {
      const name = sampleChunkName(setup, stream, minute);
      const stem = name.slice(0, name.indexOf('.'));
      if (minute !== missing) chunks.add(name);
      stems.add(stem);
      folders.add(stem.slice(0, -STEM_CLOCK_LENGTH));
    }
  }
  return { chunks, stems, folders };
}
