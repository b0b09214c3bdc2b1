/**
 * The seal of a quality report: its last field is the SHA-256 of the file with that field empty. It
 * exposes edited and damaged reports.
 */
import type { Guard } from '../shape/guard.js';
import { FlowbarsError } from '../unit/errors.js';
import type { Digest } from './fingerprint.js';
import { parseStored, storedJson } from './json-shape.js';
import type { QualityReport } from './quality-report.js';
import type { PublishedReport } from './stored-shapes.js';

/** The report with its seal. */
export function sealed(
  report: Omit<QualityReport, 'content_sha256'>,
  digest: Digest,
): QualityReport {
  const open = { ...report, content_sha256: '' };
  return { ...open, content_sha256: digest(storedJson(open)) };
}

/** Reads a stored report. Throws a FlowbarsError of kind `data` if it is not a report or its seal is broken. */
export function parseReport<Report extends PublishedReport>(
  text: string,
  where: string,
  { isReport, digest }: { readonly isReport: Guard<Report>; readonly digest: Digest },
): Report {
  const report = parseStored(text, isReport, { what: 'quality report', where });
  const [seal = '', content_sha256 = ''] = SEAL_PATTERN.exec(text) ?? [];
  const open = text.slice(0, text.length - seal.length) + seal.replace(content_sha256, '');
  const found = digest(open);
  if (seal !== '' && found === content_sha256) return report;
  throw new FlowbarsError('data', {
    where,
    what: 'quality report',
    found: `content with sha256 '${found}'`,
    expected: `'${report.content_sha256}', its content_sha256`,
  });
}

const SEAL_PATTERN = /"content_sha256": "([0-9a-f]+)"\n\}\n$/;
