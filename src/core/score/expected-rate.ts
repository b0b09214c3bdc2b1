/** The hit rate of events that point up and down as often as a pattern's, but at random moments. */
import { type Fraction, sumOfFractions } from './fraction.js';
import type { OutcomeCounts, Score } from './scoreboard-shape.js';

/** What one symbol-day knows. */
export interface ExpectedPart {
  readonly events: Pick<OutcomeCounts, 'n' | 'up' | 'down'>;
  readonly base: Score['base'];
}

/**
 * Formed for each symbol-day and weighted with its events. A symbol-day without base has no part in it.
 * Undefined without events.
 */
export function expectedRate(parts: readonly ExpectedPart[]): Fraction | undefined {
  const counted = parts.filter(({ events, base }) => events.n > 0 && base.up + base.down > 0);
  if (counted.length === 0) return undefined;
  const { numerator, denominator } = sumOfFractions(
    counted.map(({ events, base }) => ({
      numerator: BigInt(events.up) * BigInt(base.up) + BigInt(events.down) * BigInt(base.down),
      denominator: BigInt(base.up + base.down),
    })),
  );
  const n = counted.reduce((total, { events }) => total + events.n, 0);
  return { numerator, denominator: denominator * BigInt(n) };
}
