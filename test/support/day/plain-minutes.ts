/** Minutes of a plain recording, as the ground for one fault each. */
import { book, chunk, depthHeader, levels, trade, tradesHeader } from '../oracle/raw-text.js';
import type { OracleObject } from '../oracle/reading.js';

const MINUTE_MS = 60_000;

/** A minute of snapshots a second. */
export function books(
  minute: number,
  sides: { readonly bids?: string[][]; readonly asks?: string[][] } = {},
): OracleObject {
  const { bids = levels(100, -1, '1'), asks = levels(101, 1, '1') } = sides;
  const lines = Array.from({ length: 60 }, (_, second) =>
    book(minute * MINUTE_MS + second * 1_000, bids, asks),
  );
  return chunk('depth', minute, [depthHeader, ...lines]);
}

/** A minute of two trades a second, one at each quote. */
export function trades(minute: number, rest: readonly string[] = []): OracleObject {
  const lines = Array.from({ length: 120 }, (_, index) =>
    trade(
      minute * MINUTE_MS + index * 500 + 1,
      index % 2 === 0 ? '101' : '100',
      '1',
      index % 2 === 0 ? 'false' : 'true',
    ),
  );
  return chunk('trades', minute, [tradesHeader, ...lines, ...rest]);
}

/** Nine minutes of recording; each trade goes through `change`. */
export function nineMinutes(change: (line: string, index: number) => string): OracleObject[] {
  const lines = Array.from({ length: 1_080 }, (_, n) =>
    change(trade(n * 500 + 1, n % 2 === 0 ? '101' : '100', '1', String(n % 2 === 1)), n),
  );
  return [
    chunk('trades', 0, [tradesHeader, ...lines]),
    ...Array.from({ length: 9 }, (_, minute) => books(minute)),
  ];
}
