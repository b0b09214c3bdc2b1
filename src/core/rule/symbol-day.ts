/** What a symbol-day is, and of which streams it is recorded; by which rules is for rule-table.ts to say. */
import type { SymbolName } from '../unit/symbol.js';
import type { UtcDate } from '../unit/utc-date.js';

export type StreamName = 'trades' | 'depth';

export interface SymbolDay {
  readonly symbol: SymbolName;
  readonly date: UtcDate;
}

/** `BTCUSDT 2025-12-11`: a symbol-day among others. A symbol has no space. */
export function symbolDayKey({
  symbol,
  date,
}: {
  readonly symbol: string;
  readonly date: string;
}): string {
  return `${symbol} ${date}`;
}
