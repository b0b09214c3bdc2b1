/** Says of a header without the required columns what is missing, and how to say which fields these are. */
import { requiredColumns, SIDE_COLUMN } from '../rule/recorded-columns.js';
import type { StreamName } from '../rule/symbol-day.js';
import { closestName } from '../unit/closest-name.js';
import { tableNames } from './column-names.js';

/**
 * Names seen in recordings that are no synonyms, because elsewhere they mean something else: good
 * enough for a proposal, not for reading a file by them.
 */
const PROBABLE: Readonly<Record<string, readonly string[]>> = {
  timestamp: ['ts', 'ts_ms', 'time_ms', 'timestamp_ms', 'trade_ts', 'date', 'datetime', 'when'],
  price: ['px', 'rate', 'last', 'last_price', 'trade_price'],
  quantity: ['vol', 'volume', 'sz', 'qnt', 'last_qty', 'trade_size', 'base_qty'],
  is_buyer_maker: ['maker', 'is_maker', 'buyer_maker'],
  side: ['taker_side', 'aggressor', 'aggressor_side', 'direction'],
  bids: ['bid', 'bid_levels', 'buy'],
  asks: ['ask', 'ask_levels', 'sell', 'offers'],
};

/** Shorter names are close to anything. */
const CLOSE_LENGTH_MIN = 5;

/** Of the proposal's places, one for which no name looks right. */
const ANY_NAME = 'NAME';

/** `unknown`: names in the header that mean nothing. */
export function expectedColumns(
  stream: StreamName,
  missing: readonly string[],
  unknown: readonly string[],
): string {
  const required = requiredColumns(stream).join(', ');
  const says = `the columns ${required} (missing: ${missing.join(', ')}`;
  return `${says}; name others with --columns ${proposal(stream, missing, unknown)})`;
}

function proposal(
  stream: StreamName,
  missing: readonly string[],
  unknown: readonly string[],
): string {
  // A name that the option cannot hold, or a shell would not pass on, is no proposal.
  const left = new Set(unknown.filter((name) => /^[\w .[\]-]+$/.test(name)));
  const parts = missing.map((column) => {
    for (const meant of column === 'is_buyer_maker' ? [column, SIDE_COLUMN] : [column]) {
      const name = probableName(stream, meant, left);
      if (name === undefined) continue;
      left.delete(name);
      return `${name}=${meant}`;
    }
    return `${ANY_NAME}=${column}`;
  });
  const text = `${stream}:${parts.join(',')}`;
  return /^[\w.:,=-]+$/.test(text) ? text : `'${text}'`;
}

function probableName(
  stream: StreamName,
  column: string,
  left: ReadonlySet<string>,
): string | undefined {
  const probable = PROBABLE[column] ?? [];
  const known = [...left].find((name) => probable.includes(name.toLowerCase()));
  if (known !== undefined) return known;
  const names = [...tableNames(stream, column), ...probable].filter(
    (name) => name.length >= CLOSE_LENGTH_MIN,
  );
  return [...left].find(
    (name) => name.length >= CLOSE_LENGTH_MIN && closestName(name, names) !== undefined,
  );
}
