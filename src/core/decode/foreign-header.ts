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
  side: [
    'taker',
    'taker_side',
    'takerside',
    'aggressor',
    'aggressor_side',
    'trade_side',
    'direction',
  ],
  bids: ['bid', 'bid_levels', 'buy'],
  asks: ['ask', 'ask_levels', 'sell', 'offers'],
};

/** Shorter names are close to anything. */
const CLOSE_LENGTH_MIN = 5;

/** Of the proposal's places, one for which no name looks right. */
const ANY_NAME = 'NAME';

/** Others the option cannot hold, or a shell would not pass on. */
const SAYABLE_PATTERN = /^[\w .[\]-]+$/;

/** A price or a quantity of one level: `bids[0].price`, `bid_price_0`, `b0`. */
const LEVEL_NAME =
  /^(?:b|bids?|a|asks?)[\W_]*(?:p|px|price|q|qty|quantity|size|sz|amount)?[\W_]*\d/i;
const LEVEL_NAMES_MIN = 2;

/** `unknown`: names in the header that mean nothing. */
export function expectedColumns(
  stream: StreamName,
  missing: readonly string[],
  unknown: readonly string[],
): string {
  const lacksSide = missing.some((column) => column === 'bids' || column === 'asks');
  if (lacksSide && unknown.filter((name) => LEVEL_NAME.test(name)).length >= LEVEL_NAMES_MIN) {
    return 'one json array of [price, quantity] pairs per side (levels in columns of their own are not read: convert them)';
  }
  const required = requiredColumns(stream).join(', ');
  const says = `the columns ${required} (missing: ${missing.join(', ')}`;
  return `${says}; name others with ${proposal(stream, missing, unknown)})`;
}

/** The option by which a header's `name` is the aggressor's side. */
export function sideOption(name: string | undefined): string {
  const isSayable = name !== undefined && SAYABLE_PATTERN.test(name);
  return columnsOption('trades', [`${isSayable ? name : ANY_NAME}=${SIDE_COLUMN}`]);
}

function proposal(
  stream: StreamName,
  missing: readonly string[],
  unknown: readonly string[],
): string {
  const left = new Set(unknown.filter((name) => SAYABLE_PATTERN.test(name)));
  const parts = missing.map((column) => {
    const meanings = column === 'is_buyer_maker' ? [column, SIDE_COLUMN] : [column];
    // A known name before any that is close to one: taker is a side, and close to maker.
    for (const find of [knownName, closeName]) {
      for (const meant of meanings) {
        const name = find(left, meant, stream);
        if (name === undefined) continue;
        left.delete(name);
        return `${name}=${meant}`;
      }
    }
    return `${ANY_NAME}=${column}`;
  });
  return columnsOption(stream, parts);
}

function columnsOption(stream: StreamName, parts: readonly string[]): string {
  const text = `${stream}:${parts.join(',')}`;
  return `--columns ${/^[\w.:,=-]+$/.test(text) ? text : `'${text}'`}`;
}

function knownName(left: ReadonlySet<string>, column: string): string | undefined {
  const probable = PROBABLE[column] ?? [];
  return [...left].find((name) => probable.includes(name.toLowerCase()));
}

function closeName(
  left: ReadonlySet<string>,
  column: string,
  stream: StreamName,
): string | undefined {
  const names = [...tableNames(stream, column), ...(PROBABLE[column] ?? [])].filter(
    (name) => name.length >= CLOSE_LENGTH_MIN,
  );
  return [...left].find(
    (name) => name.length >= CLOSE_LENGTH_MIN && closestName(name, names) !== undefined,
  );
}
