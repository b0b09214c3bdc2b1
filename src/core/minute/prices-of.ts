/** The seconds of a day as labels meet them. */
import { dayStartMs } from '../unit/utc-date.js';
import { unitsE8 } from './price-scale.js';
import type { SecondDay } from './second-day.js';
import type { SecondPrices } from './second-prices.js';

export function pricesOf({ date, bar, gap }: SecondDay): SecondPrices {
  const trades = bar('trade_count');
  const traded = new Uint8Array(trades.length);
  for (let row = 0; row < traded.length; row++) traded[row] = trades.sign(row) > 0 ? 1 : 0;
  return {
    startMs: dayStartMs(date),
    openE8: unitsE8(bar('open')),
    highE8: unitsE8(bar('high')),
    lowE8: unitsE8(bar('low')),
    closeE8: unitsE8(bar('close')),
    traded,
    gap,
  };
}
