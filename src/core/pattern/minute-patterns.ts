/** The patterns of whole minutes (docs/SIGNALS.md). */
import { powerOfTen } from '../unit/decimal.js';
import type { DayCells } from './day-cells.js';
import type { KnownRows } from './known-rows.js';
import { lastRowOf, MINUTE_ROWS, type MinuteCells, minuteCells } from './minute-cells.js';
import type { Pattern, Rule } from './pattern.js';
import { type Condition, hasSign, plainText, textAt } from './condition.js';
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
  const ofPair = (
    step: number,
    of: (pair: PivotPair) => bigint | undefined,
  ): bigint | undefined => {
    const pair = pairs[step];
    return pair === undefined ? undefined : of(pair);
  };
  const priceText = (price: bigint | undefined): string | null =>
    price === undefined ? null : plainText({ mantissa: price, decimals: minutes.priceDecimals });
  const peak = sign === 1 ? 'high' : 'low';
  const further: Condition = {
    says: `the price goes further: ${peak} of the pivot 5 minutes before, and of the one before that`,
    holds: (minute) => pairs[minute] !== undefined && goesFurther(pairs[minute]),
    shown: (minute) => ({
      value: priceText(ofPair(minute, ({ later }) => prices[later])),
      relation: sign === 1 ? '>' : '<',
      threshold: priceText(ofPair(minute, ({ earlier }) => prices[earlier])),
    }),
  };
  const behindAt = (minute: number): bigint | undefined => ofPair(minute, fallBehind);
  const says = `the running delta does not follow: cvd at the ${sign === 1 ? 'earlier − at the later' : 'later − at the earlier'} pivot`;
  const behindText = (minute: number): string | null => {
    const behind = behindAt(minute);
    return behind === undefined ? null : plainText({ mantissa: behind, decimals: cvd.decimals });
  };
  const falls: Condition = {
    says,
    holds: (minute) => {
      const behind = behindAt(minute);
      if (behind === undefined || !usual.isThere(minute)) return false;
      const { mantissa, decimals } = usual.threshold(minute);
      const scale = Math.max(decimals, cvd.decimals);
      return behind * powerOfTen(scale - cvd.decimals) >= mantissa * powerOfTen(scale - decimals);
    },
    shown: (minute) => ({ ...usual.shownAt(minute, '≥'), value: behindText(minute) }),
  };
  return {
    event: [further, falls],
    control: [
      further,
      usual.there('abs minute delta'),
      {
        says,
        holds: (minute) => behindAt(minute) !== undefined,
        shown: (minute) => ({ value: behindText(minute), relation: 'has', threshold: null }),
      },
    ],
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

/** The quantity beside the volume, in words. */
const CROWDS = {
  retail_fomo: 'in many orders: Σ taker_orders',
  whale: 'in few orders: z, Σ vol_total ÷ Σ taker_orders',
} as const;

/** A minute of much volume of which the `crowd` quantity is unusual, too. */
function busyMinutes(
  name: 'retail_fomo' | 'whale',
  { delta }: MinuteCells,
  busy: ExactQuantile,
  crowd: Quantile,
): Pattern {
  const rule = (sign: 1 | -1): Rule => {
    const pressed = hasSign(`${sign > 0 ? 'buyers' : 'sellers'} press: Σ vol_delta`, delta, sign);
    const much = busy.reached('much is traded: Σ vol_total');
    return {
      event: [pressed, much, crowd.reached(CROWDS[name])],
      control: [pressed, much, crowd.there(CROWDS[name])],
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
  const [percent, window] = [BUSY_PERCENT, MINUTES_BEFORE];
  const [quantiles = new Int32Array(0)] = trailingQuantiles(ranks, [percent], window);
  const textOf = (minute: number): string => {
    const [sum, orders] = [textAt(volume, minute), textAt(takerOrders, minute)];
    return `${sum ?? ''} ÷ ${orders ?? ''}`;
  };
  return new Quantile({ ranks, quantiles, percent, window, textOf });
}

function compareRatios(one: Ratio | undefined, two: Ratio | undefined): number {
  if (one === undefined || two === undefined) return 0;
  const [ofOne, ofTwo] = [one.volume * two.orders, two.volume * one.orders];
  return ofOne === ofTwo ? 0 : ofOne < ofTwo ? -1 : 1;
}
