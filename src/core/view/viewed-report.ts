/** The parts of a quality report that a page shows. */
import { type Guard, partGuard } from '../shape/guard.js';
import { type QualityReport, REPORT_SHAPES } from '../stored/quality-report.js';
import { isPublishedReport, type PublishedReport } from '../stored/stored-shapes.js';

const FIELDS = [
  'code_version',
  'outages',
  'trade_ids',
  'levels',
  'expected_seconds',
  'outage_seconds',
  'unproven_seconds',
] as const;

export type ViewedReport = PublishedReport & Pick<QualityReport, (typeof FIELDS)[number]>;

const hasFields = partGuard('quality', FIELDS, REPORT_SHAPES);
export const isViewedReport: Guard<ViewedReport> = (value): value is ViewedReport =>
  isPublishedReport(value) && hasFields(value);
