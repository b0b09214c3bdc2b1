/**
 * What a text frame of Binance's market streams is, in a combined stream (`{"stream": …, "data": …}`) or on its own.
 * Numbers stay the texts they came as; nothing is rounded or computed. Payloads:
 * https://developers.binance.com/docs/derivatives/usds-margined-futures/websocket-market-streams
 */
import { isDictionary, readJson } from '../unit/json.js';

/** A trade, or an aggregate of trades of one taker order at one price. */
export interface TradeFrame {
  readonly is: 'trade';
  readonly isAggregate: boolean;
  /** As the exchange writes it: `BTCUSDT`. */
  readonly symbol: string;
  /** Exchange time of the trade, epoch digits as received: `T`. */
  readonly timestamp: string;
  readonly price: string;
  readonly quantity: string;
  /** True: the seller was the aggressor. */
  readonly isBuyerMaker: boolean;
  /** `t`, or `a` of an aggregate. */
  readonly id: string;
  /** `X`; empty where the payload has none. */
  readonly execType: string;
  /** When the exchange sent it, epoch digits: `E`. */
  readonly eventTime: string;
}

export type Level = readonly [price: string, quantity: string];

/** A snapshot of the best levels, or a change of the book: only the stream's name tells (`streamName`). */
export interface DepthFrame {
  readonly is: 'depth';
  readonly symbol: string;
  /** `btcusdt@depth20@100ms`; empty for a frame on its own. */
  readonly streamName: string;
  /** Transaction time, epoch digits: `T`, else `E`. */
  readonly timestamp: string;
  /** In the order received. */
  readonly bids: readonly Level[];
  readonly asks: readonly Level[];
  /** `u`, the last update that the book contains. */
  readonly id: string;
  readonly eventTime: string;
}

/** The answer to SUBSCRIBE and the like. */
export interface ReplyFrame {
  readonly is: 'reply';
  readonly id: number | undefined;
  /** Undefined: acknowledged, which proves nothing about frames to come. */
  readonly error: string | undefined;
}

/** A well-formed event that no chunk holds, such as a kline. */
export interface OtherFrame {
  readonly is: 'other';
  readonly event: string;
}

export interface BrokenFrame {
  readonly is: 'broken';
  readonly found: string;
  readonly expected: string;
}

export type RowFrame = TradeFrame | DepthFrame;
export type Frame = RowFrame | ReplyFrame | OtherFrame | BrokenFrame;

/** Never throws: what is no frame is `broken`. */
export function decodeFrame(text: string): Frame {
  const value = readJson(text);
  if (!isDictionary(value)) return broken(text.slice(0, 40), 'a JSON object');
  return decodeMessage(value);
}

/** decodeFrame for a text that was parsed already. */
export function decodeMessage(value: Readonly<Record<string, unknown>>): Frame {
  const { stream, data } = value;
  if (typeof stream === 'string' && isDictionary(data)) return decodePayload(data, stream);
  if (value['e'] === undefined && ('result' in value || 'error' in value || 'code' in value)) {
    return decodeReply(value);
  }
  return decodePayload(value, '');
}

/** A well-formed cell cannot break the line of CSV that it ends up in. */
const NUMBER_PATTERN = /^[0-9.eE+-]+$/;
const WORD_PATTERN = /^\w*$/;

function decodePayload(payload: Readonly<Record<string, unknown>>, streamName: string): Frame {
  const { e: event } = payload;
  if (event === 'trade' || event === 'aggTrade') return decodeTrade(payload, event);
  if (event === 'depthUpdate') return decodeDepth(payload, streamName);
  if (typeof event === 'string') return { is: 'other', event };
  return broken(JSON.stringify(payload).slice(0, 40), "an event with its name in 'e'");
}

function decodeTrade(
  payload: Readonly<Record<string, unknown>>,
  event: 'trade' | 'aggTrade',
): TradeFrame | BrokenFrame {
  const isAggregate = event === 'aggTrade';
  const { s: symbol, p: price, q: quantity, m: isBuyerMaker, X: execType = '' } = payload;
  const tradedAt = wholeText(payload['T']);
  const eventTime = wholeText(payload['E']);
  const id = wholeText(payload[isAggregate ? 'a' : 't']);
  if (typeof symbol !== 'string') return missing(event, 's', symbol);
  if (tradedAt === undefined) return missing(event, 'T', payload['T']);
  if (eventTime === undefined) return missing(event, 'E', payload['E']);
  if (id === undefined)
    return missing(event, isAggregate ? 'a' : 't', payload[isAggregate ? 'a' : 't']);
  if (!isNumber(price)) return missing(event, 'p', price);
  if (!isNumber(quantity)) return missing(event, 'q', quantity);
  if (typeof isBuyerMaker !== 'boolean') return missing(event, 'm', isBuyerMaker);
  if (typeof execType !== 'string' || !WORD_PATTERN.test(execType))
    return missing(event, 'X', execType);
  const times = { timestamp: tradedAt, eventTime };
  return {
    is: 'trade',
    isAggregate,
    symbol,
    ...times,
    price,
    quantity,
    isBuyerMaker,
    id,
    execType,
  };
}

function decodeDepth(
  payload: Readonly<Record<string, unknown>>,
  streamName: string,
): DepthFrame | BrokenFrame {
  const { s: symbol, b: bids, a: asks } = payload;
  const eventTime = wholeText(payload['E']);
  const changedAt = wholeText(payload['T'] ?? payload['E']);
  const id = wholeText(payload['u']);
  if (typeof symbol !== 'string') return missing('depthUpdate', 's', symbol);
  if (eventTime === undefined) return missing('depthUpdate', 'E', payload['E']);
  if (changedAt === undefined) return missing('depthUpdate', 'T', payload['T']);
  if (id === undefined) return missing('depthUpdate', 'u', payload['u']);
  if (!isLevels(bids)) return missing('depthUpdate', 'b', bids);
  if (!isLevels(asks)) return missing('depthUpdate', 'a', asks);
  return { is: 'depth', symbol, streamName, timestamp: changedAt, bids, asks, id, eventTime };
}

function decodeReply({ id, error, code, msg }: Readonly<Record<string, unknown>>): ReplyFrame {
  const found = error ?? (code === undefined ? undefined : { code, msg });
  return {
    is: 'reply',
    id: typeof id === 'number' ? id : undefined,
    error: found === undefined ? undefined : JSON.stringify(found),
  };
}

/** A whole number that JSON carried without a loss, as text. */
function wholeText(value: unknown): string | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
    ? String(value)
    : undefined;
}

function isNumber(value: unknown): value is string {
  return typeof value === 'string' && NUMBER_PATTERN.test(value);
}

function isLevels(value: unknown): value is readonly Level[] {
  return Array.isArray(value) && value.every(isLevel);
}

function isLevel(value: unknown): value is Level {
  return Array.isArray(value) && isNumber(value[0]) && isNumber(value[1]);
}

function missing(event: string, field: string, found: unknown): BrokenFrame {
  return broken(
    `${event} with ${field} ${JSON.stringify(found) ?? 'absent'}`.slice(0, 60),
    `${field} as documented`,
  );
}

function broken(found: string, expected: string): BrokenFrame {
  return { is: 'broken', found: `'${found}'`, expected };
}
