/** Features of the aggressors: which side, how often, how large. */
import type { Feature } from './feature.js';
import { featuresOf } from './feature.js';
import { LOOK_BACK_MINUTES, type LookBack, ratio, sumOf, WITHIN_HOUR } from './look-back.js';

const NO_TRADES = 'no trades in the window';

export const FLOW_FEATURES: readonly Feature[] = [
  ...featuresOf({
    name: 'delta_share',
    unit: 'ratio',
    formula: 'Σ vol_delta ÷ Σ vol_total',
    nullRule: NO_TRADES,
    value: (lookBack, minutes) =>
      ratio(sumOf(lookBack, 'delta', minutes), sumOf(lookBack, 'volume', minutes)),
  }),
  ...featuresOf({
    name: 'order_rate',
    windows: WITHIN_HOUR,
    unit: 'ratio',
    formula: '(Σ taker_orders ÷ w) ÷ (the same over 60 minutes)',
    nullRule: 'no taker orders in the 60 minutes',
    value: (lookBack, minutes) =>
      ratio(ordersPerMinute(lookBack, minutes), ordersPerHour(lookBack)),
  }),
  ...featuresOf({
    name: 'order_size',
    windows: WITHIN_HOUR,
    unit: 'ratio',
    formula: '(Σ vol_total ÷ Σ taker_orders) ÷ (the same over 60 minutes)',
    nullRule: 'no taker orders in the window',
    value: (lookBack, minutes) =>
      ratio(orderSize(lookBack, minutes), orderSize(lookBack, LOOK_BACK_MINUTES)),
  }),
  ...featuresOf({
    name: 'large_share',
    unit: 'ratio',
    formula: '(Σ large_buy + large_sell) ÷ Σ vol_total',
    nullRule: NO_TRADES,
    value: (lookBack, minutes) =>
      ratio(sumOf(lookBack, 'large', minutes), sumOf(lookBack, 'volume', minutes)),
  }),
  ...featuresOf({
    name: 'cvd_slope',
    windows: [5, 15, 60],
    unit: 'ratio',
    formula:
      'least-squares slope per minute of the running Σ vol_delta at the ends of the w minutes, ÷ (Σ vol_total ÷ w)',
    nullRule: NO_TRADES,
    value: cvdSlope,
  }),
];

function ordersPerMinute(lookBack: LookBack, minutes: number): number {
  return sumOf(lookBack, 'orders', minutes) / minutes;
}

/** A minute's orders on the hour's average. */
function ordersPerHour(lookBack: LookBack): number {
  return ordersPerMinute(lookBack, LOOK_BACK_MINUTES);
}

function orderSize(lookBack: LookBack, minutes: number): number {
  return ratio(sumOf(lookBack, 'volume', minutes), sumOf(lookBack, 'orders', minutes));
}

/** The running delta begins with the window, so none from before it has a part. */
function cvdSlope(lookBack: LookBack, minutes: number): number {
  const { column, end } = lookBack;
  const delta = column('delta');
  const middle = (minutes - 1) / 2;
  let running = 0;
  let product = 0;
  let squares = 0;
  for (let step = 0; step < minutes; step++) {
    running += delta[end - minutes + step] ?? Number.NaN;
    product += (step - middle) * running;
    squares += (step - middle) * (step - middle);
  }
  return ratio(product / squares, sumOf(lookBack, 'volume', minutes) / minutes);
}
