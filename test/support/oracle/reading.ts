/**
 * The oracle's way from named objects to the chunk minutes that a day reads, in read order. Outcomes are
 * decided elsewhere.
 */
import { chunkOf, textOf } from './chunk.js';
import type { Chunk, DepthRow, MalformedRow, Row, Stream, TradeRow } from './chunk.js';
import type { AddedColumn } from './columns.js';

/** One stored object; its name is relative to the raw root, in the default layout. */
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

export type WellFormedRow = TradeRow | DepthRow;

/** Everything of one symbol that can be read, by (stream, chunk minute, object name). */
export function readAll(
  objects: OracleObject[],
  symbol: string,
  added: AddedColumn[] = [],
): ReadObject[] {
  const named = objects
    .flatMap((object) => {
      const place = placeOf(object.name, symbol);
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

/** Order by UTF-16 code units, which is what `<` does. */
export function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

interface Place {
  stream: Stream;
  chunkMinuteMs: number;
}

const rest =
  /^(trades|depth)\/(\d{4}-\d{2}-\d{2})\/([01]\d|2[0-3])-([0-5]\d)(?:_[A-Za-z0-9-]+)?\.csv(?:\.gz)?$/;

function placeOf(name: string, symbol: string): Place | undefined {
  if (!name.startsWith(`${symbol}/`)) return undefined;
  const match = rest.exec(name.slice(symbol.length + 1));
  if (match === null) return undefined;
  const [, stream, date, hour, minute] = match;
  const chunkMinuteMs = Date.parse(`${date}T${hour}:${minute}:00.000Z`);
  if (Number.isNaN(chunkMinuteMs)) return undefined;
  return { stream: stream === 'trades' ? 'trades' : 'depth', chunkMinuteMs };
}
