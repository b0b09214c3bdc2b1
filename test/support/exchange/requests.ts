/** The exchange's side of SUBSCRIBE and the like: limits, answers and errors. */
import { isDictionary, readJson } from '../../../src/core/unit/json.js';
import type { ExchangeConnection } from './exchange-connection.js';
import type { LastingFault } from './exchange-options.js';

/** Limits that the exchange documents: messages of any kind a second, and streams of a connection. */
export const MESSAGES_PER_SECOND_MAX = 10;
export const STREAMS_MAX = 1_024;

/** What a request changes, and the answer to it. */
export function answer(
  connection: ExchangeConnection,
  text: string,
  faults: readonly LastingFault[],
): Readonly<Record<string, unknown>> {
  const request = readJson(text);
  if (!isDictionary(request)) return error(undefined, 3, 'Invalid JSON');
  const { method, params, id } = request;
  if (method === 'LIST_SUBSCRIPTIONS') {
    return { result: [...connection.subscribed.keys()], id };
  }
  if (method !== 'SUBSCRIBE' && method !== 'UNSUBSCRIBE') {
    return error(id, 2, `Invalid request: unknown variant ${String(method)}`);
  }
  if (!isNames(params)) {
    return error(id, 2, 'Invalid request: params must be names of streams');
  }
  if (typeof id !== 'number' || !Number.isSafeInteger(id) || id < 0) {
    return error(undefined, 2, 'Invalid request: id must be unsigned');
  }
  const isUnknown = (stream: string): boolean =>
    faults.some((fault) => fault.is === 'unknown' && connection.isAt(fault.on, stream));
  const unknown = method === 'SUBSCRIBE' ? params.find((name) => isUnknown(name)) : undefined;
  if (unknown !== undefined) {
    return error(id, 2, `Invalid request: unknown stream ${unknown}`);
  }
  for (const stream of params) {
    if (method === 'UNSUBSCRIBE') connection.subscribed.delete(stream);
    else connection.subscribe(stream, faults);
  }
  return { result: null, id };
}

/** Counts the messages of one client; true once it sends more than it may. */
export function messageLimit(): () => boolean {
  const recentMs: number[] = [];
  return () => {
    const nowMs = performance.now();
    recentMs.push(nowMs);
    while ((recentMs[0] ?? nowMs) <= nowMs - 1_000) recentMs.shift();
    return recentMs.length > MESSAGES_PER_SECOND_MAX;
  };
}

function isNames(params: unknown): params is readonly string[] {
  return (
    Array.isArray(params) && params.every((name) => typeof name === 'string' && name.includes('@'))
  );
}

function error(id: unknown, code: number, msg: string): Readonly<Record<string, unknown>> {
  return { error: { code, msg }, ...(id === undefined ? {} : { id }) };
}
