/** The summary of one symbol's sample recording: what it holds, and every planted fault with its place. */
import type { PatternName } from '../column/pattern-table.js';
import type { StreamName } from '../rule/symbol-day.js';
import type { TimeRange } from '../unit/utc-date.js';
import type { RowPlace } from './stream-recorder.js';

/** One planted fault and its place. Trade ids are given even if the recording has no id column. */
export type PlantedFault =
  | { readonly kind: 'off-book' | 'zero-row'; readonly place: RowPlace; readonly tradeId: number }
  | { readonly kind: 'lost-trade'; readonly eventTimeMs: number; readonly tradeId: number }
  | {
      readonly kind: 'damaged-line';
      readonly stream: StreamName;
      readonly place: RowPlace;
      /** Of a trade: the damaged line also loses its id. */
      readonly tradeId: number | undefined;
    }
  | {
      readonly kind: 'late-rows';
      readonly object: string;
      readonly rows: number;
      readonly range: TimeRange;
    }
  | { readonly kind: 'outage'; readonly range: TimeRange }
  | { readonly kind: 'missing-chunk'; readonly object: string; readonly rows: number };

/** One planted episode: the pattern that must be found, where, and which rows it takes the place of. */
export interface PlantedEpisode {
  readonly kind: PatternName;
  readonly direction: 'up' | 'down';
  /** Exchange time; a whole second. */
  readonly confirmedMs: number;
  /** Exchange time of the rows that another recording does not have. */
  readonly range: TimeRange;
}

export interface SymbolSample {
  readonly symbol: string;
  readonly chunks: number;
  /** Lines after the headers of the finished chunks, damaged ones included. */
  readonly tradeRows: number;
  readonly snapshotRows: number;
  /** Not compressed. */
  readonly sizeBytes: number;
  readonly planted: readonly PlantedFault[];
  /** In order of time. */
  readonly episodes: readonly PlantedEpisode[];
  /** Spells without trades while depth goes on; a recording without faults has them too. */
  readonly quiet: readonly TimeRange[];
  /** Exchange time from which snapshots have 20 levels; undefined unless the recording switches. */
  readonly switchAtMs: number | undefined;
}
