/** Cuts of rows into stretches, each with a fold of its own, and their merging in any grouping. */
import * as fc from 'fast-check';
import type { MarketRow } from './made-market.js';

/** Equal ones make empty stretches. */
export const cuts: fc.Arbitrary<number[]> = fc.array(fc.nat({ max: 40 }), { maxLength: 4 });

export const runLengths: fc.Arbitrary<number[]> = fc.array(fc.integer({ min: 1, max: 5 }), {
  minLength: 1,
  maxLength: 3,
});

export function stretches(rows: readonly MarketRow[], at: readonly number[]): MarketRow[][] {
  const bounds = [0, ...at.toSorted((a, b) => a - b), rows.length];
  return bounds.slice(1).map((to, index) => rows.slice(bounds[index], to));
}

/** Of consecutive stretches, from the first or from the last one on. */
export function merged<Fold extends { merge(next: Fold): void }>(
  folds: readonly Fold[],
  fromFirst: boolean,
): Fold {
  const join = (fold: Fold, next: Fold): Fold => {
    fold.merge(next);
    return fold;
  };
  return fromFirst
    ? folds.reduce((whole, next) => join(whole, next))
    : folds.reduceRight((whole, before) => join(before, whole));
}
