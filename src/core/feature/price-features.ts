/** Features of the traded price. Seconds without trades give none, so a carried price from before the window has no part. */
import type { Feature } from './feature.js';
import { featuresOf } from './feature.js';
import { extremeOf, firstOf, lastOf, type LookBack, ratio, sumOf } from './look-back.js';

const BPS = 10_000;
const ONE_E8 = 100_000_000;
const NO_TRADES = 'no trades in the window';

export const PRICE_FEATURES: readonly Feature[] = [
  ...featuresOf({
    name: 'return',
    unit: 'bps',
    formula: '(last close − first open) ÷ first open × 10,000, over seconds with trades',
    nullRule: NO_TRADES,
    value: (lookBack, minutes) => {
      const open = firstOf(lookBack, 'open', minutes);
      return ratio((lastOf(lookBack, 'close', minutes) - open) * BPS, open);
    },
  }),
  ...featuresOf({
    name: 'realised_volatility',
    unit: 'bps',
    formula:
      '√ Σ ((close − close before) ÷ close before)² × 10,000, over closes of seconds with trades, both inside the window',
    nullRule: 'fewer than two seconds with trades in the window',
    value: realisedVolatility,
  }),
  ...featuresOf({
    name: 'range_position',
    unit: 'ratio',
    formula:
      '((last close − lowest low) − (highest high − last close)) ÷ (highest high − lowest low), over seconds with trades: -1 at the low, 1 at the high',
    nullRule: 'no trades in the window, or all at one price',
    value: (lookBack, minutes) => {
      const close = lastOf(lookBack, 'close', minutes);
      const high = extremeOf(lookBack, 'high', { minutes, sign: 1 });
      const low = extremeOf(lookBack, 'low', { minutes, sign: -1 });
      return ratio(close - low - (high - close), high - low);
    },
  }),
  ...featuresOf({
    name: 'vwap_distance',
    unit: 'bps',
    formula: '(last close − vwap) ÷ vwap × 10,000 with vwap = Σ quote_total ÷ Σ vol_total',
    nullRule: NO_TRADES,
    value: (lookBack, minutes) => {
      const volume = sumOf(lookBack, 'volume', minutes);
      const vwap = ratio(sumOf(lookBack, 'quote', minutes), volume);
      const close = lastOf(lookBack, 'close', minutes) / ONE_E8;
      return ratio((close - vwap) * BPS, vwap);
    },
  }),
];

/** Minutes are joined by the return from the last close of one to the first close of the next with trades. */
function realisedVolatility({ column, end }: LookBack, minutes: number): number {
  const [squares, firstClose, close] = [column('squares'), column('first_close'), column('close')];
  let sum = Number.NaN;
  let before = Number.NaN;
  for (let at = end - minutes; at < end; at++) {
    const first = firstClose[at] ?? Number.NaN;
    if (Number.isNaN(first)) continue;
    const link = (first - before) / before;
    if (!Number.isNaN(link)) sum = (Number.isNaN(sum) ? 0 : sum) + link * link;
    const inside = squares[at] ?? Number.NaN;
    if (!Number.isNaN(inside)) sum = (Number.isNaN(sum) ? 0 : sum) + inside;
    before = close[at] ?? Number.NaN;
  }
  return Math.sqrt(sum) * BPS;
}
