/**
 * The guards of stored JSON: run records, day manifests, summaries, and the parts of a quality report
 * that readers need. All follow from the declarations in this folder.
 */
import { type Guard, guardOf, partGuard } from '../shape/guard.js';
import { MANIFEST_SHAPES, type Manifest, type RunRecord } from './manifest.js';
import { type QualityReport, REPORT_SHAPES } from './quality-report.js';
import { type RunSummary, SUMMARY_SHAPES } from './run-summary.js';

/** The fields of a quality report that most readers need. */
const PUBLISHED_FIELDS = [
  'schema_version',
  'symbol',
  'date',
  'status',
  'dataset',
  'options',
  'rows',
  'seed',
  'outages',
  'coverage',
  'findings',
  'inputs',
  'sidecars',
  'artifacts',
  'fingerprint',
  'content_sha256',
] as const;
export type PublishedReport = Pick<QualityReport, (typeof PUBLISHED_FIELDS)[number]>;
export const isPublishedReport: Guard<PublishedReport> = partGuard(
  'quality',
  PUBLISHED_FIELDS,
  REPORT_SHAPES,
);

/** Further fields, which tell what was recorded. */
const EVIDENCE_FIELDS = ['unproven_seconds', 'malformed_rows', 'trade_ids'] as const;
export type RecordedReport = PublishedReport &
  Pick<QualityReport, (typeof EVIDENCE_FIELDS)[number]>;
const hasEvidence = partGuard('quality', EVIDENCE_FIELDS, REPORT_SHAPES);
export const isRecordedReport: Guard<RecordedReport> = (value): value is RecordedReport =>
  isPublishedReport(value) && hasEvidence(value);

/** How long a recording was due and missing, for who shows a report; old reports lack it. */
const TIMED_FIELDS = ['expected_seconds', 'outage_seconds', 'unproven_seconds'] as const;
export type ReportTimes = Pick<QualityReport, (typeof TIMED_FIELDS)[number]>;
export const hasTimes: Guard<ReportTimes> = partGuard('quality', TIMED_FIELDS, REPORT_SHAPES);

export const isManifest: Guard<Manifest> = guardOf('manifest', MANIFEST_SHAPES);
export const isRunRecord: Guard<RunRecord> = guardOf('record', MANIFEST_SHAPES);

/** The fields on which callers decide; the rest is only shown or passed on. */
const hasDecidingFields = partGuard(
  'summary',
  ['run_id', 'good', 'symbol_days', 'totals'],
  SUMMARY_SHAPES,
);

export function isRunSummary(value: unknown): value is RunSummary {
  return hasDecidingFields(value);
}
