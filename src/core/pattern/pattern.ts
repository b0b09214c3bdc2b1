/** What a pattern is: when it holds, in either direction, and what it was compared with. */
import type { PatternName } from '../column/pattern-table.js';
import type { Condition } from './condition.js';
import type { Measured } from './quantile.js';

/** One direction of a pattern. A step is a row, or a minute. */
export interface Rule {
  /** An event is where all of them hold; a cell that is absent fails its condition. */
  readonly event: readonly Condition[];
  /** The same without the order-flow half, where everything is there that the event names. */
  readonly control: readonly Condition[];
  /** The first row of an event's window. */
  readonly fromRow: (step: number) => number;
  /** Of an event. */
  readonly measured: (step: number) => Measured;
}

export interface Pattern {
  readonly name: PatternName;
  /** Rows of a step: 1, or 60 for minutes. */
  readonly stepRows: number;
  /** After an event, the pattern is silent in that direction for fewer than so many steps. */
  readonly quietSteps: number;
  readonly up: Rule;
  readonly down: Rule;
}

/** Steps at which the condition holds, without those that follow one of them too closely. */
export function stepsOf(
  holds: (step: number) => boolean,
  steps: number,
  quietSteps: number,
): number[] {
  const found: number[] = [];
  let next = 0;
  for (let step = 0; step < steps; step++) {
    if (step < next || !holds(step)) continue;
    found.push(step);
    next = step + quietSteps;
  }
  return found;
}
