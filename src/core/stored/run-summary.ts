/** The summary of a run, declared once: `_manifest/runs/{run_id}/summary.json` (docs/OUTPUT.md). */
import type { ValueOf } from '../shape/shape.js';
import { MANIFEST_SHAPES } from './manifest.js';

/** Bytes of a stored summary. */
export const SUMMARY_BYTES_MAX = 8_000;

const SUMMARY_PARTS = {
  worst_day: {
    is: 'object',
    about: 'One symbol-day.',
    fields: {
      symbol: { is: 'ref', to: 'symbol' },
      date: { is: 'ref', to: 'date' },
      outcome: { is: 'ref', to: 'run_outcome', about: 'Its outcome.' },
      status: {
        is: 'ref',
        to: 'day_status',
        orNull: true,
        about: 'Its status; null if unknown.',
      },
      coverage: {
        is: 'share',
        orNull: true,
        about: 'Its coverage; null if unknown.',
      },
      finding: {
        is: 'text',
        charactersMax: 160,
        about: 'Its most telling finding, or why it is not good.',
      },
    },
  },
  summary: {
    is: 'object',
    about: 'The whole run in at most 8,000 bytes.',
    fields: {
      schema_version: { is: 'ref', to: 'schema_version' },
      code_version: { is: 'ref', to: 'code_version' },
      run_id: { is: 'name', about: 'The run.' },
      good: {
        is: 'truth',
        about:
          'Whether every symbol-day is complete, or partial with enough coverage and without an error, or allowed to be empty, and at least one is not empty.',
      },
      arguments: {
        is: 'open',
        about:
          'The request. A list or text that is too long is replaced by its count or length and its first part.',
      },
      symbol_days: { is: 'count', about: 'Symbols times days.' },
      not_good: { is: 'count', about: 'Symbol-days that are not good.' },
      outcomes: {
        is: 'object',
        about: 'Symbol-days by outcome.',
        fields: {
          published: { is: 'count', about: 'Something was stored.' },
          unchanged: { is: 'count', about: 'Nothing had to be stored.' },
          failed: { is: 'count', about: 'Not published because of the data.' },
          error: {
            is: 'count',
            about: 'Not published because storage or network failed, or without a record.',
          },
        },
      },
      statuses: {
        is: 'object',
        about: 'Symbol-days by status; those with outcome error have none.',
        fields: {
          complete: {
            is: 'count',
            about: 'No outage, no malformed row, no unreadable chunk, no unresolved overlap.',
          },
          partial: { is: 'count', about: 'At least one of these.' },
          empty: { is: 'count', about: 'No row was used.' },
          failed: { is: 'count', about: 'Those with outcome failed.' },
        },
      },
      totals: {
        is: 'object',
        about: 'Sums over the symbol-days.',
        fields: {
          trades: { is: 'count', about: 'Used trade rows.' },
          snapshots: { is: 'count', about: 'Used and short snapshots.' },
          input_objects: { is: 'count', about: 'Chunks read.' },
          input_bytes: { is: 'count', about: 'Their stored bytes.' },
          output_bytes: { is: 'count', about: 'Bytes of what was stored.' },
          task_seconds: { is: 'amount', about: 'Seconds that tasks spent.' },
        },
      },
      estimated_cost_usd: {
        is: 'amount',
        about:
          'Estimate from public list prices of Cloud Run and Cloud Storage operations in us-central1, not a bill. The source holds the price table and its date.',
      },
      worst: {
        is: 'list',
        of: { is: 'ref', to: 'worst_day' },
        about:
          'Symbol-days that are not complete or have a finding above info: not good first, then by coverage. The list is cut to keep the summary within 8,000 bytes.',
      },
      worst_omitted: { is: 'count', about: 'Such symbol-days that did not fit.' },
      message: {
        is: 'text',
        about:
          'Why the run is not good, in one line: the three worst symbol-days, or that all are empty. Empty for a good run. The workflow raises it.',
      },
    },
  },
} as const;

type Named = typeof MANIFEST_SHAPES & typeof SUMMARY_PARTS;

export const SUMMARY_SHAPES: Named = { ...MANIFEST_SHAPES, ...SUMMARY_PARTS };

export type WorstDay = ValueOf<Named['worst_day'], Named>;
export type RunSummary = ValueOf<Named['summary'], Named>;
