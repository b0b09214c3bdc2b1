/**
 * The oracle's way from named objects to the chunk minutes that a day reads, in read order. Outcomes are
 * decided elsewhere.
 */
import { chunkOf, textOf } from './chunk.js';
import type { Chunk, DepthRow, MalformedRow, Row, Stream, TradeRow } from './chunk.js';
import type { AddedColumn } from './columns.js';

/** What a chunk holds: a minute, in the default layout, or an hour, in the same without the minute. */
export type ChunkMinutes = 1 | 60;

/** One stored object; its name is relative to the raw root. */
export interface OracleObject {
  name: string;
  content: Uint8Array;
}

export const minuteMs = 60_000;
export const dayMs = 86_400_000;

/** One object that was read or tried; of identical contents only the first by name. */
export interface ReadObject {
  name: string;
  stream: Stream;
  chunkMinuteMs: number;
  /** Undefined where the object is unreadable. */
  rows: Row[] | undefined;
  /** The same with what is known of the chunk as a whole. */
  chunk: Chunk | undefined;
}

/** A row and its object. */
export interface Placed<R extends Row = Row> {
  object: ReadObject;
  row: R;
}

export interface Malformed {
  object: string;
  line: number;
  column: string | undefined;
  found: string;
  expected: string;
}

export type WellFormedRow = TradeRow | DepthRow;

/** Everything of one symbol that can be read, by (stream, chunk minute, object name). */
export function readAll(
  objects: OracleObject[],
  symbol: string,
  added: AddedColumn[] = [],
  chunkMinutes: ChunkMinutes = 1,
): ReadObject[] {
  const named = objects
    .flatMap((object) => {
      const place = placeOf(object.name, symbol, chunkMinutes);
      return place === undefined ? [] : [{ ...place, object }];
    })
    .sort(
      (a, b) =>
        compare(a.stream, b.stream) ||
        a.chunkMinuteMs - b.chunkMinuteMs ||
        compare(a.object.name, b.object.name),
    );

  const contentsSeen = new Set<string>();
  return named.flatMap(({ stream, chunkMinuteMs, object }): ReadObject[] => {
    const text = textOf(object.content);
    const chunk = text === undefined ? undefined : chunkOf(stream, text, added);
    if (text !== undefined) {
      const key = `${stream} ${chunkMinuteMs} ${text}`;
      if (contentsSeen.has(key)) return [];
      contentsSeen.add(key);
    }
    return [{ name: object.name, stream, chunkMinuteMs, rows: chunk?.rows, chunk }];
  });
}

/** The objects of one stream whose chunk minute lies in [fromMs, toMs). */
export function within(
  read: ReadObject[],
  stream: Stream,
  fromMs: number,
  toMs: number,
): ReadObject[] {
  return read.filter(
    (object) =>
      object.stream === stream && object.chunkMinuteMs >= fromMs && object.chunkMinuteMs < toMs,
  );
}

/** All rows in read order: chunk minute, object name, row number. */
export function placedRows(objects: ReadObject[]): Placed[] {
  return objects.flatMap((object) => (object.rows ?? []).map((row) => ({ object, row })));
}

/** The well-formed rows by time, ties in read order, because the sort is stable. */
export function inOrder<R extends WellFormedRow>(placed: Placed<R>[]): Placed<R>[] {
  return [...placed].sort((a, b) => a.row.timeMs - b.row.timeMs);
}

export function isWellFormed(placed: Placed): placed is Placed<WellFormedRow> {
  return placed.row.kind !== 'malformed';
}

export function isMalformed(placed: Placed): placed is Placed<MalformedRow> {
  return placed.row.kind === 'malformed';
}

export function isTrade(placed: Placed): placed is Placed<TradeRow> {
  return placed.row.kind === 'trade';
}

export function isDepth(placed: Placed): placed is Placed<DepthRow> {
  return placed.row.kind === 'depth';
}

/** The first ten. */
export function firstMalformed(objects: ReadObject[]): Malformed[] {
  return placedRows(objects)
    .filter(isMalformed)
    .slice(0, 10)
    .map(({ object, row }) => ({
      object: object.name,
      line: row.line,
      column: row.column,
      found: row.found,
      expected: row.expected,
    }));
}

/** Order by UTF-16 code units, which is what `<` does. */
export function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

interface Place {
  stream: Stream;
  chunkMinuteMs: number;
}

const rests: Record<ChunkMinutes, RegExp> = {
  1: /^(trades|depth)\/(\d{4}-\d{2}-\d{2})\/([01]\d|2[0-3])-([0-5]\d)(?:_[A-Za-z0-9-]+)?\.csv(?:\.gz)?$/,
  60: /^(trades|depth)\/(\d{4}-\d{2}-\d{2})\/([01]\d|2[0-3])(?:_[A-Za-z0-9-]+)?\.csv(?:\.gz)?$/,
};

function placeOf(name: string, symbol: string, chunkMinutes: ChunkMinutes): Place | undefined {
  if (!name.startsWith(`${symbol}/`)) return undefined;
  const match = rests[chunkMinutes].exec(name.slice(symbol.length + 1));
  if (match === null) return undefined;
  const [, stream, date, hour, minute = '00'] = match;
  const chunkMinuteMs = Date.parse(`${date}T${hour}:${minute}:00.000Z`);
  if (Number.isNaN(chunkMinuteMs)) return undefined;
  return { stream: stream === 'trades' ? 'trades' : 'depth', chunkMinuteMs };
}
