/** A row on its way into a chunk. Cells are the source's own texts; all texts are Latin-1, a character for each byte. */
import type { StreamName } from '../rule/symbol-day.js';
import type { SymbolName } from '../unit/symbol.js';

export interface ImportRow {
  readonly symbol: SymbolName;
  readonly stream: StreamName;
  /** Header line of its chunk. */
  readonly header: string;
  /** Digits of the exchange time: 13 of milliseconds, 16 of microseconds, 19 of nanoseconds. */
  readonly timeDigits: number;
  /** Exchange time. */
  readonly timeMs: number;
  /** What decides in which chunk it is: the recorder's clock where the source has one, else the exchange time. */
  readonly arrivalMs: number;
  /** Of a trade; empty for none, and for a snapshot. */
  readonly id: string;
  /** The row without its line end. */
  readonly text: string;
}

/** Where a reader stands, for an error: `trades.csv line 7`. */
export type Where = () => string;

/** Reads one record of a source, a line or an object. */
export interface RecordReader {
  /** Undefined for what is no row of a chunk; then it is counted in `leftOut`, unless it is a header. Throws a data error. */
  read(record: string, where: Where): ImportRow | undefined;
  /** Records that became no row, by what they are. */
  readonly leftOut: ReadonlyMap<string, number>;
}

/** One more of these, which is no row. */
export function countIn(counts: Map<string, number>, what: string): void {
  counts.set(what, (counts.get(what) ?? 0) + 1);
}
