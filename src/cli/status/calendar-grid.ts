/**
 * Draws the calendar: a row per symbol, a cell per day, in blocks of days that fit the width. Good
 * days are block characters; days that are not good are letters.
 */
import type {
  Calendar,
  CalendarDay,
  CalendarState,
  CalendarSymbol,
} from '../../core/calendar/calendar-shape.js';
import type { UtcDate } from '../../core/unit/utc-date.js';
import type { Style, Terminal } from '../../edge/process/terminal.js';
import { formatCount } from '../screen/figures.js';
import { cutToWidth, padToWidth, printable, textWidth } from '../screen/text-width.js';

export interface Glyph {
  readonly state: CalendarState;
  readonly good: boolean;
  /** One terminal cell, different for each glyph. */
  readonly text: string;
  readonly style: Style;
}

/** In the order of the legend. */
export const GLYPHS: readonly Glyph[] = [
  { state: 'complete', good: true, text: '▇', style: 'green' },
  { state: 'partial', good: true, text: '▄', style: 'green' },
  { state: 'empty', good: true, text: '▁', style: 'dim' },
  { state: 'none', good: true, text: '·', style: 'dim' },
  { state: 'partial', good: false, text: 'P', style: 'yellow' },
  { state: 'empty', good: false, text: 'E', style: 'yellow' },
  { state: 'missing', good: false, text: 'M', style: 'yellow' },
  { state: 'stale', good: false, text: 'S', style: 'cyan' },
  { state: 'failed', good: false, text: 'F', style: 'red' },
  { state: 'unreadable', good: false, text: 'U', style: 'red' },
];

/** Rows under one header, so that a header is always in sight. */
const ROWS_OF_HEADER = 40;
const GAP = '  ';
/** Between two months. */
const MONTH_GAP = ' ';
/** Share of the width that names of symbols may take. */
const SYMBOL_SHARE_MAX = 1 / 3;
const COVERED = { title: ['', 'covered'], cells: 7 } as const;
const NOT_GOOD = { title: ['not', 'good'], cells: 4 } as const;
/** With fewer cells than this beside the totals, the totals are left out. */
const CELLS_MIN = 10;
const TOTALS_CELLS = GAP.length + COVERED.cells + GAP.length + NOT_GOOD.cells;

interface BlockShape {
  readonly nameCells: number;
  /** The last block ends with coverage and the count of days that are not good, over all blocks. */
  readonly hasTotals: boolean;
}

export function glyphOf({ state, good }: Pick<CalendarDay, 'state' | 'good'>): Glyph {
  const glyph = GLYPHS.find((known) => known.state === state && known.good === good);
  if (glyph === undefined) throw new Error(`invariant broken: no glyph of ${state}`);
  return glyph;
}

/** Each line at most `columns` wide; none for a calendar without symbols. */
export function gridLines(
  { symbols }: Calendar,
  columns: number,
  paint: Terminal['paint'],
): string[] {
  const dates = symbols[0]?.days.map(({ date }) => date) ?? [];
  const widest = Math.max(...symbols.map(({ symbol }) => textWidth(printable(symbol))), 6);
  const nameCells = Math.min(widest, Math.max(1, Math.floor(columns * SYMBOL_SHARE_MAX)));
  const room = columns - nameCells - GAP.length;
  const hasTotals = room >= TOTALS_CELLS + CELLS_MIN;
  const blocks = blocksOf(dates, Math.max(1, hasTotals ? room - TOTALS_CELLS : room));
  return blocks.flatMap((indexes, block) => {
    const shape = { nameCells, hasTotals: hasTotals && block === blocks.length - 1 };
    const header = headerLines(
      indexes.flatMap((index) => dates[index] ?? []),
      shape,
    ).map((line) => paint('bold', cutToWidth(line, columns)));
    const rows = symbols.map((row) => rowLine(row, indexes, shape, paint));
    const lines = rows.flatMap((line, index) =>
      index % ROWS_OF_HEADER === 0 ? [...header, line] : [line],
    );
    return block === 0 ? lines : ['', ...lines];
  });
}

/** Indexes of days in as few blocks as fit, all of similar width. */
function blocksOf(dates: readonly UtcDate[], capacity: number): number[][] {
  for (let count = 1; ; count += 1) {
    const size = Math.ceil(dates.length / count);
    const blocks = Array.from({ length: Math.ceil(dates.length / size) }, (_, block) =>
      [...dates.keys()].slice(block * size, (block + 1) * size),
    );
    const widths = blocks.map((indexes) =>
      textWidth(joined(indexes.map((index) => ({ date: dates[index], text: '1' })))),
    );
    if (size <= 1 || widths.every((width) => width <= capacity)) return blocks;
  }
}

/** Cells of days, with a gap between two months. */
function joined(
  cells: readonly { readonly date: string | undefined; readonly text: string }[],
): string {
  return cells
    .map(({ date, text }, index) => {
      const isMonthStart = index > 0 && date?.endsWith('-01') === true;
      return isMonthStart ? MONTH_GAP + text : text;
    })
    .join('');
}

/** Three lines: the months, the tens and the ones of the days. */
function headerLines(dates: readonly UtcDate[], { nameCells, hasTotals }: BlockShape): string[] {
  const tens = dates.map((date, index) => {
    const isShown = index === 0 || date.endsWith('0') || date.endsWith('-01');
    const ten = date.at(-2) ?? '';
    return { date, text: isShown && ten !== '0' ? ten : ' ' };
  });
  const ones = dates.map((date) => ({ date, text: date.at(-1) ?? '' }));
  const months = `${' '.repeat(nameCells)}${GAP}${monthLine(dates)}`;
  const days = [joined(tens), joined(ones)].map((line, index) => {
    const name = padToWidth(index === 0 ? '' : cutToWidth('symbol', nameCells), nameCells, 'left');
    const totals = [COVERED, NOT_GOOD].map(({ title, cells }) =>
      padToWidth(title[index] ?? '', cells, 'right'),
    );
    return [name, line, ...(hasTotals ? totals : [])].join(GAP);
  });
  return [months, ...days].map((line) => line.trimEnd());
}

/** The name of each month above its first day, if there is room before the next. */
function monthLine(dates: readonly UtcDate[]): string {
  const days = new Map<string, number>();
  for (const date of dates) days.set(date.slice(0, 7), (days.get(date.slice(0, 7)) ?? 0) + 1);
  const last = [...days.keys()].at(-1);
  return [...days]
    .map(([month, count]) => {
      const isWhole = month === last || count >= month.length;
      const name = isWhole ? month : count >= 2 ? month.slice(-2) : '';
      return padToWidth(name, count, 'left');
    })
    .join(MONTH_GAP);
}

function rowLine(
  { symbol, coverage, days }: CalendarSymbol,
  indexes: readonly number[],
  { nameCells, hasTotals }: BlockShape,
  paint: Terminal['paint'],
): string {
  const name = padToWidth(cutToWidth(printable(symbol), nameCells), nameCells, 'left');
  const shown = indexes.flatMap((index) => days[index] ?? []);
  const head = `${name}${GAP}${paintedCells(shown, paint)}`;
  if (!hasTotals) return head;
  const notGood = days.filter(({ good }) => !good).length;
  const totals = [
    padToWidth(shareText(coverage), COVERED.cells, 'right'),
    padToWidth(notGood === 0 ? '' : formatCount(notGood), NOT_GOOD.cells, 'right'),
  ];
  return [head, ...totals].join(GAP).trimEnd();
}

/** `99.98%`, always with two decimals; cut, never rounded up. */
function shareText(share: number | null): string {
  return share === null ? '–' : `${(Math.floor(share * 1e4 + 1e-8) / 1e2).toFixed(2)}%`;
}

/** Paints adjacent cells of one style together. */
function paintedCells(days: readonly CalendarDay[], paint: Terminal['paint']): string {
  const runs: { style: Style; text: string }[] = [];
  for (const [index, day] of days.entries()) {
    const { style, text } = glyphOf(day);
    const cell = index > 0 && day.date.endsWith('-01') ? MONTH_GAP + text : text;
    const run = runs.at(-1);
    if (run?.style === style) run.text += cell;
    else runs.push({ style, text: cell });
  }
  return runs.map(({ style, text }) => paint(style, text)).join('');
}
