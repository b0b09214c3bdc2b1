/** What a sample is made of, its defaults and its limits. */
import type { PatternName } from '../../core/column/pattern-table.js';
import { FAULT_KINDS, type FaultKind } from '../../core/sample/fault-plan.js';
import type { MarketKind } from '../../core/market/sample-book.js';
import type { DepthLevels } from '../../core/sample/symbol-setup.js';

/** Options of a sample. The same options give the same bytes on every machine. */
export interface SampleOptions {
  /** Names by docs/INPUT.md, each once, 1 to SAMPLE_SYMBOLS_MAX. */
  readonly symbols: readonly string[];
  /** First day, `YYYY-MM-DD`, UTC, from SAMPLE_DATE_MIN to SAMPLE_DATE_MAX. */
  readonly date: string;
  /** First minute, `HH:MM`, UTC. */
  readonly start: string;
  /** 1 to SAMPLE_MINUTES_MAX; may run past midnight, with continuous prices and trade ids. */
  readonly minutes: number;
  /** Whole number, 0 to SAMPLE_SEED_MAX. */
  readonly seed: number;
  /** 5 or 20 levels a side, or `switch`: 5 in the first half of the recording, 20 in the second. */
  readonly depthLevels: DepthLevels;
  /** Multiplies the number of trades (a daily mean of 900 a minute, at least three orders a minute), SAMPLE_RATE_MIN to SAMPLE_RATE_MAX; snapshots do not follow it. */
  readonly rate: number;
  /** Milliseconds from snapshot to snapshot: a multiple of SAMPLE_SNAPSHOT_MS_MIN up to SAMPLE_SNAPSHOT_MS_MAX. The market is the same. */
  readonly snapshotMs: number;
  /** Whether the book foretells the price, as a real one does, or nothing does. */
  readonly market: MarketKind;
  /** Faults to plant: FAULT_KINDS for all, empty for none. core/sample/fault-plan places them. */
  readonly faults: readonly FaultKind[];
  /** Episodes to plant: EPISODE_KINDS for all, empty for none. core/sample/episode-scripts has their times. */
  readonly episodes: readonly PatternName[];
  /** Whether trades carry `trade_id` and `exec_type`. */
  readonly tradeIds: boolean;
  /** Whether chunks are stored compressed, as `.csv.gz`. */
  readonly gzip: boolean;
}

export const SAMPLE_DEFAULTS: SampleOptions = {
  symbols: ['BTCUSDT'],
  date: '2025-12-11',
  start: '00:00',
  minutes: 10,
  seed: 1,
  depthLevels: 20,
  rate: 1,
  snapshotMs: 100,
  market: 'leaning',
  faults: FAULT_KINDS,
  episodes: [],
  tradeIds: true,
  gzip: false,
};

export const SAMPLE_SYMBOLS_MAX = 100;
/** A week: 0.62 MB a minute makes about 6 GB a symbol. */
export const SAMPLE_MINUTES_MAX = 10_080;
export const SAMPLE_SEED_MAX = 4_294_967_295;
export const SAMPLE_RATE_MIN = 0.01;
export const SAMPLE_RATE_MAX = 10;
export const SAMPLE_SNAPSHOT_MS_MIN = 100;
export const SAMPLE_SNAPSHOT_MS_MAX = 5_000;
/** Trade ids count from 2020, and a timestamp has 13 digits. */
export const SAMPLE_DATE_MIN = '2020-01-01';
export const SAMPLE_DATE_MAX = '2099-12-31';
