/**
 * Prints the result of a computing command: one JSON document on stdout, or a table of symbol-days,
 * the files and a closing line for a person. In Cloud Run it is one JSON log line.
 */
import { findingText } from '../../core/finding/finding-list.js';
import { firstFinding } from '../../core/run/manifest-update.js';
import type { RunRecord } from '../../core/stored/manifest.js';
import type { SymbolDay } from '../../core/rule/symbol-day.js';
import { isCloudRunJob } from '../../edge/process/cloud-run.js';
import type { Style, Terminal } from '../../edge/process/terminal.js';
import type { World } from '../command/command.js';
import { EXIT_GOOD } from '../command/exit-code.js';
import { type FilesOfRun, namedFiles, printFiles } from '../screen/file-list.js';
import { formatCount, formatDuration, formatShare } from '../screen/figures.js';
import { type AskedFormat, printOutput } from '../screen/output.js';
import { printHanging } from '../screen/page.js';
import { type TableColumn, tableLines } from '../screen/table.js';
import { textWidth } from '../screen/text-width.js';
import { closingLine, printClosing } from '../screen/verdict.js';
import { cloudLog } from '../screen/watch.js';

export interface RunResult extends FilesOfRun {
  readonly symbolDays: readonly SymbolDay[];
  readonly records: readonly RunRecord[];
  readonly exitCode: number;
  /** In place of `good`, for a command that cannot tell. */
  readonly goodWord?: string;
  /** The document of `--format json` and of pipes. */
  readonly document: object;
}

/** Days whose final step is done. */
export function finalizedDates(records: readonly RunRecord[]): string[] {
  return [...new Set(records.flatMap(({ finalized, date }) => (finalized ? [date] : [])))];
}

/** Rows of the table; the JSON document has all of them. */
export const TABLE_ROWS_MAX = 200;

const COLUMNS: readonly TableColumn[] = [
  { title: 'symbol', align: 'left' },
  { title: 'date', align: 'left' },
  { title: 'status', align: 'left' },
  { title: 'coverage', align: 'right' },
  { title: 'trades', align: 'right' },
  { title: 'snapshots', align: 'right' },
  { title: 'took', align: 'right' },
];
/** The last columns give way first where a row is wider than the terminal. */
const COLUMNS_MIN = 3;
/** Findings shown below the first one. */
const FURTHER_MAX = 4;
const FINDING_MARK = '  └ ';
const HINT_MARK = '    try: ';

export function printResult(result: RunResult, asked: AskedFormat, world: World): void {
  if (isCloudRunJob(world.environment)) {
    logResult(result, world);
    return;
  }
  const { document, records: rows, exitCode, goodWord } = result;
  const page = (terminal: Terminal): void => {
    printTable(result, terminal);
    printFiles(result, terminal);
  };
  // Without the page above it, the closing line names the files.
  const closing = (terminal: Terminal): void => {
    const sentence = terminal.isTty ? outcomeCounts(result) : wholeSentence(result);
    printClosing(exitCode, sentence, terminal, goodWord);
  };
  printOutput({ document, rows, page, closing }, asked, world);
}

/** The log already has each record as an event. */
function logResult(result: RunResult, world: World): void {
  const { runId: run_id, exitCode: exit_code, symbolDays } = result;
  const closing_line = closingLine(exit_code, wholeSentence(result), result.goodWord);
  const fields = { closing_line, run_id, exit_code, symbol_days: symbolDays.length };
  cloudLog(world, 0).event(exit_code === EXIT_GOOD ? 'INFO' : 'ERROR', 'result', fields);
}

/** `2 published, 1 unchanged (skipped); below out: summary …, manifest …, report …`. */
function wholeSentence(result: RunResult): string {
  const names = namedFiles(result);
  const below = names === '' ? [] : [`below ${result.outRoot}: ${names}`];
  return [outcomeCounts(result), ...below].filter((part) => part !== '').join('; ');
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

function printTable({ records }: RunResult, terminal: Terminal): void {
  if (records.length === 0) return;
  const shown = records.slice(0, TABLE_ROWS_MAX);
  const [header = '', rule = '', ...rows] = fittingLines(shown.map(cellsOf), terminal.columns());
  terminal.write(`${terminal.paint('bold', header)}\n${rule}\n`);
  for (const [index, record] of shown.entries()) {
    terminal.write(`${terminal.paint(styleOf(record), rows[index] ?? '')}\n`);
    const findings = findingsOf(record);
    for (const finding of findings) printHanging(FINDING_MARK, finding, terminal);
    if (findings.length === 0) continue;
    for (const hint of record.hints ?? []) printHanging(HINT_MARK, hint, terminal);
  }
  const omitted = records.length - shown.length;
  if (omitted > 0) terminal.write(`… and ${formatCount(omitted)} more, --json shows all\n`);
}

/** As many columns as fit. */
function fittingLines(rows: readonly (readonly string[])[], columns: number): string[] {
  for (let count = COLUMNS.length; ; count -= 1) {
    const lines = tableLines(COLUMNS.slice(0, count), rows);
    const isFit = lines.every((line) => textWidth(line) <= columns);
    if (isFit || count === COLUMNS_MIN) return lines;
  }
}

function cellsOf(record: RunRecord): string[] {
  return [
    record.symbol,
    record.date,
    statusOf(record),
    formatShare(record.outcome === 'failed' ? null : record.coverage),
    formatCount(record.trades),
    formatCount(record.snapshots),
    formatDuration(record.seconds * 1_000),
  ];
}

/** The published status; for other outcomes than `published`, also the outcome. */
function statusOf({ outcome, status }: RunRecord): string {
  if (outcome === 'published') return status ?? 'published';
  return outcome === 'unchanged' ? `${status ?? '–'} (unchanged)` : outcome;
}

function styleOf({ outcome, status }: RunRecord): Style {
  if (outcome === 'failed' || outcome === 'error') return 'red';
  if (status === 'complete') return outcome === 'unchanged' ? 'dim' : 'green';
  return 'yellow';
}

/** The most important finding of a symbol-day that is not complete, and that a published day got worse. */
function findingsOf({ outcome, status, findings }: RunRecord): string[] {
  const isComplete = status === 'complete' && (outcome === 'published' || outcome === 'unchanged');
  const first = isComplete ? null : firstFinding(findings);
  // A complete day has warnings alone, which nobody would look for; of another day every error is said.
  const told = isComplete ? 'warning' : 'error';
  const further = findings.filter(
    (found) => found !== first && (found.code === 'day_worse' || found.severity === told),
  );
  return [...(first === null ? [] : [first]), ...further.slice(0, FURTHER_MAX)].map(findingText);
}
