/** The JSON document of `flowbars inspect`; field names are those of the document. */
import type { Direction, PatternName } from '../column/pattern-table.js';
import type { FillReason } from '../column/signal-table.js';
import type { StreamName } from '../rule/symbol-day.js';
import type { Scoreboard } from '../score/scoreboard-shape.js';
import type { CheckResult } from '../stored/manifest.js';
import type {
  Artifact,
  DepthRowCounts,
  Levels,
  MalformedRow,
  TradeRowCounts,
} from '../stored/quality-report.js';
import type { ReportTimes } from '../stored/stored-shapes.js';

/** What is known of any file. */
export interface FileFacts {
  readonly file: string;
  readonly gzip: boolean;
  readonly stored_bytes: number;
  readonly decompressed_bytes: number;
}

export interface ChunkInspection {
  readonly kind: StreamName;
  /** The names in the header; without one, those of docs/INPUT.md. */
  readonly columns: readonly string[];
  /** For each of them the column of docs/INPUT.md that it is; null: ignored. */
  readonly meanings: readonly (string | null)[];
  readonly has_header: boolean;
  /** The day to which rows are compared: the last date in the name; null if there is none. */
  readonly date: string | null;
  /** As far as one chunk can tell: duplicates within it, neighbour days only with a date. */
  readonly rows: TradeRowCounts | DepthRowCounts;
  /** Exchange times of the well-formed rows; null without any. */
  readonly time: {
    readonly first: string;
    readonly last: string;
    readonly unit: 'milliseconds' | 'microseconds' | 'nanoseconds';
    /** Rows that are earlier than the row before them. */
    readonly out_of_order: number;
  } | null;
  /** Levels per side of the day's well-formed snapshots; null for trades. */
  readonly levels: Levels | null;
  /** Decimals that the values need; null without rows. */
  readonly decimals: { readonly price: number; readonly quantity: number } | null;
  /** Numeric ids of trades; null if there are none. */
  readonly trade_ids: {
    readonly rows_with_id: number;
    readonly first: string;
    readonly last: string;
    /** Missing ids between first and last. */
    readonly missing: number;
    readonly gap_count: number;
  } | null;
  /** Rows that the byte kernel left to the strict path, and the share of rows that it read itself. */
  readonly strict_rows: number;
  readonly kernel_share: number | null;
  /** The first ten malformed rows. */
  readonly malformed_rows: readonly MalformedRow[];
}

export interface BarsInspection {
  readonly kind: 'bars';
  readonly date: string;
  readonly resolution: string;
  readonly rows: number;
  readonly first: string;
  readonly last: string;
  readonly bars_with_trades: number;
  readonly trades: number;
  readonly volume: string;
  /** Lowest low and highest high of bars with trades; null without any. */
  readonly price: { readonly low: string; readonly high: string } | null;
  /** Source of the price before the first bar, against which flat bars are checked. */
  readonly seed: 'quality report' | 'first row';
  readonly good: boolean;
  readonly checks: readonly CheckResult[];
}

export interface SignalsInspection {
  readonly kind: 'signals';
  readonly date: string;
  readonly resolution: string;
  readonly columns: readonly string[];
  readonly rows: number;
  readonly first: string;
  readonly last: string;
  /** Rows by reason; every reason is listed, in its order. */
  readonly fill_reasons: readonly { readonly reason: FillReason; readonly rows: number }[];
  /** Sums over the rows; that of depth is null if the day was made of trades alone. */
  readonly trades_missing_ms: number;
  readonly depth_missing_ms: number | null;
  readonly good: boolean;
  readonly checks: readonly CheckResult[];
}

export interface PatternsInspection {
  readonly kind: 'patterns';
  /** The day of its events, else the last date in its name; null if there is neither. */
  readonly date: string | null;
  readonly columns: readonly string[];
  readonly rows: number;
  /** When the first and the last event were confirmed; null without any. */
  readonly first: string | null;
  readonly last: string | null;
  /** Events by direction; every pattern is listed, in its order. */
  readonly events: readonly ({ readonly pattern: PatternName } & Readonly<
    Record<Direction, number>
  >)[];
  readonly good: boolean;
  readonly checks: readonly CheckResult[];
}

/** A file of `flowbars export --joined`. */
export interface JoinedInspection {
  readonly kind: 'joined';
  readonly kinds: readonly ('bars' | 'signals' | 'patterns')[];
  /** Null: events, or a single row. */
  readonly resolution: string | null;
  readonly columns: readonly string[];
  readonly rows: number;
  /** Days with a row, in their order. */
  readonly days: readonly { readonly date: string; readonly rows: number }[];
  /** Stamps of the first and the last row; of events, when they were confirmed. Null without any. */
  readonly first: string | null;
  readonly last: string | null;
}

/** What typed rows add up to; null for rows of another kind. */
export interface TypedFigures {
  readonly first: string | null;
  readonly last: string | null;
  readonly bars:
    | (Pick<BarsInspection, 'bars_with_trades' | 'trades'> & {
        /** A sum of doubles. */
        readonly volume: number;
        readonly price: { readonly low: number; readonly high: number } | null;
      })
    | null;
  readonly signals: Pick<
    SignalsInspection,
    'fill_reasons' | 'trades_missing_ms' | 'depth_missing_ms'
  > | null;
  readonly events: PatternsInspection['events'] | null;
}

export interface TypedInspection extends TypedFigures {
  readonly kind: 'parquet';
  /** What the file says of itself: symbol, days, kind of rows, resolution, dataset. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly rows: number;
  readonly row_groups: number;
  readonly columns: readonly {
    readonly name: string;
    /** Physical type, logical type, repetition. */
    readonly type: string;
    readonly unit: string;
  }[];
}

export interface ReportInspection {
  readonly kind: 'quality';
  readonly symbol: string;
  readonly date: string;
  readonly status: string;
  readonly coverage: number;
  readonly outages: number;
  readonly outage_seconds_longest: number;
  /** Null in a report of an earlier version. */
  readonly times: ReportTimes | null;
  /** In quote value: orders of at least this much are large ones. */
  readonly large_order: string;
  readonly rows: { readonly trades: TradeRowCounts; readonly depth: DepthRowCounts };
  readonly inputs: number;
  readonly artifacts: readonly Pick<Artifact, 'name' | 'rows' | 'bytes'>[];
  /** `code: detail (where)`. */
  readonly findings: readonly string[];
}

export interface ManifestInspection {
  readonly kind: 'manifest';
  readonly date: string;
  readonly symbols: readonly {
    readonly symbol: string;
    readonly status: string | null;
    readonly coverage: number | null;
    readonly files: number;
    /** Outcome of an attempt that published nothing; null if there was none. */
    readonly last_attempt: string | null;
  }[];
}

/** The fields of its lines are those of the file. */
export interface ScoreboardInspection extends Pick<Scoreboard, 'symbol' | 'date' | 'fee_bps'> {
  readonly kind: 'scoreboard';
  readonly scores: readonly Pick<Scoreboard['scores'][number], ShownScore>[];
}
type ShownScore =
  | 'pattern'
  | 'horizon_seconds'
  | 'events'
  | 'control'
  | 'base'
  | 'hit_rate'
  | 'interval'
  | 'control_hit_rate'
  | 'expected_hit_rate'
  | 'mean_move_bps'
  | 'median_move_bps'
  | 'verdict';

export type Inspection =
  | (FileFacts & ChunkInspection)
  | (FileFacts & BarsInspection)
  | (FileFacts & SignalsInspection)
  | (FileFacts & PatternsInspection)
  | (FileFacts & JoinedInspection)
  | (FileFacts & TypedInspection)
  | (FileFacts & ReportInspection)
  | (FileFacts & ManifestInspection)
  | (FileFacts & ScoreboardInspection);
