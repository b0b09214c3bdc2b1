/**
 * Recorded frames as a market: captures with a line `<time> <json>` a frame (`<time>: <json>` as well), and chunks of depth,
 * which become frames of depth20@100ms. Events happen in the order of their file, at their event time.
 */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { isDictionary, readJson } from '../../../src/core/unit/json.js';
import type { ReplayedMarket } from './exchange-options.js';
import type { Emit, Market } from './market.js';

interface Recorded {
  readonly atMs: number;
  readonly stream: string;
  readonly id: number;
  readonly payload: string;
}

export function replayedMarket(options: ReplayedMarket, startMs: number): Market {
  const events = options.paths.flatMap((path) => readRecorded(path));
  events.sort((one, other) => one.atMs - other.atMs);
  const [first] = events;
  if (first === undefined) throw new Error(`no frame in ${options.paths.join(', ')}`);
  const shiftMs = options.shiftMs === 'now' ? Math.round(startMs - first.atMs) : options.shiftMs;
  let next = 0;
  return {
    advance: (elapsedMs: number, emit: Emit) => {
      for (; next < events.length; next++) {
        const event = events[next];
        if (event === undefined || event.atMs - first.atMs > elapsedMs * options.factor) return;
        emit(event.stream, event.id, () => shifted(event.payload, shiftMs));
      }
    },
    isOver: () => next === events.length,
  };
}

function shifted(payload: string, shiftMs: number): string {
  if (shiftMs === 0) return payload;
  return payload.replaceAll(
    /"([ET])":(\d+)/g,
    (_, name: string, digits: string) => `"${name}":${Number(digits) + shiftMs}`,
  );
}

function readRecorded(path: string): Recorded[] {
  const bytes = readFileSync(path);
  const lines = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').split('\n');
  const events = path.includes('.csv')
    ? lines.flatMap((line) => chunkRow(line, symbolOf(path)))
    : lines.flatMap((line) => frameLine(line));
  let latestMs = 0;
  return events.map((event) => {
    latestMs = Math.max(latestMs, event.atMs);
    return { ...event, atMs: latestMs };
  });
}

function frameLine(line: string): Recorded[] {
  const [, text] = /^[\d.]+:? (\{.*\})$/.exec(line) ?? [];
  const value = readJson(text ?? '');
  if (!isDictionary(value) || !isDictionary(value['data'])) return [];
  const { stream, data } = value;
  const { e: event, E: eventTime, T: transactionTime } = data;
  const id = Number(data[event === 'trade' ? 't' : event === 'aggTrade' ? 'a' : 'u']);
  const atMs = Number(eventTime ?? transactionTime);
  return [{ atMs, stream: String(stream), id, payload: JSON.stringify(data) }];
}

const FIRST_UPDATE_ID = 4_984_028_367_545;

function chunkRow(line: string, symbol: string): Recorded[] {
  const [, digits, bids, asks] = /^(\d{13}),"(\[.*?\]\])","(\[.*?\]\])"/.exec(line) ?? [];
  if (digits === undefined || bids === undefined || asks === undefined) return [];
  const atMs = Number(digits);
  // The chunks have no update id: any that grows with the time.
  const id = FIRST_UPDATE_ID + (atMs % 1_000_000_000);
  const levels = `"b":${bids.replaceAll('""', '"')},"a":${asks.replaceAll('""', '"')}`;
  const payload = `{"e":"depthUpdate","E":${atMs},"T":${atMs},"s":"${symbol}","ps":"${symbol}","U":${id},"u":${id},"pu":${id - 1},${levels},"st":1}`;
  return [{ atMs, stream: `${symbol.toLowerCase()}@depth20@100ms`, id, payload }];
}

/** Of `…/BTCUSDT/depth/2024-07-18/23-57.csv`. */
function symbolOf(path: string): string {
  return path.split('/').at(-4) ?? '';
}
