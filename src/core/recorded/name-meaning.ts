/** What the name of a folder, or a piece of a file's name, most likely means. */
import type { RawLayout } from '../rule/layout.js';
import { STREAMS, type StreamName } from '../rule/symbol-day.js';

/** The stream that a name suggests. */
export function streamMeant(
  name: string,
  { streamNames }: Pick<RawLayout, 'streamNames'>,
): StreamName | undefined {
  const own = STREAMS.find((stream) => streamNames[stream] === name);
  if (own !== undefined) return own;
  if (/^(?:agg|raw|public|futures)?[_-]?trades?$/i.test(name)) return 'trades';
  return /^(?:partial)?[_-]?(?:depth|book(?!_?ticker)|order_?book|l2_?book|snapshots?)/i.test(name)
    ? 'depth'
    : undefined;
}

/** Binance's way of writing symbols, in either case. */
export function isSymbolLike(name: string): boolean {
  return /^[\p{L}\p{Nd}]+(?:USDT|USDC|USD|BUSD|BTC|ETH|PERP)(?:[_-]\w+)?$/iu.test(name);
}

export function isDate(name: string): boolean {
  return /^\d{4}-?\d{2}-?\d{2}$/.test(name);
}

export function isYear(name: string): boolean {
  return /^(?:19|20)\d{2}$/.test(name);
}

/** `2025-12-20` or `20251220`. */
export function dateToken(name: string): string {
  return name.includes('-') ? '{date}' : '{year}{month}{day}';
}

/** Names as `_dataset.json` and `.DS_Store` are those of programs, and no part of a recording. */
export function isAside(path: string): boolean {
  return /^[_.]/u.test(path.slice(path.lastIndexOf('/') + 1));
}

/** Endings of files that are read only once something is done with them. */
const PACKED: Readonly<Record<string, string>> = {
  zip: 'unpack it',
  zst: 'unpack it, or pack it with gzip',
  parquet: 'write it as CSV',
  json: 'write it as CSV',
};

/** What to do with a file before its rows can be read; undefined for others. */
export function unpackAdvice(path: string): string | undefined {
  return PACKED[(/\.(\w+)$/u.exec(path)?.[1] ?? '').toLowerCase()];
}

/** `1 file that is no chunk: X.zip`. */
export function noChunkText(count: number, first: string): string {
  const what = count === 1 ? '1 file that is no chunk' : `${count} files that are no chunks`;
  return `${what}: ${first.slice(first.lastIndexOf('/') + 1)}${count === 1 ? '' : ', …'}`;
}
