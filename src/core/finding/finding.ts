/**
 * Findings: what is doubtful about a symbol-day. They are outcomes, not exceptions; the job and the
 * final step decide what follows from them.
 */

/** error: the day cannot be published. warning: the day is at most partial, or a reader should know. info: normal, worth knowing. */
export type FindingSeverity = 'info' | 'warning' | 'error';

export type FindingCode =
  | 'chunk_unreadable'
  | 'overlap_unresolved'
  | 'malformed_rows'
  | 'too_many_malformed'
  | 'trade_ids_missing'
  | 'outage'
  | 'unproven'
  | 'snapshots_short'
  | 'rows_late'
  | 'no_data'
  | 'inputs_vanished'
  | 'limit_reached'
  | 'check_failed'
  | 'seed_mismatch'
  | 'record_missing'
  | 'world_failed';

export interface Finding {
  readonly code: FindingCode;
  readonly severity: FindingSeverity;
  /** Object, stretch of time, file or check that it is about. */
  readonly where: string;
  /** One sentence with the figures, lower case. */
  readonly detail: string;
}
