/** The pages of `flowbars repair`: what is stale and would be started, or what a repair changed. */
import type { LargestChange } from '../../core/repair/compare-bars.js';
import { fileWords } from '../../core/stored/artifacts.js';
import { counted } from '../../core/unit/words.js';
import type { Style, Terminal } from '../../edge/process/terminal.js';
import type { ResolutionComparison } from '../../jobs/repair/compare-published.js';
import type { DayState } from '../../jobs/look/day-state.js';
import type { NotedDay, StaleDay } from '../../jobs/look/find-stale.js';
import type { RepairedDay, RepairRun } from '../../jobs/repair/repair.js';
import { formatCount, formatCounted, formatShare } from '../screen/figures.js';
import { printFolded } from '../screen/page.js';
import { type RepairResult, symbolDaysOf, tradesAdded } from './repair-document.js';
import { TABLE_ROWS_MAX } from '../compute/result.js';
import { ruleWords } from '../option/rule-texts.js';
import { tableLines } from '../screen/table.js';
import { cutToWidth, padToWidth, printable } from '../screen/text-width.js';

/** A narrower table leaves out the times of the largest changes. */
const TIMES_COLUMNS_MIN = 100;
/** Symbols that the line of a run lists. */
const SYMBOLS_NAMED_MAX = 5;
const NONE = '–';
const FILE_CHANGES = [
  { changed: true, words: 'changed' },
  { changed: null, words: 'not compared' },
  { changed: false, words: 'as before' },
] as const;

const NARROW_COLUMNS = [
  { title: 'symbol', align: 'left' },
  { title: 'date', align: 'left' },
  { title: 'bars that differ', align: 'left' },
  { title: 'Δ close', align: 'left' },
  { title: 'Δ volume', align: 'left' },
  { title: 'trades', align: 'right' },
] as const;
const WIDE_COLUMNS = NARROW_COLUMNS.map(({ title, align }) => ({
  title: title.startsWith('Δ') ? `largest ${title}` : title,
  align,
}));

export function printRepair(result: RepairResult, terminal: Terminal): void {
  const { found, isDry, runs, days } = result;
  if (isDry) {
    for (const stale of found.stale.slice(0, TABLE_ROWS_MAX)) printStale(stale, terminal);
  } else if (days.length > 0) {
    printRepaired(days.slice(0, TABLE_ROWS_MAX), terminal);
  }
  sayOmitted(found.stale.length, terminal);
  for (const run of runs.filter(({ end }) => end?.end !== 'done').slice(0, TABLE_ROWS_MAX)) {
    printFolded(runSentence(run), terminal);
  }
  printNoted(found.unreadable, 'not compared', terminal);
  if (found.left.length > 0) {
    // A damaged day is the most important example.
    const first = found.left.find(({ isDamaged }) => isDamaged) ?? found.left[0];
    const count = counted(found.left.length, 'symbol-day');
    const example = `${first?.symbol ?? ''} ${first?.date ?? ''}: ${first?.detail ?? ''}`;
    printFolded(
      `left as published: ${count} (${example}); --removed computes from the remaining chunks`,
      terminal,
    );
  }
}

/** `2 of 60 symbol-days from … to … were stale; 2 repaired in 1 run`. */
export function repairSentence(result: RepairResult): string {
  const { found, runs, dates } = result;
  const count = `${formatCount(found.stale.length)} of ${formatCounted(found.looked, 'symbol-day')}`;
  const verb = result.isDry ? 'stale' : 'were stale';
  const parts = [`${count} from ${dates.at(0) ?? ''} to ${dates.at(-1) ?? ''} ${verb}`];
  if (found.stale.length > 0) {
    parts.push(result.isDry ? `${counted(runs.length, 'run')} to start` : outcomesSentence(result));
  }
  if (found.unreadable.length > 0) parts.push(`${found.unreadable.length} not compared`);
  return parts.join('; ');
}

function outcomesSentence({ days, runs }: RepairResult): string {
  const counts = (['repaired', 'failed', 'undone', 'not_started'] as const).flatMap((outcome) => {
    const count = days.filter((day) => day.outcome === outcome).length;
    return count === 0 ? [] : [`${formatCount(count)} ${outcome.replace('_', ' ')}`];
  });
  const started = runs.filter(({ end }) => end?.runId !== undefined);
  const only = started.length === 1 ? ` ${started[0]?.end?.runId ?? ''}` : '';
  return `${counts.join(', ')} in ${counted(started.length, 'run')}${only}`;
}

function printStale({ day, change }: StaleDay, terminal: Terminal): void {
  const head = `${day.symbol} ${day.date}`;
  printFolded(`${head}  ${change.cause}: ${change.detail}`, terminal);
}

function printRepaired(days: readonly RepairedDay[], terminal: Terminal): void {
  const hasTimes = terminal.columns() >= TIMES_COLUMNS_MIN;
  const groups = days.map((day) => ({ day, rows: rowsOf(day, hasTimes) }));
  const [header = '', rule = '', ...lines] = tableLines(
    hasTimes ? WIDE_COLUMNS : NARROW_COLUMNS,
    groups.flatMap(({ rows }) => rows),
  );
  const columns = terminal.columns();
  terminal.write(`${terminal.paint('bold', cutToWidth(header, columns))}\n`);
  terminal.write(`${cutToWidth(rule, columns)}\n`);
  let printed = 0;
  for (const { day, rows } of groups) {
    for (const line of lines.slice(printed, printed + rows.length)) {
      terminal.write(`${terminal.paint(styleOf(day), cutToWidth(line, columns))}\n`);
    }
    printed += rows.length;
    for (const text of [causeOf(day), statesOf(day), ...filesOf(day)]) {
      terminal.write(`${cutToWidth(printable(`  └ ${text}`), columns)}\n`);
    }
  }
}

/** One row per resolution; the first also shows the day's symbol, date and trades. */
function rowsOf(repaired: RepairedDay, hasTimes: boolean): string[][] {
  const { symbol, date } = repaired.stale.day;
  const added = tradesAdded(repaired);
  const trades = added === undefined ? NONE : signed(formatCount(added));
  const [first, ...others] = repaired.bars;
  return [
    [symbol, date, ...barCells(first, hasTimes), trades],
    ...others.map((bars) => ['', '', ...barCells(bars, hasTimes), '']),
  ];
}

function barCells(bars: ResolutionComparison | undefined, hasTimes: boolean): string[] {
  if (bars === undefined) return [NONE, NONE, NONE];
  const { resolution, different, bars: count, close, volume } = bars;
  const name = padToWidth(resolution, 3, 'left');
  const number = different === null ? NONE : formatCount(different);
  return [
    `${name} ${number} of ${formatCount(count)}`,
    changeText(close, hasTimes),
    changeText(volume, hasTimes),
  ];
}

/** `-12.4 at 00:05:03`. */
function changeText(change: LargestChange | null, hasTimes: boolean): string {
  if (change === null) return NONE;
  const clock = change.time.slice('2025-12-11T'.length, -1);
  return `${signed(change.difference)}${hasTimes ? ` at ${clock}` : ''}`;
}

function signed(text: string): string {
  return text === '0' || text.startsWith('-') ? text : `+${text}`;
}

function causeOf({ stale: { change } }: RepairedDay): string {
  return `${change.cause}: ${change.detail}`;
}

/** `partial 99.9306% → complete 100%`, or why it was not repaired and what is published. */
function statesOf({ outcome, problem, stale, after }: RepairedDay): string {
  if (outcome === 'repaired') return `${stateText(stale.before)} → ${stateText(after)}`;
  const why = problem === undefined ? '' : `: ${problem}`;
  return `${outcome.replace('_', ' ')}${why}; published: ${stateText(after)}`;
}

/** `changed: 1s signals, patterns; as before: scoreboard`; nothing without files beside the bars. */
function filesOf({ files }: RepairedDay): string[] {
  const parts = FILE_CHANGES.flatMap(({ changed, words }) => {
    const found = files.filter((file) => file.changed === changed);
    return found.length === 0 ? [] : [`${words}: ${found.map(fileWords).join(', ')}`];
  });
  return parts.length === 0 ? [] : [parts.join('; ')];
}

function stateText(state: DayState | undefined): string {
  return state === undefined ? 'nothing' : `${state.status} ${formatShare(state.coverage)}`;
}

function styleOf({ outcome }: RepairedDay): Style {
  if (outcome === 'repaired') return 'green';
  return outcome === 'failed' ? 'yellow' : 'red';
}

/** `to start: BTCUSDT,ETHUSDT, 2025-12-11 to 2025-12-12, 4 symbol-days, --streams trades`. */
function runSentence({ group, end }: RepairRun): string {
  const { symbols, dates, rules } = group;
  const names = symbols.slice(0, SYMBOLS_NAMED_MAX).join(',');
  const more = symbols.length > SYMBOLS_NAMED_MAX ? ` … (${formatCount(symbols.length)})` : '';
  const [from = '', to = ''] = [dates.at(0), dates.at(-1)];
  const days = from === to ? from : `${from} to ${to}`;
  const words = ruleWords(rules);
  const id = end?.runId === undefined ? '' : ` ${end.runId}`;
  const head = end === undefined ? 'to start' : `${end.end.replace('_', ' ')}: run${id}`;
  const said = end?.message === undefined ? '' : `: ${end.message}`;
  return (
    `${head}: ${names}${more}, ${days}, ` +
    `${counted(symbolDaysOf(group), 'symbol-day')}${words === '' ? '' : `, ${words}`}${said}`
  );
}

function printNoted(noted: readonly NotedDay[], what: string, terminal: Terminal): void {
  for (const { symbol, date, detail } of noted.slice(0, TABLE_ROWS_MAX)) {
    const day = symbol === undefined ? date : `${symbol} ${date}`;
    printFolded(`${what}: ${day}: ${detail}`, terminal);
  }
  sayOmitted(noted.length, terminal);
}

function sayOmitted(count: number, terminal: Terminal): void {
  const omitted = count - TABLE_ROWS_MAX;
  if (omitted > 0) terminal.write(`… and ${formatCount(omitted)} more, --json shows all\n`);
}
