/** The cells of a row of bars, each from the rows of its bar (docs/OUTPUT.md). */
import type { BarColumn } from '../column/bar-table.js';
import { isoStamp } from '../unit/utc-date.js';
import { counted } from '../unit/words.js';
import type { BarTrace } from '../trace/bar-trace.js';
import { type CellArithmetic, type CellsBy, cell, emptyCell, HALF_UP, meanCell } from './cell.js';
import type { BarContext } from './context.js';
import { meanShare, plain, plainProduct, plainShare, rounded, SCALE } from '../trace/exact.js';
import type { KeptTrade } from '../trace/rows.js';

export function barCells({ facts }: BarTrace, context: BarContext): CellsBy<BarColumn> {
  return {
    timestamp: cell(isoStamp(context.bar.fromMs), 'the begin of the bar'),
    ...priceCells(facts.trades, context),
    ...volumeCells(facts.trades),
    ...bookCells(facts.book),
  };
}

type PriceColumn = 'open' | 'high' | 'low' | 'close' | 'vwap';
type VolumeColumn = 'vol_total' | 'vol_buy' | 'vol_sell' | 'vol_delta' | 'trade_count';

function priceCells(
  trades: BarTrace['facts']['trades'],
  context: BarContext,
): CellsBy<PriceColumn> {
  const { count, first, last, high, low, turnover, quantity } = trades;
  if (first === undefined || last === undefined || high === undefined || low === undefined) {
    const carried = carriedCell(context);
    return { open: carried, high: carried, low: carried, close: carried, vwap: carried };
  }
  const among = counted(count, 'trade');
  const of = (what: string, row: KeptTrade): CellArithmetic =>
    cell(plain(row.price), `price of the ${what} of ${among}`, { trades: count }, [{ what, row }]);
  const sums = { sum_price_quantity: plainProduct(turnover), sum_quantity: plain(quantity) };
  return {
    open: of('first in Order', first),
    high: of('dearest', high),
    low: of('cheapest', low),
    close: of('last in Order', last),
    vwap: cell(
      rounded(turnover, quantity, SCALE),
      `Σ price·quantity ${sums.sum_price_quantity} ÷ Σ quantity ${sums.sum_quantity}, ${HALF_UP}`,
      sums,
    ),
  };
}

/** Of a bar without trades: what the row before it holds, or the price carried into the day. */
function carriedCell({ previous, seed }: BarContext): CellArithmetic {
  if (previous.bars !== undefined) {
    const { cells, file, line } = previous.bars;
    const close = cells['close'] ?? '';
    const from = `line ${line} of ${file}`;
    return close === ''
      ? emptyCell(`no trade in the bar, and none before it: close in ${from} is empty`)
      : cell(close, `no trade in the bar: close carried from ${from}`, { previous_close: close });
  }
  if (seed === null) return emptyCell('no trade in the bar, and none was found before 00:00');
  const { price, time, object } = seed;
  const how = `no trade in the bar: the price carried into the day, of ${time} in ${object}`;
  return cell(price, how, { seed_price: price });
}

function volumeCells(trades: BarTrace['facts']['trades']): CellsBy<VolumeColumn> {
  const { count, late, quantity, buyQuantity, sellQuantity } = trades;
  const [total, buy, sell] = [plain(quantity), plain(buyQuantity), plain(sellQuantity)];
  const lateWords = late === 0 ? '' : `, ${late} of them late`;
  const among = `${counted(count, 'trade')}${lateWords}`;
  return {
    vol_total: cell(total, `Σ quantity of ${among}: vol_buy ${buy} + vol_sell ${sell}`, {
      vol_buy: buy,
      vol_sell: sell,
    }),
    vol_buy: cell(buy, 'Σ quantity of the trades whose aggressor bought', { trades: count }),
    vol_sell: cell(sell, 'Σ quantity of the trades whose aggressor sold', { trades: count }),
    vol_delta: cell(plain(buyQuantity - sellQuantity), `vol_buy ${buy} − vol_sell ${sell}`, {
      vol_buy: buy,
      vol_sell: sell,
    }),
    trade_count: cell(String(count), `used trade rows whose time lies in the bar${lateWords}`),
  };
}

function bookCells({
  count,
  full,
  spread,
  shares,
}: BarTrace['facts']['book']): CellsBy<'avg_spread' | 'imbalance_l20'> {
  return {
    avg_spread: meanCell(spread, count, '(best ask − best bid)', NO_SNAPSHOT),
    imbalance_l20: shareCell(shares.l20, full, 20, noFull(count)),
  };
}

export const NO_SNAPSHOT = 'no usable snapshot in the bar; a quote is never carried forward';

export function noFull(count: number): string {
  return count === 0
    ? NO_SNAPSHOT
    : `none of ${counted(count, 'snapshot')} has 20 levels on both sides`;
}

/** A mean of shares of the bids. */
export function shareCell(
  sumE9: bigint,
  count: number,
  levels: number,
  why: string,
): CellArithmetic {
  if (count === 0) return emptyCell(why);
  const sum = plainShare(sumE9);
  const of = levels === 1 ? 'at the best level' : `over ${levels} levels`;
  const how = `Σ shares ${sum} ÷ ${counted(count, 'snapshot')}, ${HALF_UP}; a share is ΣBidQty ÷ (ΣBidQty + ΣAskQty) ${of}, half up to 1e-9`;
  return cell(meanShare(sumE9, count), how, { sum, count });
}
