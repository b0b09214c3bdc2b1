/**
 * Findings: what is doubtful about a symbol-day. They are outcomes, not exceptions; the job and the
 * final step decide what to do.
 */
import type { ValueOf } from '../shape/shape.js';

/** Every finding code with its severity. To add one, add a line here and its row in docs/EVIDENCE.md. */
export const FINDING_SHAPES = {
  finding_code: {
    is: 'word',
    of: {
      chunk_unreadable: 'warning',
      rows_unusable: 'error',
      stream_silent: 'error',
      overlap_unresolved: 'error',
      side_doubtful: 'error',
      rows_elsewhere: 'error',
      symbols_mixed: 'error',
      symbol_differs: 'warning',
      clocks_doubtful: 'warning',
      malformed_rows: 'warning',
      too_many_malformed: 'error',
      trade_ids_missing: 'info',
      outage: 'warning',
      unproven: 'info',
      snapshots_short: 'info',
      rows_late: 'info',
      columns_ignored: 'info',
      ids_absent: 'info',
      trades_aggregated: 'info',
      no_final_line_feed: 'info',
      names_skipped: 'warning',
      sidecar_unreadable: 'warning',
      day_worse: 'warning',
      no_data: 'warning',
      inputs_vanished: 'error',
      limit_reached: 'error',
      check_failed: 'error',
      seed_mismatch: 'warning',
      record_missing: 'error',
      world_failed: 'error',
    },
  },
  finding: {
    is: 'object',
    about: 'Something doubtful about the symbol-day.',
    fields: {
      code: { is: 'ref', to: 'finding_code', about: 'What it is.' },
      severity: {
        is: 'word',
        of: ['info', 'warning', 'error'],
        about:
          'error: the day is not to be trusted, or cannot be published. warning: the day is at most partial, or needs attention. info: normal, but worth knowing.',
      },
      where: {
        is: 'text',
        about: 'The object, time range, file or check that it is about.',
      },
      detail: { is: 'text', about: 'One sentence with the figures.' },
    },
  },
} as const;

type Named = typeof FINDING_SHAPES;

export type Finding = ValueOf<Named['finding'], Named>;
export type FindingCode = Finding['code'];
export type FindingSeverity = Finding['severity'];
