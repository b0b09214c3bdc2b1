/** Official klines made from a bar table: they agree with it until a test changes one. */
import { type SignalColumn, SIGNALS } from '../../../src/core/column/signal-table.js';
import type { MinuteColumn } from '../../../src/core/klines/minute-figures.js';

const HEADER =
  'open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,' +
  'taker_buy_quote_volume,ignore';
const MINUTE_MS = 60_000;
const AT: Readonly<Record<MinuteColumn, number>> = {
  open: 1,
  high: 2,
  low: 3,
  close: 4,
  volume: 5,
  quote_volume: 7,
  count: 8,
  taker_buy_volume: 9,
  taker_buy_quote_volume: 10,
};

/** Cells of one kline in the order of the archives. */
export type KlineCells = string[];

/** One kline per row of a table of 1m bars; an unknown price, and quote volumes without signals, become 0. */
export function klinesOf(
  table: readonly (readonly string[])[],
  signals: readonly (readonly string[])[] = [],
): KlineCells[] {
  return table.slice(1).map((row, index) => {
    const [stamp = '', open = '', high = '', low = '', close = '', , volume = '', buy = ''] = row;
    const openMs = Date.parse(stamp);
    const prices = [open, high, low, close].map((cell) => (cell === '' ? '0' : `${cell}`));
    const head = [String(openMs), ...prices, volume, String(openMs + MINUTE_MS - 1)];
    const quote = (column: SignalColumn): string => signals[index + 1]?.[SIGNALS.at(column)] ?? '0';
    return [...head, quote('quote_total'), row[10] ?? '', buy, quote('quote_buy'), '0'];
  });
}

export function changed(kline: KlineCells, column: MinuteColumn, text: string): KlineCells {
  return kline.with(AT[column], text);
}

export function klineText(klines: readonly KlineCells[], { header = true } = {}): string {
  const lines = klines.map((cells) => cells.join(','));
  return `${(header ? [HEADER, ...lines] : lines).join('\n')}\n`;
}
