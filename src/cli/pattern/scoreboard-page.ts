/**
 * The page of `flowbars scoreboard`: a heading with the verdict and a line per horizon for each pattern, and below
 * them what each column means, for somebody who reads it for the first time.
 */
import type { Scores } from '../../core/score/pattern-documents.js';
import type { Score } from '../../core/score/scoreboard-shape.js';
import { parseDecimal } from '../../core/unit/decimal.js';
import type { Terminal } from '../../edge/process/terminal.js';
import { formatCount, formatCounted, formatRounded } from '../screen/figures.js';
import { type Fact, foldedByParts, pageColumns, printFacts, printFolded } from '../screen/page.js';
import { type TableColumn, tableLines } from '../screen/table.js';
import { cutToWidth, printable } from '../screen/text-width.js';
import { leftOutWords, printLeftOut } from './left-out-lines.js';

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

export function printScores(scores: Scores, terminal: Terminal): void {
  if (scores.symbol_days > 0) {
    printFolded(headline(scores), terminal);
    terminal.write('\n');
    printTable(scores.scores, terminal);
    terminal.write('\n');
    if (scores.scores.some(hasOutcome)) {
      printFacts(legend(scores), terminal);
      terminal.write('\n');
    }
  }
  printLeftOut(scores, terminal);
}

/** `6 symbol-days, 1 left out; 2 of 24 lines show evidence; aggregated, 2025-12-09 to 2025-12-11`. */
export function scoresSentence(scores: Scores): string {
  const days =
    scores.symbol_days === 0
      ? 'no symbol-day has a scoreboard'
      : formatCounted(scores.symbol_days, 'symbol-day');
  const evident = scores.scores.filter(({ verdict }) => verdict === 'evidence').length;
  const lines = formatCounted(scores.scores.length, 'line');
  const verdict =
    evident === 0
      ? `none of ${lines} shows evidence beyond its control`
      : `${formatCount(evident)} of ${lines} ${evident === 1 ? 'shows' : 'show'} evidence`;
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

function printTable(scores: readonly Score[], terminal: Terminal): void {
  const width = pageColumns(terminal);
  const shown = scores.filter(hasOutcome);
  const [header = '', rule = '', ...lines] = tableLines(COLUMNS, shown.map(cellsOf));
  if (shown.length > 0) {
    terminal.write(`${terminal.paint('bold', cutToWidth(header, width))}\n`);
    terminal.write(`${cutToWidth(rule, width)}\n`);
  }
  for (const [pattern, ofPattern] of Map.groupBy(scores, (score) => score.pattern)) {
    printHeading(pattern, ofPattern, terminal);
    for (const score of ofPattern.filter(hasOutcome)) {
      const line = cutToWidth(lines[shown.indexOf(score)] ?? '', width);
      const isEvident = score.verdict === 'evidence';
      terminal.write(`${isEvident ? terminal.paint('green', line) : line}\n`);
    }
  }
}

function hasOutcome({ events }: Score): boolean {
  return events.n + events.ties > 0;
}

function printHeading(pattern: string, scores: readonly Score[], terminal: Terminal): void {
  const text = `${pattern}: ${verdictText(scores)}`;
  const lines = foldedByParts(text, pageColumns(terminal));
  const [first = '', ...more] = lines;
  const rest = first.slice(pattern.length);
  const style = scores.some(({ verdict }) => verdict === 'evidence') ? 'green' : 'dim';
  terminal.write(`${terminal.paint('bold', pattern)}${terminal.paint(style, rest)}\n`);
  for (const line of more) terminal.write(`${terminal.paint(style, line)}\n`);
}

/** `no evidence beyond its control`, or `evidence at 10 s; no evidence beyond its control at 60, 300 s`. */
function verdictText(scores: readonly Score[]): string {
  const byVerdict = [...Map.groupBy(scores, ({ verdict }) => verdict)];
  if (byVerdict.length === 1) return byVerdict.map(([verdict]) => verdict).join('');
  return byVerdict
    .map(([verdict, some]) => {
      const seconds = some.map(({ horizon_seconds: horizon }) => horizon).join(', ');
      return `${verdict} at ${seconds} s`;
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

function legend({ scores, resampled, fee_bps: fee }: Scores): Fact[] {
  const blocks = resampled === 'days' ? 'whole days' : 'half hours';
  const evident = scores.filter(({ verdict }) => verdict === 'evidence');
  const doubtful = evident.filter(
    ({ interval, expected_hit_rate: expected }) => (interval?.low ?? 0) <= (expected ?? 0),
  );
  return [
    {
      label: 'events, ties',
      value: 'those after which the price had moved, and those after which it had not',
    },
    { label: 'hits', value: 'share of events after which it had moved where the pattern points' },
    {
      label: 'interval',
      value: `where hits may lie by luck, in percent (95 % of draws of ${blocks}); – if fewer than six of them hold events`,
    },
    { label: 'control', value: 'hits of the same rule without its order-flow half' },
    {
      label: 'expected',
      value: 'hits of random moments that point up and down as often as the events',
    },
    {
      label: 'mean, median',
      value: `move where the pattern points, in basis points before the fee of ${fee} (both ways); ${aboveFee(scores, fee)}`,
    },
    {
      label: 'evidence',
      value:
        'the whole interval lies above control (above expected where there is no control). Otherwise the order flow in the pattern adds nothing that can be seen',
    },
    ...(evident.length === 0
      ? []
      : [
          { label: 'luck', value: 'of lines that mean nothing, at least one in 40 shows evidence' },
        ]),
    ...(doubtful.length === 0
      ? []
      : [{ label: 'doubt', value: `above control, and not above expected: ${namesOf(doubtful)}` }]),
  ];
}

function aboveFee(scores: readonly Score[], fee: string): string {
  const larger = scores.filter(({ mean_move_bps: mean }) => mean !== null && isAbove(mean, fee));
  return larger.length === 0 ? 'no mean is larger' : `larger: ${namesOf(larger)}`;
}

/** `absorption at 10 s, whale at 300 s`. */
function namesOf(scores: readonly Score[]): string {
  return scores
    .map(({ pattern, horizon_seconds: seconds }) => `${pattern} at ${seconds} s`)
    .join(', ');
}

function isAbove(one: string, other: string): boolean {
  const [a, b] = [parseDecimal(one), parseDecimal(other)];
  if (a === undefined || b === undefined) return false;
  return a.mantissa * 10n ** BigInt(b.decimals) > b.mantissa * 10n ** BigInt(a.decimals);
}
