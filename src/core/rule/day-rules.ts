/** The options that say what to compute for a symbol-day, with their defaults and limits. */
import type { Resolution } from '../unit/resolution.js';
import { DAY_MINUTES, type TimeRange, type UtcDate } from '../unit/utc-date.js';
import type { SymbolName } from '../unit/symbol.js';

/** Version of the shapes and rules below docs/schema; part of every fingerprint. */
export const SCHEMA_VERSION = 1;

export const EDGE_MINUTES_DEFAULT = 2;
export const EDGE_MINUTES_MAX = 60;
export const SEED_MINUTES_DEFAULT = 60;
export const SEED_MINUTES_MAX: number = DAY_MINUTES;
export const HOLE_MIN_MS_DEFAULT = 5_000;
/** Holes are found from the first and the last row of each second, so they cannot be shorter than one. */
export const HOLE_MIN_MS_MIN = 1_000;
export const MALFORMED_MAX_DEFAULT = 0.001;
export const COVERAGE_MIN_DEFAULT = 0.99;
export const RAW_LAYOUT_DEFAULT = '{symbol}/{stream}/{date}/{hour}-{minute}.csv';

/** Which streams were recorded: with `trades` no depth is expected and its columns stay empty. */
export type RecordedStreams = 'both' | 'trades';
export type StreamName = 'trades' | 'depth';

/** What changes the bars: these enter their fingerprint. */
export interface BarRules {
  /** Chunk minutes of the neighbour days that are read as well, because late rows land there. */
  readonly edgeMinutes: number;
  /** Chunk minutes of the day before in which the price carried into 00:00 is looked for. */
  readonly seedMinutes: number;
  readonly streams: RecordedStreams;
  /** Template of a chunk's object name below the raw root. */
  readonly rawLayout: string;
}

/** What changes the quality report besides. */
export interface ReportRules {
  /** Expects a trades chunk nowhere: a recorder that writes none for a minute without trades. */
  readonly sparseTrades: boolean;
  /** A stream without a row for longer than this has a hole. */
  readonly holeMinMs: number;
  /** Share of malformed rows in a stream above which, with more than ten of them, the symbol-day fails. */
  readonly malformedMax: number;
  /** The stretch of the recording that is expected; undefined: each whole day. */
  readonly expect: TimeRange | undefined;
}

export interface DayRules extends BarRules, ReportRules {
  readonly resolutions: readonly Resolution[];
}

export interface SymbolDay {
  readonly symbol: SymbolName;
  readonly date: UtcDate;
}

/** `BTCUSDT 2025-12-11`: a symbol-day among others. A symbol has no space. */
export function symbolDayKey({
  symbol,
  date,
}: {
  readonly symbol: string;
  readonly date: string;
}): string {
  return `${symbol} ${date}`;
}
