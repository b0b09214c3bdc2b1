/** The hit rate of events that point up and down as often as a pattern's, but at random moments. */
import { type Fraction, sumOfFractions } from './fraction.js';
import type { OutcomeCounts, Score } from './scoreboard-shape.js';

/** What one symbol-day knows. */
export interface ExpectedPart {
  readonly events: Pick<OutcomeCounts, 'n' | 'up' | 'down'>;
  readonly base: Score['base'];
}

/** Formed for each symbol-day and weighted with its events. A symbol-day without base has no part in it. */
export class ExpectedRate {
  /** By denominator: there are fewer of them than symbol-days. */
  private readonly numerators = new Map<number, bigint>();
  private n = 0;

  add({ events, base }: ExpectedPart): void {
    const denominator = base.up + base.down;
    if (events.n === 0 || denominator === 0) return;
    const numerator = BigInt(events.up) * BigInt(base.up) + BigInt(events.down) * BigInt(base.down);
    this.numerators.set(denominator, (this.numerators.get(denominator) ?? 0n) + numerator);
    this.n += events.n;
  }

  /** Undefined without events. */
  rate(): Fraction | undefined {
    if (this.n === 0) return undefined;
    const { numerator, denominator } = sumOfFractions(
      Array.from(this.numerators, ([parts, sum]) => ({
        numerator: sum,
        denominator: BigInt(parts),
      })),
    );
    return { numerator, denominator: denominator * BigInt(this.n) };
  }
}
