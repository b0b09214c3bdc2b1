/** Inspects one patterns file: how many events of which pattern, and the checks of its cells. */
import { cellChecksOnly, checkingFile, withoutRest } from '../check/file-checks.js';
import { DIRECTIONS, PATTERN_EVENTS, PATTERNS } from '../column/pattern-table.js';
import { dateOf, parseUtcDate } from '../unit/utc-date.js';
import { dateInName } from './file-kind.js';
import type { PatternsInspection } from './inspection.js';

const EVENT_CHECKS = cellChecksOnly(PATTERN_EVENTS);
const CONFIRMED_AT = PATTERN_EVENTS.at('confirmed');
const PATTERN_AT = PATTERN_EVENTS.at('pattern');
const DIRECTION_AT = PATTERN_EVENTS.at('direction');
const FROM_AT = PATTERN_EVENTS.at('from');

/** `table`: every record, the header first. */
export function inspectPatterns(
  table: readonly (readonly string[])[],
  name: string,
): PatternsInspection {
  const [header = [], first, ...more] = table;
  const last = more.at(-1) ?? first;
  // The last event of a day may be confirmed at its end, so the day is that of the window's begin.
  const date = parseUtcDate(first?.[FROM_AT]?.slice(0, 10) ?? '') ?? dateInName(name);
  const found = PATTERNS.map((pattern) => ({ pattern, down: 0, up: 0 }));
  // Events are no rows of a grid: their checks need neither day nor resolution.
  const expected = { name, date: date ?? dateOf(0), resolution: undefined, carried: '' };
  const { checks, rows } = withoutRest(
    checkingFile(table, EVENT_CHECKS, expected, (values) => {
      const events = found[Number(values[PATTERN_AT] ?? -1n)];
      const direction = DIRECTIONS[Number(values[DIRECTION_AT] ?? -1n)];
      if (events !== undefined && direction !== undefined) events[direction] += 1;
    }),
  );
  return {
    kind: 'patterns',
    date: date ?? null,
    columns: header,
    rows,
    first: first?.[CONFIRMED_AT] ?? null,
    last: last?.[CONFIRMED_AT] ?? null,
    events: found,
    good: checks.every(({ ok }) => ok),
    checks,
  };
}
