/**
 * The rows of a signals file as texts, the plain way: every cell by its own rule in big integers. The oracle
 * of the encoder, with csv-stringify behind it.
 */
import { FILL_REASONS, type SignalColumn, SIGNALS } from '../../../src/core/column/signal-table.js';
import { type CellsOf, fileRows } from '../../../src/core/encode/file-rows.js';
import type { BookSignalColumn, SignalCells } from '../../../src/core/encode/signal-file.js';
import type { ExactCells } from '../../../src/core/grid/exact-cells.js';
import { formatDecimal } from '../../../src/core/unit/decimal.js';
import { isoStamp } from '../../../src/core/unit/utc-date.js';

/** Undefined: the book is not recorded. */
export type PlainBook = CellsOf<BookSignalColumn> | undefined;

export function plainSignalRows(
  { bars, flow, gaps }: Omit<SignalCells, 'book'>,
  book: PlainBook,
): string[][] {
  const { buyQuantity: buy, sellQuantity: sell } = bars;
  const cumulated = Array.from({ length: bars.length }, () => 0n);
  for (let bar = 0; bar < bars.length; bar++) {
    cumulated[bar] = (cumulated[bar - 1] ?? 0n) + buy.at(bar) - sell.at(bar);
  }
  const barQuote = bars.priceDecimals + bars.quantityDecimals;
  const flowQuote = flow.priceDecimals + flow.quantityDecimals;
  const cells: CellsOf<Exclude<SignalColumn, BookSignalColumn>> = {
    timestamp: (bar) => isoStamp(bars.startMs + bar * bars.barMs),
    fill_reason: (bar) =>
      (bars.tradeCount[bar] ?? 0) > 0 ? 'traded' : FILL_REASONS[gaps.reason[bar] ?? 0],
    trades_missing_ms: (bar) => String(gaps.tradesMissingMs[bar]),
    depth_missing_ms: (bar) => (book === undefined ? undefined : String(gaps.depthMissingMs[bar])),
    quote_total: text(bars.turnover, barQuote),
    quote_buy: text(flow.buyTurnover, flowQuote),
    cvd: (bar) => formatDecimal(cumulated[bar] ?? 0n, bars.quantityDecimals),
    delta_min: text(flow.deltaMin, flow.quantityDecimals),
    delta_max: text(flow.deltaMax, flow.quantityDecimals),
    taker_orders: (bar) => String(flow.takerOrders[bar]),
    taker_order_max: text(flow.takerOrderMax, flowQuote),
    large_buy: text(flow.largeBuy, flow.quantityDecimals),
    large_sell: text(flow.largeSell, flow.quantityDecimals),
  };
  const ofBook = book ?? cellsOfBook(() => undefined);
  return [...fileRows(SIGNALS, { ...cells, ...ofBook }, { rows: bars.length, carried: undefined })];
}

/** The same function for every column of the book. */
export function cellsOfBook<Cell>(cell: Cell): Readonly<Record<BookSignalColumn, Cell>> {
  return {
    book_count: cell,
    book_full_count: cell,
    bid_close: cell,
    ask_close: cell,
    bid_qty_close: cell,
    ask_qty_close: cell,
    spread_max: cell,
    imbalance_l1: cell,
    imbalance_l5: cell,
    bid_qty_l20: cell,
    ask_qty_l20: cell,
    bid_qty_l20_min: cell,
    ask_qty_l20_min: cell,
    bid_span_l20: cell,
    ask_span_l20: cell,
    ofi_l1: cell,
    ofi_l5: cell,
    bid_added: cell,
    bid_pulled: cell,
    ask_added: cell,
    ask_pulled: cell,
    bid_wall_pulled: cell,
    ask_wall_pulled: cell,
  };
}

function text(cells: ExactCells, decimals: number): (bar: number) => string {
  return (bar) => formatDecimal(cells.at(bar), decimals);
}
