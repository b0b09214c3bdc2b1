/** The files of a result: in one sentence for a log, or each on a line of its own, to be copied. */
import { ARTIFACT_KINDS } from '../../core/rule/products.js';
import type { RunRecord } from '../../core/stored/manifest.js';
import { kindOfName, manifestName, summaryName } from '../../core/stored/output-names.js';
import { parseUtcDate } from '../../core/unit/utc-date.js';
import type { Terminal } from '../../edge/process/terminal.js';
import { formatCount } from './figures.js';
import { printable } from './text-width.js';

export interface FilesOfRun {
  readonly runId: string;
  readonly outRoot: string;
  readonly records: readonly Pick<RunRecord, 'files'>[];
  /** Files of the run that exist by now, besides those that the records list. */
  readonly hasSummary: boolean;
  readonly manifestDates: readonly string[];
}

/** Files of one kind that a page lists; `--json` has the names of all. */
export const FILES_LISTED_MAX = 6;
/** Files of a symbol-day, in the order of the page. */
const KINDS = [...ARTIFACT_KINDS, 'quality'] as const;

/** `summary …, manifest …, report …`; several of one kind as a pattern. */
export function namedFiles(run: FilesOfRun): string {
  const { summaries, manifests, ofDays } = filesOf(run);
  const reports = ofDays.quality;
  return [
    ...summaries.map((name) => `summary ${name}`),
    ...namesOf('manifest', manifests, '_manifest/{DATE}.json'),
    ...namesOf('report', reports, '{SYMBOL}/{DATE}_quality.json'),
  ].join(', ');
}

/** Whole paths without anything before or behind them; too long for a line, they are not cut. */
export function printFiles(run: FilesOfRun, terminal: Terminal): void {
  const { ofDays, manifests, summaries } = filesOf(run);
  for (const names of [...KINDS.map((kind) => ofDays[kind]), manifests, summaries]) {
    for (const name of names.slice(0, FILES_LISTED_MAX)) {
      terminal.write(`${printable(`${run.outRoot}/${name}`)}\n`);
    }
    const omitted = names.length - FILES_LISTED_MAX;
    if (omitted > 0) terminal.write(`… and ${formatCount(omitted)} more like these\n`);
  }
}

interface Files {
  readonly ofDays: Readonly<Record<(typeof KINDS)[number], readonly string[]>>;
  readonly manifests: readonly string[];
  readonly summaries: readonly string[];
}

function filesOf({ runId, records, hasSummary, manifestDates }: FilesOfRun): Files {
  const stored = records.flatMap(({ files }) => files);
  const ofKind = (kind: (typeof KINDS)[number]): string[] =>
    stored.filter((name) => kindOfName(name) === kind);
  return {
    ofDays: {
      bars: ofKind('bars'),
      signals: ofKind('signals'),
      patterns: ofKind('patterns'),
      scoreboard: ofKind('scoreboard'),
      quality: ofKind('quality'),
    },
    manifests: manifestDates.flatMap((date) => parseUtcDate(date) ?? []).map(manifestName),
    summaries: hasSummary ? [summaryName(runId)] : [],
  };
}

function namesOf(noun: string, names: readonly string[], pattern: string): string[] {
  const [first] = names;
  if (first === undefined) return [];
  return [names.length === 1 ? `${noun} ${first}` : `${noun}s ${pattern}`];
}
