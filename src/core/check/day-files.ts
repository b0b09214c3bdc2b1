/** Checks stored objects against the quality report that lists them. Their content is checked elsewhere. */
import type { SymbolDay } from '../rule/symbol-day.js';
import type { CheckResult } from '../stored/manifest.js';
import {
  type ArtifactKind,
  exactFormat,
  hasResolutions,
  type WantedFile,
} from '../rule/products.js';
import { areListed, fileWords, identityOf, isListed } from '../stored/artifacts.js';
import { artifactName } from '../stored/output-names.js';
import type { Artifact } from '../stored/quality-report.js';
import type { PublishedReport } from '../stored/stored-shapes.js';
import { readResolution, type Resolution } from '../unit/resolution.js';
import { CheckTally, quoted } from './file-tally.js';

export interface FoundContent {
  readonly bytes: number;
  readonly sha256: string;
  readonly crc32c: string;
}

/** A file with rows of one length. */
export interface ListedGrid {
  readonly artifact: Artifact;
  readonly resolution: Resolution;
}

export interface ReportExpectation {
  /** The report's own object name. */
  readonly name: string;
  readonly symbolDay: SymbolDay;
  /** Files that must be listed; others may be. */
  readonly wanted: readonly WantedFile[];
}

/** Checks that the report is of this symbol-day and lists its files under their names. */
export function checkReport(
  report: PublishedReport,
  { name, symbolDay, wanted }: ReportExpectation,
): CheckResult[] {
  const tally = new CheckTally(name, ['quality_report']);
  const differs = (where: string, found: string, expected: string): void => {
    if (found === expected) return;
    tally.breach('quality_report', { where, found: quoted(found), expected: quoted(expected) });
  };
  differs('symbol', report.symbol, symbolDay.symbol);
  differs('date', report.date, symbolDay.date);
  const listed = new Set<string>();
  for (const artifact of report.artifacts) {
    const { resolution, name: found } = artifact;
    const words = fileWords(artifact);
    differs('artifact resolution', resolution ?? 'none', canonicalResolution(artifact));
    differs('artifact name', found, artifactName(symbolDay, artifact));
    if (listed.has(words)) differs('artifact', `${words} twice`, `${words} once`);
    listed.add(words);
    const exact = { ...artifact, format: exactFormat(artifact.kind) };
    if (artifact.format !== exact.format && !isListed(report.artifacts, exact)) {
      differs('artifact', words, `${fileWords(exact)} beside it`);
    }
  }
  if (report.status === 'failed') differs('status', report.status, 'complete, partial or empty');
  if (report.status === 'empty') {
    differs('artifacts', `${listed.size} files`, '0 files');
  } else {
    if (listed.size === 0) differs('artifacts', 'no file', 'at least one');
    for (const file of wanted) {
      const missing = !areListed(report.artifacts, [file]);
      if (missing) differs('artifacts', 'no such file', fileWords(identityOf(file)));
    }
  }
  return tally.results();
}

function canonicalResolution({ kind, resolution }: Artifact): string {
  if (!hasResolutions(kind)) return 'none';
  return readResolution(resolution ?? '')?.name ?? 'a resolution';
}

/** The exact files of a kind that has one for each resolution, finest first. Unknown resolutions are left out; checkReport reports them. */
export function listedGrids({ artifacts }: PublishedReport, kind: ArtifactKind): ListedGrid[] {
  return artifacts
    .filter((artifact) => artifact.kind === kind && artifact.format === 'csv')
    .flatMap((artifact) => {
      const resolution = readResolution(artifact.resolution ?? '');
      return resolution === undefined ? [] : [{ artifact, resolution }];
    })
    .toSorted((a, b) => a.resolution.seconds - b.resolution.seconds);
}

/** `found` undefined: the object does not exist. */
export function checkContent(artifact: Artifact, found: FoundContent | undefined): CheckResult[] {
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
export function checkListedRows(artifact: Artifact, rows: number): CheckResult[] {
  const tally = new CheckTally(artifact.name, ['row_count']);
  if (rows !== artifact.rows) {
    const expected = `${artifact.rows} as the quality report lists`;
    tally.breach('row_count', { where: '', found: `${Math.max(0, rows)} rows`, expected });
  }
  return tally.results();
}
