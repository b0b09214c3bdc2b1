/** The lines of a chunk's bytes: where they end, which of them are rows, and their text. */
import { isSameBytes } from '../unit/same-bytes.js';

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

export interface Line {
  /** Exclusive; the line end is not part of the line. */
  readonly end: number;
  /** Where the next line begins. */
  readonly next: number;
  readonly isBlank: boolean;
}

/** The line at `start`. Carriage returns right before a line feed, or before the end, are its end too. */
export function lineAt(bytes: Uint8Array, start: number): Line {
  const lineFeed = bytes.indexOf(LINE_FEED, start);
  let end = lineFeed < 0 ? bytes.length : lineFeed;
  while (end > start && bytes[end - 1] === CARRIAGE_RETURN) end -= 1;
  return { end, next: lineFeed < 0 ? bytes.length : lineFeed + 1, isBlank: end === start };
}

/** Recorders that append, and composed objects, repeat the header. */
export function isRow(
  bytes: Uint8Array,
  start: number,
  { end, isBlank }: Line,
  header: Uint8Array | undefined,
): boolean {
  if (isBlank) return false;
  const isHeaderLong = header !== undefined && end - start === header.length;
  return !isHeaderLong || !isSameBytes(bytes.subarray(start, end), header);
}

/** The last line from `start` on is a row and has no line feed: it may be cut. */
export function lacksLineFeed(
  bytes: Uint8Array,
  start: number,
  header: Uint8Array | undefined,
): boolean {
  const lastStart = Math.max(start, bytes.lastIndexOf(LINE_FEED) + 1);
  return lastStart < bytes.length && isRow(bytes, lastStart, lineAt(bytes, lastStart), header);
}

/** The content is one line, and carriage returns stand where its lines should end. */
export function endsLinesByReturns(bytes: Uint8Array, start: number, end: number): boolean {
  return !bytes.includes(LINE_FEED) && bytes.subarray(start, end).includes(CARRIAGE_RETURN);
}

/** A place in a chunk, and the number of the line that begins there. */
export interface LinePlace {
  readonly offset: number;
  readonly line: number;
}

/** Counts on from a line that is known. */
export function lineNumberAt(
  bytes: Uint8Array,
  offset: number,
  { offset: from, line }: LinePlace = { offset: 0, line: 1 },
): number {
  let number = line;
  for (
    let at = bytes.indexOf(LINE_FEED, from);
    at >= 0 && at < offset;
    at = bytes.indexOf(LINE_FEED, at + 1)
  ) {
    number += 1;
  }
  return number;
}

export function afterByteOrderMark(bytes: Uint8Array): number {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
}

/** Maps every byte to the character of its value: comparing such texts compares bytes. */
export function latin1(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end; at += 8_192) {
    text += String.fromCharCode(...bytes.subarray(at, Math.min(end, at + 8_192)));
  }
  return text;
}

/** The bytes of a text of latin1. */
export function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
