/** The patterns of a day: their events and those of their controls, from the cells of its 1s files. */
import {
  type Direction,
  DIRECTIONS,
  HORIZON_SECONDS,
  type HorizonSeconds,
  type PatternName,
} from '../column/pattern-table.js';
import { compareNames } from '../unit/compare-names.js';
import type { Decimal } from '../unit/decimal.js';
import { assert } from '../unit/errors.js';
import { dayStartMs, DAY_SECONDS, SECOND_MS, type UtcDate } from '../unit/utc-date.js';
import { allHold, type Condition } from './condition.js';
import { type DayCells, type DayFiles, readDayCells } from './day-cells.js';
import { KnownRows, type Move } from './known-rows.js';
import { minutePatterns } from './minute-patterns.js';
import { type Pattern, stepsOf } from './pattern.js';
import type { Measured } from './quantile.js';
import { rowPatterns } from './row-patterns.js';
import { HOUR_BEFORE } from './trailing-quantiles.js';

/**
 * The move after an event by its horizon, in the event's direction, where it is known. A map, as an object with
 * 300 for a key takes 4 KB.
 */
export type Outcomes = ReadonlyMap<HorizonSeconds, Move>;

/** An event of a control: the pattern without its order-flow half. */
export interface ControlEvent {
  readonly pattern: PatternName;
  readonly direction: Direction;
  /** End of its last row, exchange time. */
  readonly confirmedMs: number;
  readonly outcomes: Outcomes;
}

export interface PatternEvent extends ControlEvent, Measured {
  /** Begin of its window, exchange time. */
  readonly fromMs: number;
  /** Twice the reference price at its last row. */
  readonly doublePrice: Decimal;
}

/** Rows after which the price was higher, or lower, whatever happened in them. */
export interface BaseRate {
  readonly up: number;
  readonly down: number;
}

export interface DayPatterns {
  /** In the order of the patterns file. */
  readonly events: readonly PatternEvent[];
  /** In the same order. */
  readonly controls: readonly ControlEvent[];
  /** Over the known rows from the first on whose trailing hour holds enough known rows for a quantile. */
  readonly base: Readonly<Record<HorizonSeconds, BaseRate>>;
}

/** Throws a FlowbarsError of kind `data` if the files are not what the encoder writes. */
export function dayPatterns(files: DayFiles): DayPatterns {
  const rules = rulesOf(files);
  const { known, patterns } = rules;
  const finder = new Finder(dayStartMs(files.date), known);
  const controls = patterns
    .flatMap((pattern) => DIRECTIONS.flatMap((direction) => finder.controls(pattern, direction)))
    .sort(compareEvents);
  return {
    events: eventsOf(rules, files.date),
    controls,
    base: byHorizon((seconds) => baseRate(known, seconds)),
  };
}

/** In the order of the patterns file. */
export function eventsOf({ known, patterns }: DayPatternRules, date: UtcDate): PatternEvent[] {
  const finder = new Finder(dayStartMs(date), known);
  return patterns
    .flatMap((pattern) => DIRECTIONS.flatMap((direction) => finder.events(pattern, direction)))
    .sort(compareEvents);
}

/** The rules of all patterns over the cells of a day. */
export interface DayPatternRules {
  readonly known: KnownRows;
  readonly patterns: readonly Pattern[];
}

/** Throws a FlowbarsError of kind `data` if the files are not what the encoder writes. */
export function rulesOf(files: DayFiles): DayPatternRules {
  return rulesOver(readDayCells(files));
}

/** The same for cells that are read already, or were made. */
export function rulesOver(cells: DayCells): DayPatternRules {
  const known = new KnownRows(cells);
  return { known, patterns: [...rowPatterns(cells, known), ...minutePatterns(cells, known)] };
}

class Finder {
  private readonly startMs: number;
  private readonly known: KnownRows;

  constructor(startMs: number, known: KnownRows) {
    this.startMs = startMs;
    this.known = known;
  }

  events(pattern: Pattern, direction: Direction): PatternEvent[] {
    const { event, fromRow, measured } = pattern[direction];
    return steps(pattern, event).map((step) => {
      const row = lastRow(pattern, step);
      const mantissa = this.known.price.at(row);
      assert(mantissa !== undefined, 'the last row of an event is known');
      return {
        ...this.found(pattern, direction, row),
        ...measured(step),
        fromMs: this.startMs + fromRow(step) * SECOND_MS,
        doublePrice: { mantissa, decimals: this.known.price.decimals },
      };
    });
  }

  controls(pattern: Pattern, direction: Direction): ControlEvent[] {
    return steps(pattern, pattern[direction].control).map((step) =>
      this.found(pattern, direction, lastRow(pattern, step)),
    );
  }

  private found({ name }: Pattern, direction: Direction, row: number): ControlEvent {
    return {
      pattern: name,
      direction,
      confirmedMs: this.startMs + (row + 1) * SECOND_MS,
      outcomes: this.outcomes(row, direction),
    };
  }

  private outcomes(row: number, direction: Direction): Outcomes {
    const outcomes = new Map<HorizonSeconds, Move>();
    for (const seconds of HORIZON_SECONDS) {
      const move = this.known.move(row, seconds, direction);
      if (move !== undefined) outcomes.set(seconds, move);
    }
    return outcomes;
  }
}

/** Where the conditions hold, without what follows too closely. */
export function steps(
  { stepRows, quietSteps }: Pattern,
  conditions: readonly Condition[],
): number[] {
  return stepsOf(allHold(conditions), DAY_SECONDS / stepRows, quietSteps);
}

export function lastRow({ stepRows }: Pattern, step: number): number {
  return (step + 1) * stepRows - 1;
}

function byHorizon<Value>(
  of: (seconds: HorizonSeconds) => Value,
): Readonly<Record<HorizonSeconds, Value>> {
  const [short, middle, long] = HORIZON_SECONDS;
  return { [short]: of(short), [middle]: of(middle), [long]: of(long) };
}

function compareEvents(one: ControlEvent, other: ControlEvent): number {
  return (
    one.confirmedMs - other.confirmedMs ||
    compareNames(one.pattern, other.pattern) ||
    compareNames(one.direction, other.direction)
  );
}

function baseRate(known: KnownRows, seconds: number): BaseRate {
  let up = 0;
  let down = 0;
  for (let row = firstJudgedRow(known); row < DAY_SECONDS; row++) {
    if (!known.isKnown(row)) continue;
    const sign = known.moveSign(row, seconds);
    if (sign > 0) up += 1;
    if (sign < 0) down += 1;
  }
  return { up, down };
}

/** The first known row whose trailing hour holds enough known rows for a quantile. */
function firstJudgedRow(known: KnownRows): number {
  const { blockRows, blocks, leastValues } = HOUR_BEFORE;
  let inHour = 0;
  let inHourOfMinute = 0;
  for (let row = 0; row < DAY_SECONDS; row++) {
    if (row % blockRows === 0) inHourOfMinute = inHour;
    if (known.isKnown(row) && inHourOfMinute >= leastValues) return row;
    inHour += Number(known.isKnown(row)) - Number(known.isKnown(row - blockRows * blocks));
  }
  return DAY_SECONDS;
}
