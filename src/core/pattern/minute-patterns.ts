/** The patterns of whole minutes (docs/SIGNALS.md). */
import { powerOfTen } from '../unit/decimal.js';
import type { DayCells } from './day-cells.js';
import type { KnownRows } from './known-rows.js';
import { lastRowOf, MINUTE_ROWS, type MinuteCells, minuteCells } from './minute-cells.js';
import type { Pattern, Rule } from './pattern.js';
import { type PivotPair, pivotPairs } from './pivots.js';
import { type ExactQuantile, Quantile, quantileOf } from './quantile.js';
import { rankedBy } from '../series/ranks.js';
import { MINUTES_BEFORE, trailingQuantiles } from './trailing-quantiles.js';

const MINUTE_STEPS = { stepRows: MINUTE_ROWS, quietSteps: 5 };
const BUSY_PERCENT = 95;

export function minutePatterns(cells: DayCells, known: KnownRows): Pattern[] {
  const minutes = minuteCells(cells, known);
  const busy = quantileOf(minutes.volume.where(minutes.marks), BUSY_PERCENT, MINUTES_BEFORE);
  const orders = minutes.takerOrders.where(minutes.marks);
  return [
    divergence(minutes),
    busyMinutes('retail_fomo', minutes, busy, quantileOf(orders, BUSY_PERCENT, MINUTES_BEFORE)),
    busyMinutes('whale', minutes, busy, volumePerOrder(minutes)),
  ];
}

/** The price goes further than at the pivot before, and the running delta does not. */
function divergence(minutes: MinuteCells): Pattern {
  const usual = quantileOf(minutes.delta.size().where(minutes.marks), 50, MINUTES_BEFORE);
  return {
    name: 'divergence',
    ...MINUTE_STEPS,
    up: divergenceRule(minutes, usual, -1),
    down: divergenceRule(minutes, usual, 1),
  };
}

/** `sign`: 1 between highs. */
function divergenceRule(minutes: MinuteCells, usual: ExactQuantile, sign: 1 | -1): Rule {
  const pairs = pivotPairs(minutes, sign);
  const { cvd, highs, lows } = minutes;
  const prices = sign === 1 ? highs : lows;
  const goesFurther = ({ earlier, later }: PivotPair): boolean => {
    const [before, after] = [prices[earlier], prices[later]];
    if (before === undefined || after === undefined) return false;
    return sign === 1 ? after > before : after < before;
  };
  /** How far the running delta fell behind, between highs; undefined where a cell is absent. */
  const fallBehind = ({ earlier, later }: PivotPair): bigint | undefined => {
    const [before, after] = [cvd.at(lastRowOf(earlier)), cvd.at(lastRowOf(later))];
    if (before === undefined || after === undefined) return undefined;
    return sign === 1 ? before - after : after - before;
  };
  const isControl = (minute: number): boolean => {
    const pair = pairs[minute];
    return (
      pair !== undefined &&
      usual.isThere(minute) &&
      goesFurther(pair) &&
      fallBehind(pair) !== undefined
    );
  };
  return {
    isControl,
    isEvent: (minute) => {
      const pair = pairs[minute];
      const behind = pair === undefined ? undefined : fallBehind(pair);
      if (behind === undefined || !isControl(minute)) return false;
      const { mantissa, decimals } = usual.threshold(minute);
      const scale = Math.max(decimals, cvd.decimals);
      return behind * powerOfTen(scale - cvd.decimals) >= mantissa * powerOfTen(scale - decimals);
    },
    fromRow: (minute) => (pairs[minute]?.earlier ?? minute) * MINUTE_ROWS,
    measured: (minute) => {
      const pair = pairs[minute];
      const behind = pair === undefined ? 0n : (fallBehind(pair) ?? 0n);
      return {
        strength: { mantissa: behind < 0n ? -behind : behind, decimals: cvd.decimals },
        threshold: usual.threshold(minute),
      };
    },
  };
}

/** A minute of much volume of which the `crowd` quantity is unusual, too. */
function busyMinutes(
  name: 'retail_fomo' | 'whale',
  { delta }: MinuteCells,
  busy: ExactQuantile,
  crowd: Quantile,
): Pattern {
  const rule = (sign: 1 | -1): Rule => {
    const isControl = (minute: number): boolean =>
      delta.sign(minute) === sign && busy.isReached(minute) && crowd.isThere(minute);
    return {
      isControl,
      isEvent: (minute) => isControl(minute) && crowd.isReached(minute),
      fromRow: (minute) => minute * MINUTE_ROWS,
      measured: (minute) => busy.measured(minute),
    };
  };
  return { name, ...MINUTE_STEPS, up: rule(1), down: rule(-1) };
}

interface Ratio {
  readonly volume: bigint;
  /** Above 0. */
  readonly orders: bigint;
}

/** Ratios are compared exactly, crosswise. */
function volumePerOrder({ volume, takerOrders, marks }: MinuteCells): Quantile {
  const ratios = Array.from(marks, (mark, minute): Ratio | undefined => {
    const [sum, orders] = [volume.at(minute), takerOrders.at(minute)];
    if (mark !== 1 || sum === undefined || orders === undefined || orders <= 0n) return undefined;
    return { volume: sum, orders };
  });
  const minutes = Array.from(marks.keys()).filter((minute) => ratios[minute] !== undefined);
  const ranks = rankedBy(minutes, marks.length, (one, two) =>
    compareRatios(ratios[one], ratios[two]),
  );
  const [quantiles = new Int32Array(0)] = trailingQuantiles(ranks, [BUSY_PERCENT], MINUTES_BEFORE);
  return new Quantile(ranks, quantiles, MINUTES_BEFORE);
}

function compareRatios(one: Ratio | undefined, two: Ratio | undefined): number {
  if (one === undefined || two === undefined) return 0;
  const [ofOne, ofTwo] = [one.volume * two.orders, two.volume * one.orders];
  return ofOne === ofTwo ? 0 : ofOne < ofTwo ? -1 : 1;
}
