/**
 * Prints the result of a computing command: one JSON document on stdout, or a table of symbol-days
 * and a closing line for a person. In Cloud Run it is one JSON log line.
 */
import { manifestName, summaryName } from '../../core/stored/output-names.js';
import { firstFinding } from '../../core/run/manifest-update.js';
import type { RunRecord } from '../../core/stored/manifest.js';
import type { SymbolDay } from '../../core/rule/symbol-day.js';
import { parseUtcDate } from '../../core/unit/utc-date.js';
import { isCloudRunJob } from '../../edge/process/cloud-run.js';
import type { Style, Terminal } from '../../edge/process/terminal.js';
import type { World } from '../command/command.js';
import { EXIT_GOOD, EXIT_NOT_GOOD, exitCodeMeaning } from '../command/exit-code.js';
import { formatCount, formatShare } from '../screen/figures.js';
import { type AskedFormat, printOutput } from '../screen/output.js';
import { tableLines } from '../screen/table.js';
import { cutToWidth, printable } from '../screen/text-width.js';
import { cloudLog } from '../screen/watch.js';

export interface RunResult {
  readonly runId: string;
  readonly outRoot: string;
  readonly symbolDays: readonly SymbolDay[];
  readonly records: readonly RunRecord[];
  readonly exitCode: number;
  /** The document of `--format json` and of pipes. */
  readonly document: object;
  /** Files of the run that exist by now, besides those that the records list. */
  readonly hasSummary: boolean;
  readonly manifestDates: readonly string[];
}

/** Days whose final step is done. */
export function finalizedDates(records: readonly RunRecord[]): string[] {
  return [...new Set(records.flatMap(({ finalized, date }) => (finalized ? [date] : [])))];
}

/** Rows of the table; the JSON document has all of them. */
export const TABLE_ROWS_MAX = 200;
const PIPE_COLUMNS = 200;
const REPORT_END = '_quality.json';

const COLUMNS = [
  { title: 'symbol', align: 'left' },
  { title: 'date', align: 'left' },
  { title: 'status', align: 'left' },
  { title: 'coverage', align: 'right' },
  { title: 'trades', align: 'right' },
  { title: 'snapshots', align: 'right' },
  { title: 'seconds', align: 'right' },
  { title: 'files', align: 'left' },
] as const;

export function printResult(result: RunResult, asked: AskedFormat, world: World): void {
  if (isCloudRunJob(world.environment)) {
    logResult(result, world);
    return;
  }
  printOutput(
    {
      document: result.document,
      rows: result.records,
      page: (terminal) => printTable(result, terminal),
      closing: ({ write, paint }) => write(`${closingLine(result, paint)}\n`),
    },
    asked,
    world,
  );
}

/** The log already has each record as an event. */
function logResult(result: RunResult, world: World): void {
  const { runId: run_id, exitCode: exit_code, symbolDays } = result;
  const closing_line = closingLine(result, (_style, text) => text);
  const fields = { closing_line, run_id, exit_code, symbol_days: symbolDays.length };
  cloudLog(world, 0).event(exit_code === EXIT_GOOD ? 'INFO' : 'ERROR', 'result', fields);
}

/** `good (exit code 0): 2 published, 1 unchanged; below out: summary …, manifest …, reports …`. */
export function closingLine(result: RunResult, paint: Terminal['paint']): string {
  const { exitCode, outRoot } = result;
  const isGood = exitCode === EXIT_GOOD;
  const code = `exit code ${exitCode}${isGood ? '' : `, ${exitCodeMeaning(exitCode)}`}`;
  const style: Style = isGood ? 'green' : exitCode === EXIT_NOT_GOOD ? 'yellow' : 'red';
  const word = paint(style, isGood ? 'good' : 'not good');
  const names = places(result).join(', ');
  const below = names === '' ? '' : `; below ${outRoot}: ${names}`;
  const counts = outcomeCounts(result);
  return `${word} (${code})${counts === '' ? '' : `: ${counts}`}${below}`;
}

function outcomeCounts({ records, symbolDays }: RunResult): string {
  const outcomes = ['published', 'unchanged', 'failed', 'error'] as const;
  const counts = outcomes.flatMap((outcome) => {
    const count = records.filter((record) => record.outcome === outcome).length;
    const note = outcome === 'unchanged' ? ' (skipped)' : '';
    return count === 0 ? [] : [`${formatCount(count)} ${outcome}${note}`];
  });
  const missing = symbolDays.length - records.length;
  if (missing > 0) counts.push(`${formatCount(missing)} without a record`);
  return counts.join(', ');
}

/** Files to look at; several of one kind are written as a pattern. */
function places({ runId, records, hasSummary, manifestDates }: RunResult): string[] {
  const reports = records.flatMap(({ files }) => files.filter((name) => name.endsWith(REPORT_END)));
  const manifests = manifestDates.flatMap((date) => parseUtcDate(date) ?? []).map(manifestName);
  return [
    ...(hasSummary ? [`summary ${summaryName(runId)}`] : []),
    ...namesOf('manifest', manifests, '_manifest/{DATE}.json'),
    ...namesOf('report', reports, `{SYMBOL}/{DATE}${REPORT_END}`),
  ];
}

function namesOf(noun: string, names: readonly string[], pattern: string): string[] {
  const [first] = names;
  if (first === undefined) return [];
  return [names.length === 1 ? `${noun} ${first}` : `${noun}s ${pattern}`];
}

function printTable({ records }: RunResult, terminal: Terminal): void {
  if (records.length === 0) return;
  const columns = terminal.isTty ? terminal.columns() : PIPE_COLUMNS;
  const shown = records.slice(0, TABLE_ROWS_MAX);
  const [header = '', rule = '', ...rows] = tableLines(COLUMNS, shown.map(cellsOf));
  terminal.write(`${terminal.paint('bold', cutToWidth(header, columns))}\n`);
  terminal.write(`${cutToWidth(rule, columns)}\n`);
  for (const [index, record] of shown.entries()) {
    const row = cutToWidth(rows[index] ?? '', columns);
    terminal.write(`${terminal.paint(styleOf(record), row)}\n`);
    const finding = findingLine(record);
    if (finding !== undefined) terminal.write(`${cutToWidth(finding, columns)}\n`);
  }
  const omitted = records.length - shown.length;
  if (omitted > 0) terminal.write(`… and ${formatCount(omitted)} more, --json shows all\n`);
}

function cellsOf(record: RunRecord): string[] {
  return [
    record.symbol,
    record.date,
    statusOf(record),
    formatShare(record.coverage),
    formatCount(record.trades),
    formatCount(record.snapshots),
    record.seconds.toFixed(1),
    filesOf(record),
  ];
}

/** The published status; for other outcomes than `published`, also the outcome. */
function statusOf({ outcome, status }: RunRecord): string {
  if (outcome === 'published') return status ?? 'published';
  return outcome === 'unchanged' ? `${status ?? '–'} (unchanged)` : outcome;
}

/** `1m 1s quality`: the file names without what the row already shows. */
function filesOf({ files, symbol, date }: RunRecord): string {
  const short = files.map((name) =>
    name.replace(`${symbol}/${date}_`, '').replace(/\.(?:csv|json)$/, ''),
  );
  return short.length === 0 ? '–' : short.join(' ');
}

function styleOf({ outcome, status }: RunRecord): Style {
  if (outcome === 'failed' || outcome === 'error') return 'red';
  if (status === 'complete') return outcome === 'unchanged' ? 'dim' : 'green';
  return 'yellow';
}

/** The most important finding of a symbol-day that is not complete. */
function findingLine({ outcome, status, findings }: RunRecord): string | undefined {
  if (status === 'complete' && (outcome === 'published' || outcome === 'unchanged')) {
    return undefined;
  }
  const notable = findings.filter(({ severity }) => severity !== 'info');
  const first = firstFinding(notable.length > 0 ? notable : findings);
  return first === null
    ? undefined
    : printable(`  └ ${first.code}: ${first.detail} (${first.where})`);
}
