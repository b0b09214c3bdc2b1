/**
 * HOT: takes the body of an HTTP/1.1 answer out of the bytes of its connection, in pieces as they come. It copies
 * and keeps nothing but the text of a line of the chunked coding.
 */
import type { BodyEnd } from './http-head.js';

/** Longest line between two chunks: a length with extensions, or a trailer. */
const LINE_BYTES_MAX = 8_192;
const LINE_FEED = 10;

/** Who gets the body of an answer. What it throws ends the answer. */
export interface BodyTaker {
  /** Hears the bytes from `from` to `to`, end exclusive; they change after the call. */
  take(bytes: Uint8Array, from: number, to: number): void;
  /** Where the next `bytesMax` bytes or fewer may be put without `take`; undefined if `take` has to hear them. */
  room?(bytesMax: number): Uint8Array | undefined;
  /** So many bytes were put there. */
  filled?(bytes: number): void;
}

export class BodyReader {
  isDone: boolean;
  private readonly end: BodyEnd;
  /** Bytes of the body, or of its present chunk, still to come. */
  private leftBytes: number;
  /** What the next line of the chunked coding is. */
  private expected: 'length' | 'end of chunk' | 'trailer' = 'length';
  private line = '';

  constructor(end: BodyEnd) {
    this.end = end;
    this.leftBytes = end.by === 'length' ? end.bytes : 0;
    this.isDone = end.by === 'length' && end.bytes === 0;
  }

  /** Returns where the body's bytes end. Throws a SyntaxError for a chunked coding that is none. */
  push(bytes: Uint8Array, from: number, to: number, taker: BodyTaker): number {
    if (this.end.by === 'close') {
      taker.take(bytes, from, to);
      return to;
    }
    let at = from;
    while (at < to && !this.isDone) {
      if (this.leftBytes === 0) {
        at = this.pushLine(bytes, at, to);
        continue;
      }
      const until = Math.min(to, at + this.leftBytes);
      taker.take(bytes, at, until);
      this.skip(until - at);
      at = until;
    }
    return at;
  }

  /** The next bytes of the connection that are certainly the body's; at most what is left of a chunk. */
  get certainBytes(): number {
    return this.leftBytes;
  }

  /** So many of the certain bytes went another way. */
  skip(bytes: number): void {
    this.leftBytes -= bytes;
    if (this.end.by === 'length') this.isDone = this.leftBytes === 0;
  }

  /** The connection has ended: true if that is how this body ends. */
  finish(): boolean {
    if (this.end.by === 'close') this.isDone = true;
    return this.isDone;
  }

  private pushLine(bytes: Uint8Array, from: number, to: number): number {
    const feed = bytes.subarray(from, to).indexOf(LINE_FEED);
    const until = feed < 0 ? to : from + feed;
    this.line += String.fromCharCode(
      ...bytes.subarray(from, Math.min(until, from + LINE_BYTES_MAX)),
    );
    if (this.line.length >= LINE_BYTES_MAX)
      throw new SyntaxError('a line without end in a chunked body');
    if (feed < 0) return to;
    const line = this.line.replace(/\r$/u, '');
    this.line = '';
    this.takeLine(line);
    return until + 1;
  }

  private takeLine(line: string): void {
    switch (this.expected) {
      case 'length': {
        const digits = /^([0-9A-Fa-f]{1,12})[ \t]*(?:;.*)?$/u.exec(line)?.[1];
        if (digits === undefined) throw new SyntaxError('no length before a chunk of a body');
        this.leftBytes = Number.parseInt(digits, 16);
        this.expected = this.leftBytes === 0 ? 'trailer' : 'end of chunk';
        return;
      }
      case 'end of chunk':
        if (line !== '') throw new SyntaxError('no line end after a chunk of a body');
        this.expected = 'length';
        return;
      case 'trailer':
        this.isDone = line === '';
        return;
      default:
        this.expected satisfies never;
    }
  }
}
