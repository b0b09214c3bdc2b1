/** The oracle's patterns that are looked for at the end of every minute, as the rules of seconds are. */
import type { DayCells } from './day-cells.js';
import { minutesOf, pivotsOf, rowsInMinute } from './minutes.js';
import type { Minutes } from './minutes.js';
import { ascending, quantileOf, trailingMinutes } from './quantiles.js';
import type { Rule, Said } from './rules.js';
import { magnitude } from './windows.js';

/** An exact quotient of positive numbers. */
interface Ratio {
  over: bigint;
  under: bigint;
}

/** A pivot is known so many minutes later. */
const pivotDelay = 5;
/** The earlier pivot lies among the minutes j−65 … j−11. */
const pivotFarthest = 65;
const pivotNearest = 11;

export function minuteRules(day: DayCells): Rule[] {
  const minutes = minutesOf(day);
  return [...divergences(minutes), ...volumes(minutes)];
}

function divergences(minutes: Minutes): Rule[] {
  const deltaQuantile = quantileOf(minutes.deltas.map(magnitude), ascending, trailingMinutes);
  const rule = (direction: 'up' | 'down', sign: bigint): Rule => {
    const extremes = sign > 0n ? minutes.highs : minutes.lows;
    const pivots = pivotsOf(extremes, (a, b) => (a - b) * sign > 0n);
    return {
      pattern: 'divergence',
      direction,
      at: (minute): Said | undefined => {
        const late = minute - pivotDelay;
        if (pivots[late] !== true) return undefined;
        let early = minute - pivotNearest;
        while (early >= minute - pivotFarthest && pivots[early] !== true) early -= 1;
        if (early < minute - pivotFarthest || early < 0) return undefined;
        const spanned = minutes.isKnown.slice(early - pivotDelay, minute + 1);
        if (!spanned.every(Boolean)) return undefined;
        const [extreme, earlyExtreme] = [extremes[late], extremes[early]];
        const [cvd, earlyCvd] = [minutes.cvds[late], minutes.cvds[early]];
        const usual = deltaQuantile(50, minute);
        if (extreme === undefined || earlyExtreme === undefined) return undefined;
        if (cvd === undefined || earlyCvd === undefined || usual === undefined) return undefined;
        const control = (extreme - earlyExtreme) * sign > 0n;
        const apart = (earlyCvd - cvd) * sign;
        return {
          event: control && apart >= usual,
          control,
          fromRow: early * rowsInMinute,
          strength: apart,
          threshold: usual,
        };
      },
    };
  };
  return [rule('up', -1n), rule('down', 1n)];
}

/** whale and retail_fomo: much volume, in few orders or in many. */
function volumes(minutes: Minutes): Rule[] {
  const sizes = minutes.volumes.map((over, minute): Ratio | undefined => {
    const under = minutes.takerOrders[minute];
    return over === undefined || under === undefined || under === 0n ? undefined : { over, under };
  });
  const volumeQuantile = quantileOf(minutes.volumes, ascending, trailingMinutes);
  const sizeQuantile = quantileOf(sizes, byRatio, trailingMinutes);
  const orderQuantile = quantileOf(minutes.takerOrders, ascending, trailingMinutes);
  const isWhale = (minute: number): boolean | undefined =>
    reaches(sizes[minute], sizeQuantile(95, minute), byRatio);
  const isCrowd = (minute: number): boolean | undefined =>
    reaches(minutes.takerOrders[minute], orderQuantile(95, minute), ascending);
  const rule = (
    pattern: string,
    direction: 'up' | 'down',
    holds: (minute: number) => boolean | undefined,
  ): Rule => ({
    pattern,
    direction,
    at: (minute) => {
      const [volume, delta] = [minutes.volumes[minute], minutes.deltas[minute]];
      const [much, held] = [volumeQuantile(95, minute), holds(minute)];
      if (volume === undefined || delta === undefined) return undefined;
      if (much === undefined || held === undefined) return undefined;
      const control = volume >= much && (direction === 'up' ? delta > 0n : delta < 0n);
      return {
        event: control && held,
        control,
        fromRow: minute * rowsInMinute,
        strength: volume,
        threshold: much,
      };
    },
  });
  return [
    rule('whale', 'up', isWhale),
    rule('whale', 'down', isWhale),
    rule('retail_fomo', 'up', isCrowd),
    rule('retail_fomo', 'down', isCrowd),
  ];
}

/** Undefined where either is. */
function reaches<T>(
  value: T | undefined,
  limit: T | undefined,
  compare: (a: T, b: T) => number,
): boolean | undefined {
  return value === undefined || limit === undefined ? undefined : compare(value, limit) >= 0;
}

function byRatio(a: Ratio, b: Ratio): number {
  return ascending(a.over * b.under, b.over * a.under);
}
