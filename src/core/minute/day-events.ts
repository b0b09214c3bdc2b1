/** The events of a day by the rules of its patterns file, and the minutes in which there can be any. */
import type { PatternName } from '../column/pattern-table.js';
import type { DayCells } from '../pattern/day-cells.js';
import { eventsOf, rulesOver } from '../pattern/day-patterns.js';
import type { KnownRows } from '../pattern/known-rows.js';
import { lastRowOf, MINUTE_ROWS } from '../pattern/minute-cells.js';
import { HOUR_BEFORE, MINUTES_BEFORE, type Window } from '../pattern/trailing-quantiles.js';
import { DAY_MINUTES, dayStartMs, SECOND_MS, type UtcDate } from '../unit/utc-date.js';
import type { DayEvents } from './second-day.js';

export interface EventCells extends DayCells {
  readonly date: UtcDate;
}

export function dayEvents(cells: EventCells): DayEvents {
  const rules = rulesOver(cells);
  const startMs = dayStartMs(cells.date);
  const byRows = judgedMinutes(knownInMinutes(rules.known), HOUR_BEFORE);
  const byMinutes = judgedMinutes(knownMinutes(rules.known), MINUTES_BEFORE);
  const never = new Uint8Array(DAY_MINUTES);
  return {
    events: eventsOf(rules, cells.date).map(({ pattern, direction, confirmedMs }) => ({
      pattern,
      direction,
      confirmedSecond: (confirmedMs - startMs) / SECOND_MS,
    })),
    judged: new Map<PatternName, Uint8Array>(
      rules.patterns.map(({ name, stepRows }) => [
        name,
        // All patterns of rows need the book.
        stepRows !== 1 ? byMinutes : cells.streams === 'trades' ? never : byRows,
      ]),
    ),
  };
}

/** By minute, how many of its rows are known. */
function knownInMinutes(known: KnownRows): Uint8Array {
  const counts = new Uint8Array(DAY_MINUTES);
  known.marks.forEach((mark, row) => {
    const minute = Math.floor(row / MINUTE_ROWS);
    counts[minute] = (counts[minute] ?? 0) + mark;
  });
  return counts;
}

/** By minute, 1: all its rows are known. */
function knownMinutes(known: KnownRows): Uint8Array {
  return Uint8Array.from({ length: DAY_MINUTES }, (_, minute) =>
    known.areKnown(lastRowOf(minute), MINUTE_ROWS) ? 1 : 0,
  );
}

/** 1: the window that ends where the minute begins holds enough values for a quantile. A block is a minute in both. */
function judgedMinutes(counts: Uint8Array, { blocks, leastValues }: Window): Uint8Array {
  const judged = new Uint8Array(DAY_MINUTES);
  let values = 0;
  for (let minute = 0; minute < DAY_MINUTES; minute++) {
    if (values >= leastValues) judged[minute] = 1;
    values += (counts[minute] ?? 0) - (counts[minute - blocks] ?? 0);
  }
  return judged;
}
