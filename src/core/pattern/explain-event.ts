/** Why an event is one: every condition of its rule with its numbers, and those of its control. */
import {
  type Direction,
  HORIZON_SECONDS,
  type HorizonSeconds,
  type PatternName,
} from '../column/pattern-table.js';
import { assert } from '../unit/errors.js';
import type { Condition, Shown } from './condition.js';
import { type DayPatternRules, lastRow, steps } from './day-patterns.js';
import { OUTCOME_DECIMALS } from './known-rows.js';
import { formatDecimal } from '../unit/decimal.js';

/** Which event of a day. */
export interface NamedEvent {
  readonly pattern: PatternName;
  readonly direction: Direction;
  /** Seconds of the day up to which it uses rows. */
  readonly toRow: number;
}

export interface HeldCondition extends Shown {
  readonly says: string;
  readonly holds: boolean;
}

export interface ExplainedRule {
  /** Found again by the same rules: all conditions hold, and no event of its kind is too close before it. */
  readonly isFound: boolean;
  /** Rows of a step: 1, or 60 for minutes. */
  readonly stepRows: number;
  readonly conditions: readonly HeldCondition[];
  readonly control: readonly HeldCondition[];
  /** The control holds here as well; it may still be silent, after one of its own. */
  readonly isControl: boolean;
  readonly strength: string | undefined;
  readonly threshold: string | undefined;
  readonly outcomes: readonly Outcome[];
}

/** What followed; empty texts where it is not known. */
export interface Outcome {
  readonly seconds: HorizonSeconds;
  readonly moved: string;
  /** The reference price at the event, and then. */
  readonly from: string;
  readonly to: string;
}

export function explainEvent(
  { known, patterns }: DayPatternRules,
  { pattern: name, direction, toRow }: NamedEvent,
): ExplainedRule {
  const pattern = patterns.find((one) => one.name === name);
  assert(pattern !== undefined, 'every pattern has its rule');
  const { stepRows } = pattern;
  const step = toRow / stepRows - 1;
  const { event, control, measured } = pattern[direction];
  const shown = (condition: Condition): HeldCondition => ({
    says: condition.says,
    holds: condition.holds(step),
    ...condition.shown(step),
  });
  const row = lastRow(pattern, step);
  const isFound = steps(pattern, event).includes(step);
  const numbers = isFound ? measured(step) : undefined;
  const priceAt = (at: number): string => {
    const price = known.price.at(at);
    // It is kept twice: a half is five tenths.
    return price === undefined ? '' : formatDecimal(price * 5n, known.price.decimals + 1);
  };
  return {
    isFound,
    stepRows,
    conditions: event.map(shown),
    control: control.map(shown),
    isControl: control.every(({ holds }) => holds(step)),
    strength: numbers && formatDecimal(numbers.strength.mantissa, numbers.strength.decimals),
    threshold: numbers && formatDecimal(numbers.threshold.mantissa, numbers.threshold.decimals),
    outcomes: HORIZON_SECONDS.map((seconds) => {
      const move = known.move(row, seconds, direction);
      return {
        seconds,
        moved: move === undefined ? '' : formatDecimal(move.rounded, OUTCOME_DECIMALS),
        from: priceAt(row),
        to: priceAt(row + seconds),
      };
    }),
  };
}
