/** The close of each minute of a day, for models that read prices alone. */
import { GAP_OUTAGE, type SecondPrices } from '../minute/second-prices.js';
import type { TypedColumn } from '../typed/typed-rows.js';
import { DAY_MINUTES, MINUTE_MS } from '../unit/utc-date.js';
import { CLOSE_COLUMNS } from './sample-table.js';

const PRICE_ONE = 1e8;
const MINUTE_SECONDS = 60;

/** One row a minute; the close of a minute that an outage touches is not known. */
export function closeRows({ startMs, closeE8, gap }: SecondPrices): TypedColumn[] {
  const times = new Float64Array(DAY_MINUTES);
  const closes = new Float64Array(DAY_MINUTES);
  for (let minute = 0; minute < DAY_MINUTES; minute++) {
    const end = (minute + 1) * MINUTE_SECONDS;
    times[minute] = startMs + (minute + 1) * MINUTE_MS;
    const isWhole = !gap.subarray(end - MINUTE_SECONDS, end).includes(GAP_OUTAGE);
    closes[minute] = isWhole ? (closeE8[end - 1] ?? Number.NaN) / PRICE_ONE : Number.NaN;
  }
  const cells = [times, closes];
  return CLOSE_COLUMNS.map(({ field }, at) => ({ field, numbers: cells[at] ?? times }));
}
