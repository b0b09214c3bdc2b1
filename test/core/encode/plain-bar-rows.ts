/**
 * The rows of a bar file as texts, the plain way: every cell by its own rule in big integers. The oracle
 * of the encoder, with csv-stringify behind it.
 */
import { IMBALANCE_DECIMALS } from '../../../src/core/book/book-grid.js';
import { type BarColumn, BARS } from '../../../src/core/column/bar-table.js';
import { quotientDecimals } from '../../../src/core/column/file-table.js';
import { type BarCells, barFile } from '../../../src/core/encode/bar-file.js';
import { type CellsOf, fileRows } from '../../../src/core/encode/file-rows.js';
import { divideHalfUp, formatDecimal, powerOfTen } from '../../../src/core/unit/decimal.js';
import { isoStamp } from '../../../src/core/unit/utc-date.js';
import { codec } from '../../../src/edge/format/codec.js';

export function plainBarRows({ bars, book }: BarCells, seedPrice: string | undefined): string[][] {
  const { priceDecimals, quantityDecimals } = bars;
  const traded = (text: (bar: number) => string) => (bar: number) =>
    bars.tradeCount[bar] === 0 ? undefined : text(bar);
  const edge = (cells: typeof bars.open) =>
    traded((bar) => formatDecimal(cells.cellsOf(bar).at(bar), priceDecimals));
  const quantity = (of: (bar: number) => bigint) => (bar: number) =>
    formatDecimal(of(bar), quantityDecimals);
  const [buy, sell] = [bars.buyQuantity, bars.sellQuantity];
  const cells: CellsOf<BarColumn> = {
    timestamp: (bar) => isoStamp(bars.startMs + bar * bars.barMs),
    open: edge(bars.open),
    high: traded((bar) => formatDecimal(bars.high.at(bar), priceDecimals)),
    low: traded((bar) => formatDecimal(bars.low.at(bar), priceDecimals)),
    close: edge(bars.close),
    vwap: traded((bar) =>
      quotient('vwap', bars.turnover.at(bar), buy.at(bar) + sell.at(bar), priceDecimals),
    ),
    vol_total: quantity((bar) => buy.at(bar) + sell.at(bar)),
    vol_buy: quantity((bar) => buy.at(bar)),
    vol_sell: quantity((bar) => sell.at(bar)),
    vol_delta: quantity((bar) => buy.at(bar) - sell.at(bar)),
    trade_count: (bar) => String(bars.tradeCount[bar]),
    avg_spread: (bar) => {
      const count = BigInt(book.spreadCount[bar] ?? 0);
      if (count === 0n) return undefined;
      return quotient('avg_spread', book.spread.at(bar), count, book.priceDecimals);
    },
    imbalance_l20: (bar) => {
      const count = BigInt(book.imbalanceCount[bar] ?? 0);
      if (count === 0n) return undefined;
      return quotient('imbalance_l20', book.imbalance.at(bar), count, IMBALANCE_DECIMALS);
    },
  };
  return [...fileRows(BARS, cells, { rows: bars.length, carried: seedPrice })];
}

function quotient(
  column: BarColumn,
  numerator: bigint,
  denominator: bigint,
  scale: number,
): string {
  const decimals = quotientDecimals(BARS, column);
  const exact = divideHalfUp(numerator * powerOfTen(decimals), denominator * powerOfTen(scale));
  return formatDecimal(exact, decimals);
}

/** The rows of the product's bar file, without the header. */
export function barFileRows(cells: BarCells, seedPrice?: string): string[][] {
  const [header, ...lines] = codec.decode(barFile(cells, seedPrice)).split('\n');
  if (header !== BARS.header.join(',') || lines.pop() !== '') throw new Error('no bar file');
  return lines.map((line) => line.split(','));
}
