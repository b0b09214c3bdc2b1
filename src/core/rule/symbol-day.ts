/** A symbol-day and the streams that record it. */
import type { SymbolName } from '../unit/symbol.js';
import type { UtcDate } from '../unit/utc-date.js';

export const STREAMS = ['trades', 'depth'] as const;
export type StreamName = (typeof STREAMS)[number];

export interface SymbolDay {
  readonly symbol: SymbolName;
  readonly date: UtcDate;
}

/** A key such as `BTCUSDT 2025-12-11`. It is unique: a symbol has no space. */
export function symbolDayKey({
  symbol,
  date,
}: {
  readonly symbol: string;
  readonly date: string;
}): string {
  return `${symbol} ${date}`;
}
