/** Checks stored objects against the quality report that lists them. Their content is checked elsewhere. */
import type { SymbolDay } from '../rule/symbol-day.js';
import type { CheckResult } from '../stored/manifest.js';
import { barsName } from '../stored/output-names.js';
import type { BarArtifact } from '../stored/quality-report.js';
import type { PublishedReport } from '../stored/stored-shapes.js';
import { readResolution, type Resolution } from '../unit/resolution.js';
import { CheckTally, quoted } from './file-tally.js';

export interface FoundContent {
  readonly bytes: number;
  readonly sha256: string;
  readonly crc32c: string;
}

export interface ListedBars {
  readonly artifact: BarArtifact;
  readonly resolution: Resolution;
}

export interface ReportExpectation {
  /** The report's own object name. */
  readonly name: string;
  readonly symbolDay: SymbolDay;
  /** Resolutions that must be listed; others may be. */
  readonly resolutions: readonly Resolution[];
}

/** Checks that the report is of this symbol-day and lists its bar files under their names. */
export function checkReport(
  report: PublishedReport,
  { name, symbolDay, resolutions }: ReportExpectation,
): CheckResult[] {
  const tally = new CheckTally(name, ['quality_report']);
  const differs = (where: string, found: string, expected: string): void => {
    if (found === expected) return;
    tally.breach('quality_report', { where, found: quoted(found), expected: quoted(expected) });
  };
  differs('symbol', report.symbol, symbolDay.symbol);
  differs('date', report.date, symbolDay.date);
  const listed = new Set<string>();
  for (const { resolution, name: artifactName } of report.artifacts) {
    const canonical = readResolution(resolution)?.name ?? 'a resolution';
    differs('artifact resolution', resolution, canonical);
    differs('artifact name', artifactName, barsName(symbolDay, resolution));
    if (listed.has(resolution)) differs('artifact', `${resolution} twice`, `${resolution} once`);
    listed.add(resolution);
  }
  if (report.status === 'failed') differs('status', report.status, 'complete, partial or empty');
  if (report.status === 'empty') {
    differs('artifacts', `${listed.size} bar files`, '0 bar files');
  } else {
    if (listed.size === 0) differs('artifacts', 'no bar file', 'at least one');
    for (const { name: wanted } of resolutions) {
      if (!listed.has(wanted)) differs('artifacts', 'no such bars', `${wanted} bars`);
    }
  }
  return tally.results();
}

/** The bar files of a report, finest first. Unknown resolutions are left out; checkReport reports them. */
export function listedBars({ artifacts }: PublishedReport): ListedBars[] {
  return artifacts
    .flatMap((artifact) => {
      const resolution = readResolution(artifact.resolution);
      return resolution === undefined ? [] : [{ artifact, resolution }];
    })
    .toSorted((a, b) => a.resolution.seconds - b.resolution.seconds);
}

/** `found` undefined: the object does not exist. */
export function checkContent(
  artifact: BarArtifact,
  found: FoundContent | undefined,
): CheckResult[] {
  if (found === undefined) {
    const tally = new CheckTally(artifact.name, ['files_exist']);
    tally.breach('files_exist', { where: '', found: 'no object', expected: 'the listed file' });
    return tally.results();
  }
  const tally = new CheckTally(artifact.name, ['files_exist', 'bytes', 'sha256', 'crc32c']);
  const differs = (check: 'bytes' | 'sha256' | 'crc32c', stored: string, listed: string): void => {
    if (stored === listed) return;
    const expected = `${listed} as the quality report lists`;
    tally.breach(check, { where: check, found: stored, expected });
  };
  differs('bytes', String(found.bytes), String(artifact.bytes));
  differs('sha256', found.sha256, artifact.sha256);
  differs('crc32c', found.crc32c, artifact.crc32c);
  return tally.results();
}

/** Compares the file's row count with the one that the report lists. */
export function checkListedRows(artifact: BarArtifact, rows: number): CheckResult[] {
  const tally = new CheckTally(artifact.name, ['row_count']);
  if (rows !== artifact.rows) {
    const expected = `${artifact.rows} as the quality report lists`;
    tally.breach('row_count', { where: '', found: `${Math.max(0, rows)} rows`, expected });
  }
  return tally.results();
}
