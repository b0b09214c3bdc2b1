/** The patterns of whole minutes (docs/SIGNALS.md). */
import type { DayCells } from './day-cells.js';
import type { KnownRows } from './known-rows.js';
import { MINUTE_ROWS, type MinuteCells, minuteCells } from './minute-cells.js';
import type { Pattern, Rule } from './pattern.js';
import { hasSign, textAt } from './condition.js';
import { divergenceRule } from './divergence.js';
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

function divergence(minutes: MinuteCells): Pattern {
  const usual = quantileOf(minutes.delta.size().where(minutes.marks), 50, MINUTES_BEFORE);
  return {
    name: 'divergence',
    ...MINUTE_STEPS,
    up: divergenceRule(minutes, usual, -1),
    down: divergenceRule(minutes, usual, 1),
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
