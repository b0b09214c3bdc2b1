/**
 * Prints the result of `flowbars status`: the calendar with its legend, what is not good and why, and
 * the commands that mend it; or one JSON document.
 */
import type { Calendar, CalendarState } from '../../core/calendar/calendar-shape.js';
import { CALENDAR_STATES } from '../../core/calendar/calendar-state.js';
import { type NextStep, nextSteps } from '../../core/calendar/next-steps.js';
import { notGoodStretches, type Stretch } from '../../core/calendar/stretches.js';
import { unreachable } from '../../core/unit/errors.js';
import { counted } from '../../core/unit/words.js';
import type { Terminal } from '../../edge/process/terminal.js';
import { type Glyph, GLYPHS, glyphOf, gridLines } from './calendar-grid.js';
import type { World } from '../command/command.js';
import { formatCount, formatCounted, formatShare } from '../screen/figures.js';
import { type AskedFormat, printOutput } from '../screen/output.js';
import { folded } from '../screen/page.js';
import { cutToWidth, padToWidth, printable, textWidth } from '../screen/text-width.js';
import { printClosing } from '../screen/verdict.js';

/** Stretches of days that are not good shown on the page; `--json` has every symbol-day. */
export const STATUS_STRETCHES_MAX = 20;

const GAP = '  ';
/** Between two entries of the legend. */
const LEGEND_GAP = '   ';
/** With fewer cells than this beside the head, a longer reason begins on its own line. */
const REASON_CELLS_MIN = 51;
const CONTINUED = ' \\';

export function printCalendar(
  calendar: Calendar,
  exitCode: number,
  asked: AskedFormat,
  world: Pick<World, 'stdout' | 'stderr'>,
): void {
  const rows = calendar.symbols.flatMap(({ symbol, days }) =>
    days.map((day) => ({ symbol, ...day })),
  );
  const page = (screen: Terminal): void => {
    const lines = calendarLines(calendar, screen.columns(), screen.paint);
    screen.write(`${lines.join('\n')}\n`);
  };
  const closing = (screen: Terminal): void =>
    printClosing(exitCode, countsSentence(calendar), screen);
  printOutput({ document: calendar, rows, page, closing }, asked, world);
}

/** The page without its closing line; each line at most `columns` wide. */
export function calendarLines(
  calendar: Calendar,
  columns: number,
  paint: Terminal['paint'],
): string[] {
  const parts = [
    gridLines(calendar, columns, paint),
    legendLines(calendar, columns, paint),
    stretchLines(calendar, columns, paint),
    goneLines(calendar, columns),
    stepLines(calendar, columns, paint),
  ].filter((lines) => lines.length > 0);
  return parts.flatMap((lines) => [...lines, '']);
}

/** Symbol-days named, those with the most missing objects first. */
const GONE_SHOWN_MAX = 3;

/** Days whose chunks are gone: their files are still good, but a run would publish less. */
function goneLines({ symbols }: Calendar, columns: number): string[] {
  const gone = symbols.flatMap(({ symbol, days }) =>
    days.flatMap(({ date, gone_objects: objects }) =>
      objects === undefined ? [] : [{ day: `${printable(symbol)} ${date}`, objects }],
    ),
  );
  if (gone.length === 0) return [];
  const most = gone.toSorted((a, b) => b.objects - a.objects).slice(0, GONE_SHOWN_MAX);
  const names = most.map(({ day, objects }) => `${day}: ${formatCount(objects)}`).join(', ');
  const example = gone.length > most.length ? `${names} …` : names;
  const days = counted(gone.length, 'symbol-day');
  return folded(
    `${days} published from raw objects that are gone (${example}): a new run would publish less, or fail`,
    columns,
  );
}

/** `358 of 360 symbol-days good, 2 missing; out gs://b/aggregated, 2025-11-11 to 2025-12-10`. */
export function countsSentence(calendar: Calendar): string {
  const { symbol_days: symbolDays, not_good: notGood, out, from, to, live } = calendar;
  // If symbols are known, their symbol-days are counted as unreadable instead.
  const unreadable = symbolDays > 0 ? 0 : calendar.unreadable_manifests.length;
  const good = `${formatCount(symbolDays - notGood)} of ${formatCounted(symbolDays, 'symbol-day')} good`;
  const counts = [
    symbolDays === 0 ? 'no symbol known' : good,
    ...GLYPHS.filter((glyph) => !glyph.good).flatMap((glyph) => {
      const count = countOf(calendar, glyph);
      return count === 0 ? [] : [`${formatCount(count)} ${glyph.state}`];
    }),
    ...(unreadable === 0 ? [] : [counted(unreadable, 'unreadable manifest')]),
  ];
  const compared = live ? ', compared with the raw root' : '';
  return `${counts.join(', ')}; ${printable(out)}, ${from} to ${to}${compared}`;
}

/** Glyph, count and label of each state that occurs. */
function legendLines(calendar: Calendar, columns: number, paint: Terminal['paint']): string[] {
  const entries = GLYPHS.flatMap((glyph) => {
    const count = countOf(calendar, glyph);
    if (count === 0) return [];
    const label = cutToWidth(` ${formatCount(count)} ${labelOf(glyph, calendar)}`, columns - 1);
    return [{ cells: 1 + textWidth(label), text: paint(glyph.style, glyph.text) + label }];
  });
  const lines: string[] = [];
  let cells = 0;
  for (const entry of entries) {
    const isNew = lines.length === 0 || cells + LEGEND_GAP.length + entry.cells > columns;
    if (isNew) lines.push(entry.text);
    else lines.push(`${lines.pop() ?? ''}${LEGEND_GAP}${entry.text}`);
    cells = isNew ? entry.cells : cells + LEGEND_GAP.length + entry.cells;
  }
  return lines;
}

function labelOf({ state, good }: Glyph, calendar: Calendar): string {
  const { coverage_min: coverageMin, live } = calendar;
  if (state === 'partial') {
    if (good) return 'partial';
    const days = calendar.symbols.flatMap((symbol) => symbol.days);
    const orError = days.some(({ doubt }) => doubt !== undefined) ? ' or an error' : '';
    return `partial, coverage below ${formatShare(coverageMin)}${orError}`;
  }
  if (state === 'none') return 'nothing recorded';
  if (state === 'missing' && !live) return 'missing or never recorded (see --live)';
  return state === 'unreadable' ? 'manifest unreadable' : state;
}

function countOf({ symbols }: Calendar, { state, good }: Glyph): number {
  return symbols.reduce(
    (sum, { days }) => sum + days.filter((day) => day.state === state && day.good === good).length,
    0,
  );
}

function stretchLines(calendar: Calendar, columns: number, paint: Terminal['paint']): string[] {
  const stretches = notGoodStretches(calendar);
  const shown = stretches.slice(0, STATUS_STRETCHES_MAX);
  const rows = shown.map((stretch) => [nameOf(stretch, calendar), daysOf(stretch), stretch.state]);
  const widths = [0, 1, 2].map((at) => Math.max(...rows.map((row) => textWidth(row[at] ?? ''))));
  const lines = shown.flatMap((stretch, index) => {
    const cells = (rows[index] ?? []).map((cell, at) => padToWidth(cell, widths[at] ?? 0, 'left'));
    const head = cells.join(GAP);
    const style = glyphOf({ state: stretch.state, good: false }).style;
    return besideHead(head, reasonOf(stretch), columns).map((line, at) =>
      at === 0 ? paint(style, line.slice(0, head.length)) + line.slice(head.length) : line,
    );
  });
  const omitted = stretches.length - shown.length;
  const more = `… and ${formatCount(omitted)} more, --json shows all`;
  return [
    ...unreadableLines(calendar, columns),
    ...lines,
    ...(omitted === 0 ? [] : [cutToWidth(more, columns)]),
  ];
}

/** Without a known symbol these days have no cells. */
function unreadableLines(
  { symbols, unreadable_manifests: manifests }: Calendar,
  columns: number,
): string[] {
  if (symbols.length > 0) return [];
  return manifests.flatMap(({ date, detail }) => besideHead(date, printable(detail), columns));
}

/** The text folded beside its head, or below it if there is no room. */
function besideHead(head: string, text: string, columns: number): string[] {
  const indent = textWidth(head) + GAP.length;
  const room = columns - indent;
  const isBeside = room >= Math.min(REASON_CELLS_MIN, textWidth(text));
  const margin = isBeside ? indent : GAP.length;
  const lines = folded(text, columns - margin).map((line) => ' '.repeat(margin) + line);
  const [first = '', ...more] = lines;
  const told = isBeside ? [head + first.slice(indent - GAP.length), ...more] : [head, ...lines];
  return told.map((line) => cutToWidth(line.trimEnd(), columns));
}

function nameOf({ symbol }: Stretch, { symbols }: Calendar): string {
  return symbol === undefined
    ? `all ${formatCounted(symbols.length, 'symbol')}`
    : printable(symbol);
}

/** `2025-12-01`, or `2025-12-01 to 12-04`. */
function daysOf({ from, to }: Stretch): string {
  if (from === to) return from;
  return from.slice(0, 4) === to.slice(0, 4) ? `${from} to ${to.slice(5)}` : `${from} to ${to}`;
}

function reasonOf({ state, coverage, detail }: Stretch): string {
  const covered = state === 'partial' ? [`covered ${formatShare(coverage)}`] : [];
  const said = detail === '' ? [] : [detail];
  return printable([...covered, ...said].join('; '));
}

function stepLines(calendar: Calendar, columns: number, paint: Terminal['paint']): string[] {
  const steps = nextSteps(calendar);
  if (steps.length === 0) return [];
  const lines = steps.flatMap((step) => {
    const [text, why] = wordsOf(step, calendar);
    const last = `${GAP}${text}`;
    const note = `${GAP}# ${why}`;
    if (textWidth(last + note) <= columns) return [last + paint('dim', note)];
    return [...brokenCommand(text, columns), cutToWidth(`${GAP}${note}`, columns)];
  });
  return [paint('bold', cutToWidth('next steps', columns)), ...lines];
}

/** Folded with backslashes, so that a shell reads it as one command. */
function brokenCommand(text: string, columns: number): string[] {
  const lines = folded(text, columns - 2 * GAP.length - CONTINUED.length);
  return lines.map((line, index) =>
    cutToWidth(
      `${index === 0 ? GAP : GAP + GAP}${line}${index < lines.length - 1 ? CONTINUED : ''}`,
      columns,
    ),
  );
}

/** The command and its purpose. A folder has no workflow, so there `run` takes its place. */
function wordsOf(step: NextStep, { out }: Calendar): [text: string, why: string] {
  const isBucket = out.startsWith('gs://');
  const place = isBucket ? '' : ` --raw RAW --out ${printable(out)}`;
  switch (step.does) {
    case 'remove': {
      const command = isBucket ? 'gcloud storage rm' : 'rm';
      const writer = isBucket ? 'backfill' : 'run';
      const name = printable(`${out}/${step.name}`);
      return [`${command} ${name}`, `unreadable; the next ${writer} writes a new one`];
    }
    case 'rerun': {
      const { symbol, date } = step;
      const run = `run${place} --symbols ${symbol} --from ${date}`;
      return [`flowbars ${isBucket ? `rerun --symbol ${symbol} --date ${date}` : run}`, 'failed'];
    }
    case 'repair':
    case 'backfill': {
      const { does, from, to, symbols } = step;
      const command = does === 'backfill' && !isBucket ? 'run' : does;
      const all = command === 'run' ? ' --symbols all' : '';
      const names = symbols === undefined ? all : ` --symbols ${symbols.join(',')}`;
      const why = `${counted(step.symbolDays, 'symbol-day')} ${listed(step.states)}`;
      return [`flowbars ${command}${place} --from ${from} --to ${to}${names}`, why];
    }
    default:
      return unreachable(step);
  }
}

function listed(states: readonly CalendarState[]): string {
  return CALENDAR_STATES.filter((state) => states.includes(state)).join(' or ');
}
