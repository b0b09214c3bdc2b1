/** The manifest of a day, the run's records and its summary, as they are stored (SPEC section 5). */
import type { Finding } from '../finding/finding.js';
import type { DayStatus } from './quality-report.js';

/** What a run did with a symbol-day. `error`: the world failed, or there is no record; nothing is stored for it. */
export type RunOutcome = 'published' | 'unchanged' | 'failed' | 'error';

export interface CheckResult {
  /** `sha256`, `columns`, `row_count`, `time_steps`, …: docs/DATA.md lists them. */
  readonly check: string;
  readonly ok: boolean;
  /** Empty when ok; else file, row, found and expected. */
  readonly detail: string;
}

export interface ListedFile {
  readonly kind: 'bars' | 'quality';
  readonly resolution: string | null;
  readonly name: string;
  readonly bytes: number;
  /** Data rows of a bar file; null for the report. */
  readonly rows: number | null;
  readonly sha256: string;
  readonly crc32c: string;
  readonly fingerprint: string;
  /** GCS generation; null where the store keeps none. */
  readonly generation: string | null;
}

export interface PublishedEntry {
  readonly status: DayStatus;
  readonly coverage: number;
  readonly files: readonly ListedFile[];
  readonly findings: readonly Finding[];
  readonly checks: readonly CheckResult[];
}

export interface LastAttempt {
  readonly run_id: string;
  readonly outcome: RunOutcome;
  readonly first_finding: Finding | null;
}

export interface ManifestEntry {
  readonly symbol: string;
  /** Null while nothing good was ever published. */
  readonly published: PublishedEntry | null;
  /** Only where the last run's outcome differs from what is published. */
  readonly last_attempt?: LastAttempt;
}

export interface Manifest {
  readonly schema_version: number;
  readonly code_version: string;
  readonly date: string;
  readonly dataset: Readonly<Record<string, unknown>> | null;
  /** Sorted by symbol. */
  readonly symbols: readonly ManifestEntry[];
}

/** `_manifest/runs/{run_id}/{SYMBOL}/{date}.json`. */
export interface RunRecord {
  readonly schema_version: number;
  readonly run_id: string;
  readonly symbol: string;
  readonly date: string;
  readonly outcome: RunOutcome;
  /** Of the computed or still published day; null when none is known. */
  readonly status: DayStatus | null;
  readonly coverage: number | null;
  /** True once finalize has looked at it; its checks are then in `findings`. */
  readonly finalized: boolean;
  readonly findings: readonly Finding[];
  readonly trades: number;
  readonly snapshots: number;
  readonly files: readonly string[];
  readonly input_objects: number;
  readonly input_bytes: number;
  readonly output_bytes: number;
  readonly seconds: number;
}

export interface WorstDay {
  readonly symbol: string;
  readonly date: string;
  readonly outcome: RunOutcome;
  readonly status: DayStatus | null;
  readonly coverage: number | null;
  readonly finding: string;
}

/** `_manifest/runs/{run_id}/summary.json`, at most SUMMARY_BYTES_MAX bytes. */
export interface RunSummary {
  readonly schema_version: number;
  readonly code_version: string;
  readonly run_id: string;
  readonly good: boolean;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly symbol_days: number;
  /** Symbol-days for which the run is not good. */
  readonly not_good: number;
  readonly outcomes: Readonly<Record<RunOutcome, number>>;
  readonly statuses: Readonly<Record<DayStatus, number>>;
  readonly totals: {
    readonly trades: number;
    readonly snapshots: number;
    readonly input_objects: number;
    readonly input_bytes: number;
    readonly output_bytes: number;
    readonly task_seconds: number;
  };
  readonly estimated_cost_usd: number;
  /** Not good first, then by coverage; cut so that the file stays below its limit. */
  readonly worst: readonly WorstDay[];
  readonly worst_omitted: number;
}

export const SUMMARY_BYTES_MAX = 8_000;
