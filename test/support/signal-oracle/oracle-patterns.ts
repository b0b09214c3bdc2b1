/**
 * The slow, independent oracle of the patterns: from the text of a day's 1s bars and 1s signals to the
 * text of its patterns file, in BigInt and strings.
 */
import { plainText } from '../oracle/decimal.js';
import { compare } from '../oracle/reading.js';
import { dayCells } from './day-cells.js';
import type { Cell, CellFiles, DayCells } from './day-cells.js';
import { minuteRules } from './minute-patterns.js';
import { rowsInMinute } from './minutes.js';
import { occurrencesOf } from './rules.js';
import type { Direction, Occurrence, Occurrences } from './rules.js';
import { secondRules } from './second-patterns.js';

export const patternHeader =
  'confirmed,pattern,direction,from,price,strength,threshold,' +
  'outcome_10s_bps,outcome_60s_bps,outcome_300s_bps';

/** Seconds that outcomes look ahead. */
export const horizons: readonly number[] = [10, 60, 300];

const outcomeDecimals = 4;

export function oraclePatterns(cells: CellFiles): string {
  const day = dayCells(cells);
  const events = allOccurrences(day).events.sort(
    (a, b) => a.row - b.row || compare(a.pattern, b.pattern) || compare(a.direction, b.direction),
  );
  return `${[patternHeader, ...events.map((event) => lineOf(event, day))].join('\n')}\n`;
}

/** Of every pattern, in no particular order. */
export function allOccurrences(day: DayCells): Occurrences {
  const found = [
    occurrencesOf(secondRules(day), { count: day.rows, rowsEach: 1, refractory: 60 }),
    occurrencesOf(minuteRules(day), {
      count: Math.floor(day.rows / rowsInMinute),
      rowsEach: rowsInMinute,
      refractory: 5,
    }),
  ];
  return {
    events: found.flatMap(({ events }) => events),
    controls: found.flatMap(({ controls }) => controls),
  };
}

/** r(i+h) − r(i); undefined where a row of i+1 … i+h is not known or lies beyond the day. */
export function moveAfter(day: DayCells, row: number, horizon: number): Cell {
  const ahead = day.isKnown.slice(row + 1, row + 1 + horizon);
  if (ahead.length < horizon || !ahead.every(Boolean)) return undefined;
  const [now, then] = [day.reference[row], day.reference[row + horizon]];
  return now === undefined || then === undefined ? undefined : then - now;
}

/** A move in the direction of an event is positive. */
export function outcomeOf(move: bigint, direction: Direction): bigint {
  return direction === 'up' ? move : -move;
}

/** ⌊x·10ⁿ + ½⌋ of an exact quotient of either sign; the denominator is positive. */
export function halfUp(numerator: bigint, denominator: bigint, places: number): bigint {
  const [over, under] = [2n * numerator * 10n ** BigInt(places) + denominator, 2n * denominator];
  const quotient = over / under;
  return over < 0n && over % under !== 0n ? quotient - 1n : quotient;
}

function lineOf(event: Occurrence, day: DayCells): string {
  const reference = day.reference[event.row];
  if (reference === undefined) throw new RangeError('an event without a price');
  const outcomes = horizons.map((horizon) => {
    const move = moveAfter(day, event.row, horizon);
    if (move === undefined) return '';
    const outcome = outcomeOf(move, event.direction);
    return plainText(halfUp(outcome * 10_000n, reference, outcomeDecimals), outcomeDecimals);
  });
  return [
    timeText(day, event.row + 1),
    event.pattern,
    event.direction,
    timeText(day, event.fromRow),
    plainText(5n * reference, 19),
    plainText(event.strength, 18),
    plainText(event.threshold, 18),
    ...outcomes,
  ].join(',');
}

function timeText(day: DayCells, row: number): string {
  return `${new Date(day.dayStartMs + row * 1000).toISOString().slice(0, 19)}Z`;
}
