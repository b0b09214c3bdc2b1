/**
 * A segment of the spool: what a session accepted in one minute of its clock, one line each. The first line is its head,
 * with all that finishing needs; then rows (`{slot}\t{row}`) and notes (`!{JSON}`) in the order of arrival. All ASCII.
 */
import type { FeedNote } from '../feed/feed-note.js';
import { type Guard, guardOf } from '../shape/guard.js';
import type { ValueOf } from '../shape/shape.js';
import { isDictionary, readJson } from '../unit/json.js';

export const SEGMENT_VERSION = 1;
/** A longer line is damage: rows have 2 kB, a head of 1,000 symbols 30 kB. */
export const SEGMENT_LINE_BYTES_MAX: number = 2 ** 20;

const HEAD_PARTS = {
  line: {
    is: 'object',
    fields: {
      stream: { is: 'word', of: ['trades', 'depth'] },
      symbols: { is: 'list', of: { is: 'name' } },
    },
  },
  open_connection: {
    is: 'object',
    fields: {
      is: { is: 'word', of: ['opened'] },
      atUs: { is: 'count' },
      line: { is: 'count' },
      connection: { is: 'count' },
      route: { is: 'text' },
      why: {
        is: 'word',
        of: ['first', 'lost', 'renewal', 'silent', 'frozen', 'unanswered', 'shutdown'],
      },
    },
  },
  head: {
    is: 'object',
    fields: {
      version: { is: 'count' },
      part: { is: 'name' },
      /** Where the minute begins, milliseconds since the epoch. */
      minuteMs: { is: 'count' },
      /** Since when the session ran in this minute, microseconds since the epoch. */
      fromUs: { is: 'count' },
      /** Of the raw root, as it was typed. */
      root: { is: 'text' },
      market: { is: 'text' },
      endpoint: { is: 'text' },
      span: { is: 'word', of: ['1m', '1h'] },
      isGzip: { is: 'truth' },
      trades: { is: 'word', of: ['trades', 'aggregates'] },
      lines: { is: 'list', of: { is: 'ref', to: 'line' } },
      /** Connections that were open when the minute began. */
      open: { is: 'list', of: { is: 'ref', to: 'open_connection' } },
      /** Most bytes in the spool since the minute before began. */
      spoolBytes: { is: 'count' },
    },
  },
} as const;

type Named = typeof HEAD_PARTS;

export const HEAD_SHAPES: Named = HEAD_PARTS;
export type SegmentHead = ValueOf<Named['head'], Named>;

const isHead: Guard<SegmentHead> = guardOf('head', HEAD_SHAPES);

export function headLine(head: SegmentHead): string {
  return `${asciiJson(head)}\n`;
}

export function rowLine(slot: number, row: string): string {
  return `${slot}\t${row}\n`;
}

export function noteLine(note: FeedNote): string {
  return `!${asciiJson(note)}\n`;
}

/** Undefined if it is no head of a version that is known. */
export function parseHead(line: string): SegmentHead | undefined {
  const value = readJson(line);
  return isHead(value) && value.version === SEGMENT_VERSION ? value : undefined;
}

/** Reads a note without its `!`; undefined if it is none. */
export function parseNote(line: string): FeedNote | undefined {
  const value = readJson(line);
  return isNote(value) ? value : undefined;
}

const NUMBERS_OF: Readonly<Record<FeedNote['is'], readonly string[]>> = {
  begun: [],
  opened: ['line', 'connection'],
  delivering: ['line', 'connection'],
  closed: ['line', 'connection', 'frames'],
  refused: ['line', 'connection'],
  doubt: ['line', 'sinceUs'],
  stalled: ['sinceUs'],
  pong: ['line', 'connection', 'roundTripUs'],
  duplicates: ['rows'],
  broken: ['line', 'connection'],
  garbage: ['frames'],
  ended: [],
};
const TEXTS_OF: Readonly<Partial<Record<FeedNote['is'], readonly string[]>>> = {
  opened: ['route', 'why'],
  closed: ['why'],
  refused: ['why'],
  doubt: ['doubt'],
  duplicates: ['stream', 'symbol'],
};

function isNote(value: unknown): value is FeedNote {
  if (!isDictionary(value) || !isKind(value['is'])) return false;
  const numbers = ['atUs', ...NUMBERS_OF[value['is']]];
  const texts = TEXTS_OF[value['is']] ?? [];
  return (
    numbers.every((field) => typeof value[field] === 'number') &&
    texts.every((field) => typeof value[field] === 'string')
  );
}

function isKind(value: unknown): value is FeedNote['is'] {
  return typeof value === 'string' && Object.hasOwn(NUMBERS_OF, value);
}

/** JSON with every other character escaped, so that a character is a byte. */
export function asciiJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, undefined, indent).replace(
    /[\u007f-\uffff]/g,
    (unit) => String.raw`\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
