/** The files of a result: in one sentence for a log, or each on a line of its own, to be copied. */
import { ARTIFACT_KINDS } from '../../core/rule/products.js';
import type { RunRecord } from '../../core/stored/manifest.js';
import { kindOfName, manifestName, summaryName } from '../../core/stored/output-names.js';
import { parseUtcDate } from '../../core/unit/utc-date.js';
import type { Terminal } from '../../edge/process/terminal.js';
import { formatCount, formatCounted } from './figures.js';
import { printable } from './text-width.js';

export interface FilesOfRun {
  readonly runId: string;
  readonly outRoot: string;
  readonly records: readonly Pick<RunRecord, 'files'>[];
  /** Files of the run that exist by now, besides those that the records list. */
  readonly hasSummary: boolean;
  readonly manifestDates: readonly string[];
}

/** Files of symbol-days that a page lists, and manifests; `--json` has the names of all. */
export const FILES_LISTED_MAX = 8;
/** Files of a symbol-day, in the order of the page. */
const KINDS = [...ARTIFACT_KINDS, 'quality'] as const;

/** `summary …, manifest …, report …`; several of one kind as a pattern. */
export function namedFiles(run: FilesOfRun): string {
  const { summaries, manifests, days } = filesOf(run);
  const reports = days.flat().filter((name) => kindOfName(name) === 'quality');
  return [
    ...summaries.map((name) => `summary ${name}`),
    ...namesOf('manifest', manifests, '_manifest/{DATE}.json'),
    ...namesOf('report', reports, '{SYMBOL}/{DATE}_quality.json'),
  ].join(', ');
}

/**
 * Whole paths without anything before or behind them; too long for a line, they are not cut. The files of a
 * symbol-day stand together: of many, one says what the others have.
 */
export function printFiles(run: FilesOfRun, terminal: Terminal): void {
  const { days, manifests, summaries } = filesOf(run);
  let listed = days[0]?.length ?? 0;
  let whole = 1;
  for (const names of days.slice(1)) {
    if (listed + names.length > FILES_LISTED_MAX) break;
    listed += names.length;
    whole += 1;
  }
  printNames(days.flat(), { listed, ofDays: days.length - whole }, run.outRoot, terminal);
  printNames(manifests, { listed: FILES_LISTED_MAX, ofDays: 0 }, run.outRoot, terminal);
  printNames(summaries, { listed: FILES_LISTED_MAX, ofDays: 0 }, run.outRoot, terminal);
}

/** `ofDays`: symbol-days whose files are left out. */
function printNames(
  names: readonly string[],
  { listed, ofDays }: { readonly listed: number; readonly ofDays: number },
  outRoot: string,
  terminal: Terminal,
): void {
  for (const name of names.slice(0, listed)) {
    terminal.write(`${printable(`${outRoot}/${name}`)}\n`);
  }
  const omitted = names.length - listed;
  if (omitted <= 0) return;
  const of = ofDays > 0 ? `, of ${formatCounted(ofDays, 'symbol-day')}` : '';
  terminal.write(`… and ${formatCount(omitted)} more like these${of}\n`);
}

interface Files {
  /** Of each symbol-day that has some. */
  readonly days: readonly (readonly string[])[];
  readonly manifests: readonly string[];
  readonly summaries: readonly string[];
}

function filesOf({ runId, records, hasSummary, manifestDates }: FilesOfRun): Files {
  const days = records.map(({ files }) =>
    KINDS.flatMap((kind) => files.filter((name) => kindOfName(name) === kind)),
  );
  return {
    days: days.filter((names) => names.length > 0),
    manifests: manifestDates.flatMap((date) => parseUtcDate(date) ?? []).map(manifestName),
    summaries: hasSummary ? [summaryName(runId)] : [],
  };
}

function namesOf(noun: string, names: readonly string[], pattern: string): string[] {
  const [first] = names;
  if (first === undefined) return [];
  return [names.length === 1 ? `${noun} ${first}` : `${noun}s ${pattern}`];
}
