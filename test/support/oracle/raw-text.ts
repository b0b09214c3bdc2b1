/**
 * Builds raw chunks of one hand-made symbol-day as text, by default in the canonical shape.
 */
import type { Stream } from './chunk.js';
import { oracleDay } from './oracle-day.js';
import type { OracleDay, OracleOptions } from './oracle-day.js';
import type { OracleObject } from './reading.js';

export const symbol = 'BTCUSDT';
export const date = '2024-03-02';
export const dayStartMs: number = Date.parse(`${date}T00:00:00.000Z`);

export const tradesHeader = 'timestamp,price,quantity,is_buyer_maker';
export const tradesWithIdHeader = `${tradesHeader},trade_id`;
export const depthHeader = 'timestamp,bids,asks';

/** The name of a chunk; minutes are counted from 00:00 of the day and may be negative. */
export function chunkName(stream: Stream, minute: number, suffix = '.csv'): string {
  const text = new Date(dayStartMs + minute * 60_000).toISOString();
  return `${symbol}/${stream}/${text.slice(0, 10)}/${text.slice(11, 13)}-${text.slice(14, 16)}${suffix}`;
}

/** An object of lines, each ended by a line feed. */
export function chunk(
  stream: Stream,
  minute: number,
  lines: string[],
  suffix = '.csv',
): OracleObject {
  return objectOf(chunkName(stream, minute, suffix), lines.map((line) => `${line}\n`).join(''));
}

export function objectOf(name: string, text: string): OracleObject {
  return { name, content: Buffer.from(text, 'latin1') };
}

/** A row of trades; the offset is from 00:00 of the day. */
export function trade(
  offsetMs: number,
  price: string,
  quantity: string,
  ...rest: [isBuyerMaker?: string, ...optional: string[]]
): string {
  const [isBuyerMaker = 'false', ...optional] = rest;
  return [dayStartMs + offsetMs, price, quantity, isBuyerMaker, ...optional].join(',');
}

/** A row of depth. */
export function book(
  offsetMs: number,
  bids: string[][],
  asks: string[][],
  ...optional: string[]
): string {
  return [dayStartMs + offsetMs, quotedJson(bids), quotedJson(asks), ...optional].join(',');
}

/** The requested number of levels, all of one quantity, at whole prices going away from the best. */
export function levels(best: number, step: 1 | -1, quantity: string, count = 20): string[][] {
  return Array.from({ length: count }, (_, index) => [(best + step * index).toString(), quantity]);
}

export function quotedJson(value: unknown): string {
  return `"${JSON.stringify(value).replaceAll('"', '""')}"`;
}

export function dayOf(objects: OracleObject[], options: Partial<OracleOptions> = {}): OracleDay {
  return oracleDay(objects, { symbol, date, resolutions: ['1m'], ...options });
}

/** One bar's cells by column. */
export function barOf(day: OracleDay, resolution: string, index: number): Record<string, string> {
  const lines = (day.bars.get(resolution) ?? '').split('\n');
  const names = (lines[0] ?? '').split(',');
  const cells = (lines[index + 1] ?? '').split(',');
  return Object.fromEntries(names.map((name, column) => [name, cells[column] ?? 'no such cell']));
}
