/** A file that `flowbars export --joined` made on one page: which rows of which days. Its cells are not checked. */
import { BARS } from '../column/bar-table.js';
import { PATTERN_EVENTS } from '../column/pattern-table.js';
import { SIGNALS } from '../column/signal-table.js';
import { FlowbarsError } from '../unit/errors.js';
import { resolutionOf } from '../unit/resolution.js';
import { DAY_SECONDS, parseUtcDate, SECOND_MS } from '../unit/utc-date.js';
import type { JoinedInspection } from './inspection.js';

type JoinedKind = JoinedInspection['kinds'][number];

const BOTH = [...BARS.header, ...SIGNALS.header.slice(1)].join(',');
/** `2025-12-20_2025-12-31_1m_signals.csv`, as an export names them. */
const NAME =
  /\d{4}-\d{2}-\d{2}_\d{4}-\d{2}-\d{2}_(?:\d+[smhd]_)?(bars|signals|patterns)\.csv(?:\.gz)?$/u;
const DAY_TEXT = '2025-12-11'.length;
const CONFIRMED_AT = PATTERN_EVENTS.at('confirmed');
const FROM_AT = PATTERN_EVENTS.at('from');

/** The kinds in a joined file, by its header and its name; undefined if it is none. */
export function joinedKinds(
  header: readonly string[],
  name: string,
): readonly JoinedKind[] | undefined {
  if (header.join(',') === BOTH) return ['bars', 'signals'];
  switch (NAME.exec(name)?.[1]) {
    case 'bars':
      return ['bars'];
    case 'signals':
      return ['signals'];
    case 'patterns':
      return ['patterns'];
    default:
      return undefined;
  }
}

/** `records`: each of them, the header first. Throws a FlowbarsError of kind `data` for a row without a day. */
export function inspectJoined(
  records: Iterable<readonly string[]>,
  kinds: readonly JoinedKind[],
  name: string,
): JoinedInspection {
  const isEvents = kinds.includes('patterns');
  // The last event of a day may be confirmed at its end, so its day is that of the window's begin.
  const [timeAt, dayAt] = isEvents ? [CONFIRMED_AT, FROM_AT] : [0, 0];
  const days = new Map<string, number>();
  let columns: readonly string[] = [];
  let [first, second, last] = ['', '', ''];
  let line = 0;
  for (const record of records) {
    line += 1;
    if (line === 1) {
      columns = record;
      continue;
    }
    const day = record[dayAt]?.slice(0, DAY_TEXT) ?? '';
    if (!days.has(day) && parseUtcDate(day) === undefined) {
      const found = `'${day}'`;
      const where = `${name} line ${line}`;
      throw new FlowbarsError('data', { where, what: 'day', found, expected: 'a UTC day' });
    }
    days.set(day, (days.get(day) ?? 0) + 1);
    last = record[timeAt] ?? '';
    if (line === 2) first = last;
    if (line === 3) second = last;
  }
  const stepSeconds = (Date.parse(second) - Date.parse(first)) / SECOND_MS;
  const isStep = stepSeconds > 0 && DAY_SECONDS % stepSeconds === 0;
  return {
    kind: 'joined',
    kinds,
    resolution: isEvents || !isStep ? null : resolutionOf(stepSeconds).name,
    columns,
    rows: line === 0 ? 0 : line - 1,
    days: Array.from(days, ([date, rows]) => ({ date, rows })),
    first: first === '' ? null : first,
    last: last === '' ? null : last,
  };
}
