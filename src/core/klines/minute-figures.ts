/** The figures that a minute of ours and an official kline share, as exact integers. */
import { CELL_DECIMALS } from '../check/cell-values.js';
import { formatDecimal, parseDecimal, powerOfTen } from '../unit/decimal.js';

/** In the order in which differences are listed, with the names of the archives. */
export const MINUTE_COLUMNS = [
  'open',
  'high',
  'low',
  'close',
  'volume',
  'taker_buy_volume',
  'count',
  'quote_volume',
  'taker_buy_quote_volume',
] as const;
export type MinuteColumn = (typeof MINUTE_COLUMNS)[number];

/** Those that come from signals, not from bars. */
export const QUOTE_COLUMNS = ['quote_volume', 'taker_buy_quote_volume'] as const;
export type QuoteColumn = (typeof QUOTE_COLUMNS)[number];

/**
 * In units of 10^-CELL_DECIMALS. Undefined: an empty cell, whose price is not known, or a quote volume
 * that is not to be compared.
 */
export type MinuteFigures = Readonly<Record<MinuteColumn, bigint | undefined>>;

/** Reads any notation of the archives, padded or with an exponent; undefined if it is not a number. */
export function figureOf(text: string): bigint | undefined {
  const decimal = parseDecimal(text);
  if (decimal === undefined) return undefined;
  return decimal.mantissa * powerOfTen(CELL_DECIMALS - decimal.decimals);
}

/** Plain notation; empty for an empty cell. */
export function figureText(figure: bigint | undefined): string {
  return figure === undefined ? '' : formatDecimal(figure, CELL_DECIMALS);
}
