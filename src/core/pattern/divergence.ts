/** The divergence (docs/SIGNALS.md): the price goes further than at the pivot before, and the running delta does not. */
import { formatDecimal, powerOfTen } from '../unit/decimal.js';
import type { Condition } from './condition.js';
import { lastRowOf, MINUTE_ROWS, type MinuteCells } from './minute-cells.js';
import type { Rule } from './pattern.js';
import { type PivotPair, pivotPairs } from './pivots.js';
import type { ExactQuantile } from './quantile.js';

/** By the minute that confirms the later pivot. */
type PairAt = (minute: number) => PivotPair | undefined;
type NumberAt = (minute: number) => bigint | undefined;

/** `sign`: 1 between highs. `usual`: the size of a minute's delta. */
export function divergenceRule(minutes: MinuteCells, usual: ExactQuantile, sign: 1 | -1): Rule {
  const pairs = pivotPairs(minutes, sign);
  const pairAt: PairAt = (minute) => pairs[minute];
  const behindAt = fallBehind(minutes, pairAt, sign);
  const further = goesFurther(minutes, pairAt, sign);
  const { decimals } = minutes.cvd;
  const behind = behindConditions(behindAt, decimals, usual, sign);
  return {
    event: [further, behind.isFar],
    control: [further, usual.there('abs minute delta'), behind.isThere],
    fromRow: (minute) => (pairAt(minute)?.earlier ?? minute) * MINUTE_ROWS,
    measured: (minute) => {
      const moved = behindAt(minute) ?? 0n;
      return {
        strength: { mantissa: moved < 0n ? -moved : moved, decimals },
        threshold: usual.threshold(minute),
      };
    },
  };
}

function goesFurther(minutes: MinuteCells, pairAt: PairAt, sign: 1 | -1): Condition {
  const { highs, lows, priceDecimals } = minutes;
  const prices = sign === 1 ? highs : lows;
  const priceAt = (minute: number, of: keyof PivotPair): bigint | undefined => {
    const pivot = pairAt(minute)?.[of];
    return pivot === undefined ? undefined : prices[pivot];
  };
  const peak = sign === 1 ? 'high' : 'low';
  return {
    says: `the price goes further: ${peak} of the pivot 5 minutes before, and of the one before that`,
    holds: (minute) => {
      const [before, after] = [priceAt(minute, 'earlier'), priceAt(minute, 'later')];
      if (before === undefined || after === undefined) return false;
      return sign === 1 ? after > before : after < before;
    },
    shown: (minute) => ({
      value: textOf(priceAt(minute, 'later'), priceDecimals),
      relation: sign === 1 ? '>' : '<',
      threshold: textOf(priceAt(minute, 'earlier'), priceDecimals),
    }),
  };
}

/** How far the running delta fell behind, between highs; undefined where a cell is absent. */
function fallBehind({ cvd }: MinuteCells, pairAt: PairAt, sign: 1 | -1): NumberAt {
  return (minute) => {
    const pair = pairAt(minute);
    if (pair === undefined) return undefined;
    const [before, after] = [cvd.at(lastRowOf(pair.earlier)), cvd.at(lastRowOf(pair.later))];
    if (before === undefined || after === undefined) return undefined;
    return sign === 1 ? before - after : after - before;
  };
}

function behindConditions(
  behindAt: NumberAt,
  decimals: number,
  usual: ExactQuantile,
  sign: 1 | -1,
): { readonly isFar: Condition; readonly isThere: Condition } {
  const difference = sign === 1 ? 'earlier − at the later' : 'later − at the earlier';
  const says = `the running delta does not follow: cvd at the ${difference} pivot`;
  return {
    isFar: {
      says,
      holds: (minute) => {
        const behind = behindAt(minute);
        if (behind === undefined || !usual.isThere(minute)) return false;
        const { mantissa, decimals: own } = usual.threshold(minute);
        const scale = Math.max(own, decimals);
        return behind * powerOfTen(scale - decimals) >= mantissa * powerOfTen(scale - own);
      },
      shown: (minute) => ({
        ...usual.shownAt(minute, '≥'),
        value: textOf(behindAt(minute), decimals),
      }),
    },
    isThere: {
      says,
      holds: (minute) => behindAt(minute) !== undefined,
      shown: (minute) => ({
        value: textOf(behindAt(minute), decimals),
        relation: 'has',
        threshold: null,
      }),
    },
  };
}

function textOf(mantissa: bigint | undefined, decimals: number): string | null {
  return mantissa === undefined ? null : formatDecimal(mantissa, decimals);
}
