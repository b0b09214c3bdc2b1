/**
 * The page of `flowbars scoreboard`: a heading with the verdict and a line per horizon for each pattern, and below
 * them what each column means, for somebody who reads it for the first time.
 */
import type { PatternName } from '../../core/column/pattern-table.js';
import type { Scores } from '../../core/score/pattern-documents.js';
import type { Score } from '../../core/score/scoreboard-shape.js';
import { hasOutcome, noEventsReason, verdictWords } from '../../core/score/verdict-text.js';
import type { Terminal } from '../../edge/process/terminal.js';
import { formatCount, formatCounted, formatRounded } from '../screen/figures.js';
import { foldedByParts, pageColumns, printFacts, printFolded } from '../screen/page.js';
import { type TableColumn, tableLines } from '../screen/table.js';
import { cutToWidth, printable } from '../screen/text-width.js';
import { leftOutWords, printLeftOut } from './left-out-lines.js';
import type { Advice } from './publish-advice.js';
import { isAboveFee, legend } from './scoreboard-legend.js';

/** Symbols named in the first line. */
const SYMBOLS_NAMED = 4;
const MOVE_DECIMALS = 2;
const HANGING = '  ';

const COLUMNS: readonly TableColumn[] = [
  'after',
  'events',
  'ties',
  'hits',
  'interval',
  'control',
  'expected',
  'mean',
  'median',
].map((title) => ({ title, align: 'right' }));

/** `advice` is for symbol-days without patterns. */
export function printScores(scores: Scores, advice: Advice, terminal: Terminal): void {
  if (scores.symbol_days > 0) {
    printFolded(headline(scores), terminal);
    terminal.write('\n');
    printTable(scores, terminal);
    terminal.write('\n');
    printFacts(legend(scores), terminal);
    terminal.write('\n');
  }
  printLeftOut(scores, advice, terminal);
}

/** `6 symbol-days, 1 left out; 2 of 24 lines show evidence; aggregated, 2025-12-09 to 2025-12-11`. */
export function scoresSentence(scores: Scores): string {
  const days =
    scores.symbol_days === 0
      ? 'no symbol-day has a scoreboard'
      : formatCounted(scores.symbol_days, 'symbol-day');
  const evidence = scores.scores.filter(({ verdict }) => verdict === 'evidence');
  const evident = evidence.length;
  const earning = evidence.filter((score) => isAboveFee(score, scores.fee_bps)).length;
  const lines = formatCounted(scores.scores.length, 'line');
  const verdict =
    evident === 0
      ? `none of ${lines} shows evidence beyond its control`
      : `${formatCount(evident)} of ${lines} ${evident === 1 ? 'shows' : 'show'} evidence, ` +
        `${earning === 0 ? 'none' : formatCount(earning)} with a mean above the fee`;
  const said = scores.symbol_days === 0 ? '' : `; ${verdict}`;
  const place = `${printable(scores.out)}, ${scores.from} to ${scores.to}`;
  return `${days}${leftOutWords(scores)}${said}; ${place}`;
}

/** `BTCUSDT, ETHUSDT: what followed the patterns of 6 symbol-days, 2025-12-09 to 2025-12-11`. */
function headline({ symbols, dates, symbol_days: days }: Scores): string {
  const [from = '', to = ''] = [dates.at(0), dates.at(-1)];
  const names =
    symbols.length > SYMBOLS_NAMED
      ? formatCounted(symbols.length, 'symbol')
      : symbols.map(printable).join(', ');
  const range = from === to ? from : `${from} to ${to}`;
  return `${names}, ${range}, ${formatCounted(days, 'symbol-day')}: what followed each pattern`;
}

function printTable({ scores, fee_bps: fee }: Scores, terminal: Terminal): void {
  const width = pageColumns(terminal);
  const shown = scores.filter(hasOutcome);
  const [header = '', rule = '', ...lines] = tableLines(COLUMNS, shown.map(cellsOf));
  if (shown.length > 0) {
    terminal.write(`${terminal.paint('bold', cutToWidth(header, width))}\n`);
    terminal.write(`${cutToWidth(rule, width)}\n`);
  }
  for (const [pattern, ofPattern] of Map.groupBy(scores, (score) => score.pattern)) {
    printHeading(pattern, ofPattern, fee, terminal);
    for (const score of ofPattern.filter(hasOutcome)) {
      const line = cutToWidth(lines[shown.indexOf(score)] ?? '', width);
      const isEvident = score.verdict === 'evidence';
      terminal.write(`${isEvident ? terminal.paint('green', line) : line}\n`);
    }
  }
}

function printHeading(
  pattern: PatternName,
  scores: readonly Score[],
  fee: string,
  terminal: Terminal,
): void {
  const said = scores.some(hasOutcome)
    ? verdictText(scores, fee)
    : `no events: ${noEventsReason(pattern, scores)}`;
  const lines = foldedByParts(`${pattern}: ${said}`, pageColumns(terminal));
  const [first = '', ...more] = lines;
  const rest = first.slice(pattern.length);
  const style = scores.some(({ verdict }) => verdict === 'evidence') ? 'green' : 'dim';
  terminal.write(`${terminal.paint('bold', pattern)}${terminal.paint(style, rest)}\n`);
  for (const line of more) terminal.write(`${terminal.paint(style, line)}\n`);
}

/** `no evidence beyond its control`, or `evidence at 10 s: mean 0.25 bps, fee 10; no events at 60, 300 s`. */
function verdictText(scores: readonly Score[], fee: string): string {
  const byWords = [...Map.groupBy(scores, verdictWords)];
  return byWords
    .map(([words, some]) => {
      const isEvidence = words === 'evidence';
      if (byWords.length === 1 && !isEvidence) return words;
      const seconds = some.map(({ horizon_seconds: horizon }) => horizon).join(', ');
      const means = some.map(({ mean_move_bps: mean }) => moveText(mean)).join(', ');
      return `${words} at ${seconds} s${isEvidence ? `: mean ${means} bps, fee ${fee}` : ''}`;
    })
    .join('; ');
}

function cellsOf(score: Score): string[] {
  const { events, interval } = score;
  return [
    `${HANGING}${score.horizon_seconds} s`,
    formatCount(events.n),
    formatCount(events.ties),
    percentText(score.hit_rate),
    interval === null ? '–' : `${percent(interval.low)}–${percent(interval.high)}`,
    percentText(score.control_hit_rate),
    percentText(score.expected_hit_rate),
    moveText(score.mean_move_bps),
    moveText(score.median_move_bps),
  ];
}

function percentText(share: number | null): string {
  return share === null ? '–' : `${percent(share)} %`;
}

/** Of a share with four decimals; half up. */
function percent(share: number): string {
  return (Math.round(Math.round(share * 1e4) / 10) / 10).toFixed(1);
}

function moveText(bps: string | null): string {
  return bps === null ? '–' : formatRounded(bps, MOVE_DECIMALS);
}
