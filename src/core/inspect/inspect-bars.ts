/** Inspects one bar file: what it spans and holds, and the checks that need no other file. */
import { checkBars } from '../check/bar-file-checks.js';
import { CELL_DECIMALS, CELL_ONE, type RowValues } from '../check/cell-values.js';
import { BARS } from '../column/bar-table.js';
import { formatDecimal } from '../unit/decimal.js';
import type { BarFileShape } from './grid-file-shape.js';
import type { BarsInspection } from './inspection.js';

const TIME_AT = BARS.at('timestamp');
const HIGH_AT = BARS.at('high');
const LOW_AT = BARS.at('low');
const VOLUME_AT = BARS.at('vol_total');
const COUNT_AT = BARS.at('trade_count');

/** `seedPrice`: from the quality report beside it; undefined if there is none. */
export function inspectBars(
  table: readonly (readonly string[])[],
  { date, resolution, carriedPrice }: BarFileShape,
  { name, seedPrice }: { readonly name: string; readonly seedPrice: string | null | undefined },
): BarsInspection {
  const totals = new Totals();
  const expectation = {
    name,
    date,
    resolution,
    seedPrice: seedPrice === undefined ? carriedPrice : seedPrice,
  };
  const { checks, rows } = checkBars(table, expectation, (values) => totals.take(values));
  const { low, high } = totals;
  return {
    kind: 'bars',
    date,
    resolution: resolution.name,
    rows,
    first: table[1]?.[TIME_AT] ?? '',
    last: table.at(-1)?.[TIME_AT] ?? '',
    bars_with_trades: totals.barsWithTrades,
    trades: Number(totals.trades / CELL_ONE),
    volume: formatDecimal(totals.volume, CELL_DECIMALS),
    price:
      low === undefined || high === undefined
        ? null
        : { low: formatDecimal(low, CELL_DECIMALS), high: formatDecimal(high, CELL_DECIMALS) },
    seed: seedPrice === undefined ? 'first row' : 'quality report',
    good: checks.every(({ ok }) => ok),
    checks,
  };
}

class Totals {
  barsWithTrades = 0;
  trades = 0n;
  volume = 0n;
  low: bigint | undefined;
  high: bigint | undefined;

  take(values: RowValues): void {
    const tradeCount = values[COUNT_AT] ?? 0n;
    if (tradeCount === 0n) return;
    const low = values[LOW_AT];
    const high = values[HIGH_AT];
    this.barsWithTrades += 1;
    this.trades += tradeCount;
    this.volume += values[VOLUME_AT] ?? 0n;
    if (low !== undefined && (this.low === undefined || low < this.low)) this.low = low;
    if (high !== undefined && (this.high === undefined || high > this.high)) this.high = high;
  }
}
