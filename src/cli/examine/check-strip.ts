/** Draws the minutes of a check on a terminal: a line an hour, a cell a minute, and one line for hours in a row that are all equal. */
import { stretchesOf } from '../../core/unit/stretches.js';
import { isTelling, type Mark, type MarkedHour, MARKS } from '../../core/klines/minute-marks.js';
import type { Style, Terminal } from '../../edge/process/terminal.js';
import { formatCounted } from '../screen/figures.js';
import { foldedByParts } from '../screen/page.js';
import { cutToWidth } from '../screen/text-width.js';

/** Hours drawn; the rest is counted, and `--html` draws more. */
export const STRIP_HOURS_MAX = 24;

interface Cell {
  readonly text: string;
  readonly style: Style;
}

const CELLS: Readonly<Record<Mark, Cell>> = {
  '=': { text: '▇', style: 'green' },
  '~': { text: '~', style: 'green' },
  x: { text: 'x', style: 'red' },
  '-': { text: '·', style: 'dim' },
  k: { text: 'k', style: 'yellow' },
  b: { text: 'b', style: 'yellow' },
};
/** `2025-12-11 09h`. */
const LABEL_CELLS = 14;
const DATE_CELLS = 10;
const HOUR_MS = 3_600_000;
const TEN = 10;
const RULER = Array.from({ length: 6 }, (_, index) => String(index * TEN).padEnd(TEN));

/** Each line at most `columns` wide; none if no hour is worth a look. */
export function stripLines(
  hours: readonly MarkedHour[],
  columns: number,
  paint: Terminal['paint'],
): string[] {
  const telling = hours.filter(isTelling);
  if (telling.length === 0) return [];
  const shown = telling.slice(0, STRIP_HOURS_MAX);
  const omitted = telling.length - shown.length;
  const last = omitted === 0 ? undefined : shown.at(-1);
  const seen = hours.slice(0, last === undefined ? hours.length : hours.indexOf(last) + 1);
  const gap = columns >= LABEL_CELLS + 2 + 60 + 5 ? ' ' : '';
  const ruler = `${'minute'.padEnd(LABEL_CELLS)}  ${RULER.join(gap)}`;
  return [
    paint('bold', cutToWidth(ruler.trimEnd(), columns)),
    ...stretchesOf(seen, isOneLine).map((stretch) =>
      isTelling(stretch[0])
        ? hourLine(stretch[0], { columns, gap }, paint)
        : paint('dim', cutToWidth(sameText(stretch), columns)),
    ),
    ...(omitted === 0 ? [] : [`… and ${formatCounted(omitted, 'more hour')}, --json shows all`]),
    ...foldedByParts(legend(shown), columns),
  ].map((line) => line.trimEnd());
}

/** Hours in a row in each of which the same became of every minute. */
function isOneLine(before: MarkedHour, hour: MarkedHour): boolean {
  const isNext = Date.parse(hour.from) - Date.parse(before.from) === HOUR_MS;
  return isNext && !isTelling(before) && !isTelling(hour) && isEqual(before) === isEqual(hour);
}

/** `2025-12-11 01h to 05h: all equal`. */
function sameText(stretch: readonly [MarkedHour, ...MarkedHour[]]): string {
  const [first] = stretch;
  const last = stretch.at(-1) ?? first;
  const isOneDay = last.from.slice(0, DATE_CELLS) === first.from.slice(0, DATE_CELLS);
  const end = isOneDay ? labelOf(last).slice(DATE_CELLS + 1) : labelOf(last);
  const range = stretch.length === 1 ? labelOf(first) : `${labelOf(first)} to ${end}`;
  return `${range}: ${isEqual(first) ? 'all equal' : 'not covered'}`;
}

function isEqual({ minutes }: MarkedHour): boolean {
  return minutes.includes('=');
}

function labelOf({ from }: MarkedHour): string {
  return `${from.slice(0, DATE_CELLS)} ${from.slice(11, 13)}h`;
}

function hourLine(
  hour: MarkedHour,
  { columns, gap }: { readonly columns: number; readonly gap: string },
  paint: Terminal['paint'],
): string {
  const fitting = [...hour.minutes].slice(0, Math.max(0, columns - LABEL_CELLS - 2));
  const runs = stretchesOf(
    [...fitting.entries()],
    ([, one], [index, other]) => one === other && index % TEN !== 0,
  );
  const drawn = runs.map(([[index, mark], ...more]) => {
    const cell = cellOf(mark);
    const between = index > 0 && index % TEN === 0 ? gap : '';
    const text = (cell?.text ?? ' ').repeat(1 + more.length);
    return between + (cell === undefined ? text : paint(cell.style, text));
  });
  return `${cutToWidth(labelOf(hour), columns)}  ${drawn.join('')}`;
}

/** What the marks of these hours mean. */
function legend(hours: readonly MarkedHour[]): string {
  const seen = MARKS.filter(({ mark }) => hours.some(({ minutes }) => minutes.includes(mark)));
  return seen.map(({ mark, words }) => `${CELLS[mark].text} ${words}`).join(', ');
}

function cellOf(letter: string): Cell | undefined {
  const known = MARKS.find(({ mark }) => mark === letter);
  return known === undefined ? undefined : CELLS[known.mark];
}
