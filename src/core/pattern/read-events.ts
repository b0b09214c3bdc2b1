/** The events of a patterns file as it is stored: the texts of its cells, and the rows that each was read off. */
import {
  type Direction,
  DIRECTIONS,
  PATTERN_EVENTS,
  type PatternColumn,
  type PatternName,
  PATTERNS,
} from '../column/pattern-table.js';
import { FlowbarsError } from '../unit/errors.js';
import { DAY_SECONDS, dayStartMs, isoStamp, SECOND_MS, type UtcDate } from '../unit/utc-date.js';

export interface StoredEvent {
  readonly pattern: PatternName;
  readonly direction: Direction;
  readonly cells: Readonly<Record<PatternColumn, string>>;
  /** Seconds since 00:00: the first row of its window and the row behind its last one. */
  readonly fromRow: number;
  readonly toRow: number;
}

export interface EventPlace {
  readonly date: UtcDate;
  /** The file, for errors. */
  readonly where: string;
}

/** `records`: the header first. Throws a FlowbarsError of kind `data`. */
export function readEvents(
  [header = [], ...rows]: readonly (readonly string[])[],
  place: EventPlace,
): StoredEvent[] {
  const expected = PATTERN_EVENTS.header.join(',');
  if (header.join(',') !== expected) refuse(place, 1, 'header', header.join(','), expected);
  return rows.map((row, index) => readEvent(row, index + 2, place));
}

function readEvent(row: readonly string[], line: number, place: EventPlace): StoredEvent {
  if (row.length !== PATTERN_EVENTS.header.length) {
    refuse(place, line, 'row', `${row.length} cells`, `${PATTERN_EVENTS.header.length} cells`);
  }
  const cell = (name: PatternColumn): string => row[PATTERN_EVENTS.at(name)] ?? '';
  const cells = {
    confirmed: cell('confirmed'),
    pattern: cell('pattern'),
    direction: cell('direction'),
    from: cell('from'),
    price: cell('price'),
    strength: cell('strength'),
    threshold: cell('threshold'),
    outcome_10s_bps: cell('outcome_10s_bps'),
    outcome_60s_bps: cell('outcome_60s_bps'),
    outcome_300s_bps: cell('outcome_300s_bps'),
  };
  const pattern =
    PATTERNS.find((name) => name === cells.pattern) ??
    refuse(place, line, 'pattern', cells.pattern, 'a pattern');
  const direction =
    DIRECTIONS.find((name) => name === cells.direction) ??
    refuse(place, line, 'direction', cells.direction, 'up or down');
  const secondOf = (name: 'from' | 'confirmed'): number =>
    secondIn(cells[name], place.date) ??
    refuse(place, line, name, cells[name], `a second of ${place.date}`);
  const [fromRow, toRow] = [secondOf('from'), secondOf('confirmed')];
  if (fromRow >= toRow) refuse(place, line, 'from', cells.from, 'a time before confirmed');
  return { pattern, direction, cells, fromRow, toRow };
}

/** Seconds since 00:00, up to the end of the day; undefined for any other text. */
function secondIn(text: string, date: UtcDate): number | undefined {
  const timeMs = Date.parse(text);
  if (!Number.isFinite(timeMs) || isoStamp(timeMs) !== text) return undefined;
  const second = (timeMs - dayStartMs(date)) / SECOND_MS;
  return second >= 0 && second <= DAY_SECONDS ? second : undefined;
}

function refuse(
  { where }: EventPlace,
  line: number,
  what: string,
  found: string,
  expected: string,
): never {
  const parts = { where: `${where} line ${line}`, what, found: `'${found}'`, expected };
  throw new FlowbarsError('data', parts);
}
