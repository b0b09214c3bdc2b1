/** Features of the order book. Quantities are seen against the depth of the same window, so a coin's scale has no part. */
import { type Flow, LEVELS } from '../minute/day-minutes.js';
import { type Feature, featuresOf } from './feature.js';
import {
  lastOf,
  LOOK_BACK_MINUTES,
  type LookBack,
  ratio,
  sumOf,
  WITHIN_HOUR,
} from './look-back.js';

const BPS = 10_000;
const ONE_E8 = 100_000_000;
const NO_BOOK = 'no avg_spread or no bid_close in the window';
const NO_DEPTH = 'no full snapshot of the book in the window';
const noStep = (flow: Flow): string => `no ${flow}, or no full snapshot of the book, in the window`;

const SIDES = ['bid', 'ask'] as const;
type Side = (typeof SIDES)[number];

const SPREADS: readonly Feature[] = [
  {
    name: 'spread_last',
    windowMinutes: 1,
    unit: 'bps',
    formula: '(ask_close − bid_close) ÷ mid × 10,000 of the last second of minute t that has them',
    nullRule: 'no bid_close in minute t',
    value: (lookBack) => {
      const [bid, ask] = [lastOf(lookBack, 'bid', 1), lastOf(lookBack, 'ask', 1)];
      return ratio((ask - bid) * BPS, (ask + bid) / 2);
    },
  },
  ...featuresOf({
    name: 'spread_mean',
    unit: 'bps',
    formula:
      '(Σ avg_spread·book_count ÷ Σ book_count) ÷ mid of the last bid_close and ask_close × 10,000',
    nullRule: NO_BOOK,
    value: (lookBack, minutes) => {
      const spread = ratio(
        sumOf(lookBack, 'spread', minutes),
        sumOf(lookBack, 'snapshots', minutes),
      );
      const bids = lastOf(lookBack, 'bid', minutes);
      return ratio(spread * BPS, (bids + lastOf(lookBack, 'ask', minutes)) / 2 / ONE_E8);
    },
  }),
];

const IMBALANCES: readonly Feature[] = LEVELS.flatMap((level) => [
  {
    name: `imbalance_${level}_last`,
    windowMinutes: 1,
    unit: 'ratio',
    formula: `2·imbalance_${level} − 1 of the last second of minute t that has it`,
    nullRule: `no imbalance_${level} in minute t`,
    value: (lookBack: LookBack) => lastOf(lookBack, `balance_last_${level}`, 1),
  } satisfies Feature,
  ...featuresOf({
    name: `imbalance_${level}_mean`,
    unit: 'ratio',
    formula: `mean of 2·imbalance_${level} − 1 over the seconds that have it`,
    nullRule: `no imbalance_${level} in the window`,
    value: (lookBack, minutes) =>
      ratio(
        sumOf(lookBack, `balance_${level}`, minutes),
        sumOf(lookBack, `balance_seconds_${level}`, minutes),
      ),
  }),
]);

const ORDER_FLOW: readonly Feature[] = (['ofi_l1', 'ofi_l5'] as const).flatMap((name) =>
  featuresOf({
    name,
    unit: 'ratio',
    formula: `Σ ${name} ÷ mean of (bid_qty_l20 + ask_qty_l20) ÷ 2 over the seconds that have them`,
    nullRule: noStep(name),
    value: (lookBack, minutes) =>
      ratio(
        sumOf(lookBack, name, minutes),
        (depth(lookBack, 'bid', minutes) + depth(lookBack, 'ask', minutes)) / 2,
      ),
  }),
);

export const BOOK_FEATURES: readonly Feature[] = [
  ...SPREADS,
  ...IMBALANCES,
  ...ORDER_FLOW,
  ...SIDES.flatMap(depthFeatures),
  ...SIDES.flatMap((side) => flowFeatures(side, `${side}_added`)),
  ...SIDES.flatMap((side) => flowFeatures(side, `${side}_pulled`)),
  ...SIDES.flatMap((side) => flowFeatures(side, `${side}_wall_pulled`)),
];

function depthFeatures(side: Side): Feature[] {
  return featuresOf({
    name: `${side}_depth`,
    windows: WITHIN_HOUR,
    unit: 'ratio',
    formula: `mean of ${side}_qty_l20 over the seconds that have it ÷ (the same over 60 minutes)`,
    nullRule: NO_DEPTH,
    value: (lookBack, minutes) =>
      ratio(depth(lookBack, side, minutes), depth(lookBack, side, LOOK_BACK_MINUTES)),
  });
}

function flowFeatures(side: Side, flow: Flow): Feature[] {
  return featuresOf({
    name: flow,
    unit: 'ratio',
    formula: `Σ ${flow} ÷ mean of ${side}_qty_l20 over the seconds that have it`,
    nullRule: noStep(flow),
    value: (lookBack, minutes) =>
      ratio(sumOf(lookBack, flow, minutes), depth(lookBack, side, minutes)),
  });
}

/** The mean quantity of a side's 20 levels. */
function depth(lookBack: LookBack, side: Side, minutes: number): number {
  return ratio(
    sumOf(lookBack, `${side}_depth`, minutes),
    sumOf(lookBack, 'depth_seconds', minutes),
  );
}
