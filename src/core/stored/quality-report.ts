/**
 * The quality report of a symbol-day as it is stored (SPEC section 5); docs/schema/quality.json is
 * its JSON Schema and docs/DATA.md its prose. Field names are those of the file.
 */
import type { Finding } from '../finding/finding.js';
import type { RecordedStreams, StreamName } from '../rule/day-rules.js';

/** complete, partial, empty: SPEC section 4. failed: could not be computed; then no report is stored. */
export type DayStatus = 'complete' | 'partial' | 'empty' | 'failed';

export interface TradeRowCounts {
  readonly rows: number;
  readonly malformed: number;
  readonly neighbour_day: number;
  readonly excluded: number;
  readonly duplicate: number;
  readonly used: number;
}

export interface DepthRowCounts extends TradeRowCounts {
  readonly one_sided: number;
  readonly crossed: number;
  readonly short: number;
}

export interface ChunkMinuteCounts {
  /** Chunk minutes of the day that a recorder should have written. */
  readonly expected: number;
  /** Of the day's 1,440: at least one object is there. */
  readonly present: number;
  readonly missing: number;
  /** Objects that could not be read, the edges' and the seed's included. */
  readonly unreadable: number;
  /** Chunk minutes with more than one differing object. */
  readonly overlapping: number;
}

export interface MalformedRow {
  readonly stream: StreamName;
  readonly object: string;
  /** Line in the decompressed content, from 1. */
  readonly line: number;
  readonly column: string;
  readonly found: string;
  readonly expected: string;
}

export interface TradeIdGap {
  readonly after_id: string;
  readonly missing: number;
  readonly from: string;
  readonly to: string;
}

export interface TradeIdEvidence {
  /** Rows with a numeric id, of all rows that were read for the day. */
  readonly rows_with_id: number;
  readonly first: string | null;
  readonly last: string | null;
  readonly missing: number;
  readonly gap_count: number;
  /** The first 100 gaps. */
  readonly gaps: readonly TradeIdGap[];
  /** Share of the expected time between rows whose ids prove that nothing is missing, six decimals. */
  readonly proved_share: number;
}

export type OutageKind = 'feed_down' | 'depth_missing' | 'trades_missing';

export interface Outage {
  readonly kind: OutageKind;
  readonly from: string;
  readonly to: string;
  readonly seconds: number;
}

export interface Seed {
  readonly price: string;
  readonly time: string;
  readonly object: string;
}

/** chunk: the day's own. edge: of a neighbour day, read for late rows. seed: read for the carried price alone. */
export type InputRole = 'chunk' | 'edge' | 'seed';

export interface InputObject {
  readonly name: string;
  readonly size: number;
  /** Of the stored bytes, eight hex digits. */
  readonly crc32c: string;
  readonly role: InputRole;
}

export interface BarArtifact {
  readonly kind: 'bars';
  readonly resolution: string;
  readonly name: string;
  readonly bytes: number;
  readonly rows: number;
  readonly sha256: string;
  readonly crc32c: string;
  readonly fingerprint: string;
}

export interface Levels {
  readonly bid_min: number;
  readonly bid_max: number;
  readonly ask_min: number;
  readonly ask_max: number;
}

export interface QualityReport {
  readonly schema_version: number;
  readonly code_version: string;
  readonly symbol: string;
  readonly date: string;
  readonly status: DayStatus;
  /** `_dataset.json` of the raw root, null where there is none. */
  readonly dataset: Readonly<Record<string, unknown>> | null;
  readonly options: {
    readonly streams: RecordedStreams;
    readonly edge_minutes: number;
    readonly seed_minutes: number;
    readonly raw_layout: string;
    readonly sparse_trades: boolean;
    readonly hole_min_ms: number;
    readonly malformed_max: number;
    readonly expect: { readonly from: string; readonly to: string } | null;
  };
  readonly rows: { readonly trades: TradeRowCounts; readonly depth: DepthRowCounts };
  readonly chunk_minutes: {
    readonly trades: ChunkMinuteCounts;
    readonly depth: ChunkMinuteCounts;
  };
  /** Levels a side seen in well-formed snapshots of the day; null without any. */
  readonly levels: Levels | null;
  readonly seed: Seed | null;
  readonly trade_ids: TradeIdEvidence;
  readonly outages: readonly Outage[];
  readonly quiet_seconds: number;
  readonly unproven_seconds: number;
  readonly expected_seconds: number;
  readonly outage_seconds: number;
  /** 1 - outage ÷ expected, cut (never rounded up) to six decimals. */
  readonly coverage: number;
  /** The first ten of each stream in reading order. */
  readonly malformed_rows: readonly MalformedRow[];
  readonly findings: readonly Finding[];
  readonly inputs: readonly InputObject[];
  readonly artifacts: readonly BarArtifact[];
  /** The report's own. */
  readonly fingerprint: string;
  /** SHA-256 of the report's text with this field empty: its seal. */
  readonly content_sha256: string;
}
