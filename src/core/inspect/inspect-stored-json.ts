/** Inspects a quality report or a day's manifest: a short form of the file. */
import { findingText } from '../finding/finding-list.js';
import type { Digest } from '../stored/fingerprint.js';
import { parseStored } from '../stored/json-shape.js';
import type { Manifest } from '../stored/manifest.js';
import { parseReport } from '../stored/report-seal.js';
import { isManifest, isPublishedReport, type PublishedReport } from '../stored/stored-shapes.js';
import { isDictionary } from '../unit/json.js';
import type { ManifestInspection, ReportInspection } from './inspection.js';

/** Throws a FlowbarsError of kind `data` if the text is neither, or a report with a broken seal. */
export function inspectStoredJson(
  text: string,
  where: string,
  digest: Digest,
): ReportInspection | ManifestInspection {
  const what = 'quality report or manifest';
  const document = parseStored(text, isReportOrManifest, { what, where });
  if ('symbols' in document) return inspectManifest(document);
  return inspectReport(parseReport(text, where, { isReport: isPublishedReport, digest }));
}

function isReportOrManifest(value: unknown): value is PublishedReport | Manifest {
  return isDictionary(value) && 'symbols' in value ? isManifest(value) : isPublishedReport(value);
}

function inspectReport(report: PublishedReport): ReportInspection {
  const { symbol, date, status, coverage, rows, inputs, artifacts, findings } = report;
  return {
    kind: 'quality',
    symbol,
    date,
    status,
    coverage,
    rows,
    inputs: inputs.length,
    artifacts: artifacts.map(({ name, rows: count, bytes }) => ({ name, rows: count, bytes })),
    findings: findings.map(findingText),
  };
}

function inspectManifest({ date, symbols }: Manifest): ManifestInspection {
  return {
    kind: 'manifest',
    date,
    symbols: symbols.map(({ symbol, published, last_attempt: attempt }) => ({
      symbol,
      status: published?.status ?? null,
      coverage: published?.coverage ?? null,
      files: published?.files.length ?? 0,
      last_attempt: attempt?.outcome ?? null,
    })),
  };
}
