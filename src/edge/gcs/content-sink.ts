/** Gathers the body of an answer: content in memory of its size, or the short text of an error. */
import { FlowbarsError } from '../../core/unit/errors.js';
import type { Allocate } from '../../jobs/ports.js';
import { RunningCrc32c } from '../format/crc32c.js';
import { OBJECT_BYTES_MAX } from '../format/object-name.js';
import type { GoogleRequest } from '../google/google-error.js';
import { TransientFault } from '../process/retry.js';
import type { BodyTaker } from './gcs-answer.js';

/** First capacity for content whose size nobody announced. */
const UNKNOWN_BYTES = 65_536;
const ERROR_BODY_BYTES_MAX = 65_536;

/** Its content is undefined; whoever asks for it overwrites all of it. */
export function ownMemory(sizeBytes: number): Uint8Array {
  return new Uint8Array(Buffer.allocUnsafeSlow(sizeBytes).buffer);
}

/** Content of a known size, or of one that nobody announced. Throws TransientFaults and, for too many bytes, a FlowbarsError. */
export class ContentSink implements BodyTaker {
  private readonly running = new RunningCrc32c();
  private sizeBytes = 0;
  private memory: Uint8Array;
  private readonly expectedBytes: number | undefined;
  private readonly request: GoogleRequest;

  constructor(expectedBytes: number | undefined, request: GoogleRequest, allocate: Allocate) {
    this.expectedBytes = expectedBytes;
    this.request = request;
    if ((expectedBytes ?? 0) > OBJECT_BYTES_MAX) throw this.tooLarge(expectedBytes ?? 0);
    this.memory = expectedBytes === undefined ? ownMemory(UNKNOWN_BYTES) : allocate(expectedBytes);
  }

  take(piece: Uint8Array): void {
    const sizeBytes = this.sizeBytes + piece.length;
    if (sizeBytes > (this.expectedBytes ?? this.memory.length)) this.grow(sizeBytes);
    this.memory.set(piece, this.sizeBytes);
    this.sizeBytes = sizeBytes;
    this.running.add(piece);
  }

  content(): Uint8Array {
    const { expectedBytes, memory, sizeBytes } = this;
    if (expectedBytes !== undefined && sizeBytes !== expectedBytes) {
      throw new TransientFault(`${sizeBytes} of ${expectedBytes} bytes`);
    }
    if (sizeBytes === memory.length) return memory;
    // A part of lent memory; a part of our own would keep all of it.
    return expectedBytes === undefined ? memory.slice(0, sizeBytes) : memory.subarray(0, sizeBytes);
  }

  /** Of all bytes so far, as eight hex digits. */
  crc32c(): string {
    return this.running.hex();
  }

  private grow(sizeBytes: number): void {
    if (this.expectedBytes !== undefined) {
      throw new TransientFault(`${sizeBytes} bytes or more of ${this.expectedBytes} bytes`);
    }
    if (sizeBytes > OBJECT_BYTES_MAX) throw this.tooLarge(sizeBytes);
    const memory = ownMemory(Math.max(sizeBytes, this.memory.length * 2));
    memory.set(this.memory.subarray(0, this.sizeBytes));
    this.memory = memory;
  }

  private tooLarge(sizeBytes: number): FlowbarsError {
    return new FlowbarsError('limit', {
      what: this.request.what,
      found: `${sizeBytes} bytes or more`,
      expected: `at most ${OBJECT_BYTES_MAX} bytes in one object`,
      where: this.request.where,
    });
  }
}

/** The message of an error answer, as far as it came: the status is enough. */
export class ErrorSink implements BodyTaker {
  private text = '';

  take(piece: Uint8Array): void {
    if (this.text.length + piece.length > ERROR_BODY_BYTES_MAX) return;
    this.text += Buffer.from(piece.buffer, piece.byteOffset, piece.length).toString('latin1');
  }

  message(): string {
    const text = Buffer.from(this.text, 'latin1').toString();
    return /"message"\s*:\s*"([^"]*)"/u.exec(text)?.[1] ?? text;
  }
}
