/** Files of one's own with rows at given times, for tests of where rows go. */
import { symbolName } from '../../../src/core/unit/symbol.js';
import { lines, START_MS } from './source-samples.js';

export const OWN_HEADER = 'timestamp,price,quantity,is_buyer_maker,trade_id';
/** The folder of their day. */
export const OWN_DAY = 'BTCUSDT/trades/2024-07-18';
export const OWN_HINTS = { symbol: symbolName('BTCUSDT', 'test') } as const;

/** Rows so many milliseconds after the start, numbered. */
export function ownFile(times: readonly number[], from = 1): string {
  const rows = times.map((atMs, index) => `${START_MS + atMs},1.0,2.0,true,${from + index}`);
  return lines([OWN_HEADER, ...rows]);
}
