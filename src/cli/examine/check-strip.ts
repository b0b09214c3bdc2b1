/** Draws the minutes of a check on a terminal: a line an hour, a cell a minute, for the hours that there is something to see in. */
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
  const gap = columns >= LABEL_CELLS + 2 + 60 + 5 ? ' ' : '';
  const ruler = `${'minute'.padEnd(LABEL_CELLS)}  ${RULER.join(gap)}`;
  const omitted = telling.length - shown.length;
  return [
    paint('bold', cutToWidth(ruler.trimEnd(), columns)),
    ...shown.map((hour) => hourLine(hour, { columns, gap }, paint)),
    ...(omitted === 0 ? [] : [`… and ${formatCounted(omitted, 'more hour')}, --json shows all`]),
    ...foldedByParts(legend(shown), columns),
  ].map((line) => line.trimEnd());
}

function hourLine(
  { from, minutes }: MarkedHour,
  { columns, gap }: { readonly columns: number; readonly gap: string },
  paint: Terminal['paint'],
): string {
  const label = `${from.slice(0, 10)} ${from.slice(11, 13)}h`;
  const fitting = [...minutes].slice(0, Math.max(0, columns - LABEL_CELLS - 2));
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
  return `${cutToWidth(label, columns)}  ${drawn.join('')}`;
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
