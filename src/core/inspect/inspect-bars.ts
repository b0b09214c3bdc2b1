/** A bar file by itself: what it spans and holds, and the checks that it can be put to alone. */
import { BAR_COLUMNS } from '../bar/columns.js';
import { checkBars } from '../check/bar-file-checks.js';
import { type Bar, CELL_DECIMALS, CELL_ONE } from '../check/bar-file-values.js';
import { formatDecimal } from '../unit/decimal.js';
import type { BarFileShape } from './bar-file-shape.js';
import type { BarsInspection } from './inspection.js';

/** `seedPrice`: what the quality report beside it says; undefined: there is none to go by. */
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
  const { checks, rows } = checkBars(table, expectation, (bar) => totals.take(bar));
  const stampAt = BAR_COLUMNS.indexOf('timestamp');
  const { low, high } = totals;
  return {
    kind: 'bars',
    date,
    resolution: resolution.name,
    rows,
    first: table[1]?.[stampAt] ?? '',
    last: table.at(-1)?.[stampAt] ?? '',
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

  take({ tradeCount = 0n, volTotal = 0n, low, high }: Bar): void {
    if (tradeCount === 0n) return;
    this.barsWithTrades += 1;
    this.trades += tradeCount;
    this.volume += volTotal;
    if (low !== undefined && (this.low === undefined || low < this.low)) this.low = low;
    if (high !== undefined && (this.high === undefined || high > this.high)) this.high = high;
  }
}
