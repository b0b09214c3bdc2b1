/**
 * Digest, gzip and UTF-8 behind the Codec port, all by Node. It knows only bytes: its callers wrap
 * its errors with the object's name.
 */
import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { assert, FlowbarsError } from '../../core/unit/errors.js';
import type { Codec } from '../../jobs/ports.js';

const WHERE = 'content';

const utf8Encoder = new TextEncoder();
/** Skips a byte-order mark; a byte that is not UTF-8 becomes U+FFFD. */
const utf8Decoder = new TextDecoder('utf-8');

export const codec: Codec = {
  sha256: (bytes) => createHash('sha256').update(bytes).digest('hex'),
  gunzipIfGzip,
  encode: (text) => utf8Encoder.encode(text),
  decode: (bytes) => utf8Decoder.decode(bytes),
};

function gunzipIfGzip(bytes: Uint8Array, limitBytes: number): Uint8Array {
  if (!beginsWithGzipMagic(bytes)) {
    if (bytes.length > limitBytes) throw tooLarge(`${bytes.length} bytes`, limitBytes);
    return bytes;
  }
  const { content, consumedBytes } = gunzipMembers(bytes, limitBytes);
  // Zero bytes after the last member are padding, as for gzip(1); zlib stops at the first one and
  // ignores what follows.
  const end = bytes.subarray(consumedBytes).findIndex((byte) => byte !== 0);
  if (end >= 0)
    throw damaged(`zero bytes followed by other bytes at offset ${consumedBytes + end}`);
  return content;
}

function beginsWithGzipMagic(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

interface Gunzipped {
  readonly content: Uint8Array;
  readonly consumedBytes: number;
}

function gunzipMembers(bytes: Uint8Array, limitBytes: number): Gunzipped {
  // With `info` the result holds the content and its engine; the types do not declare this.
  const options = {
    info: true,
    maxOutputLength: limitBytes,
    chunkSize: roomFor(bytes, limitBytes),
  };
  let result: unknown;
  try {
    result = gunzipSync(bytes, options);
  } catch (error) {
    throw gunzipError(error, limitBytes);
  }
  assert(isInfo(result), 'zlib gives its engine when asked for info');
  return { content: result.buffer, consumedBytes: result.engine.bytesWritten };
}

const ROOM_BYTES_MIN = 16_384;

/**
 * Room for the whole content, as the size in the trailer of a single member has it. zlib would collect
 * small pieces otherwise, and hold the content twice while it joins them.
 */
function roomFor(bytes: Uint8Array, limitBytes: number): number {
  const trailer = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = bytes.length < 4 ? 0 : trailer.getUint32(bytes.length - 4, true);
  return Math.max(ROOM_BYTES_MIN, Math.min(size, limitBytes) + 1);
}

interface GunzipInfo {
  readonly buffer: Uint8Array;
  readonly engine: { readonly bytesWritten: number };
}

function isInfo(result: unknown): result is GunzipInfo {
  return typeof result === 'object' && result !== null && 'engine' in result && 'buffer' in result;
}

function gunzipError(error: unknown, limitBytes: number): unknown {
  if (!(error instanceof Error)) return error;
  const code = 'code' in error ? error.code : undefined;
  if (code === 'ERR_BUFFER_TOO_LARGE')
    return tooLarge(`more than ${limitBytes} bytes`, limitBytes, error);
  return damaged(`'${error.message}'`, error);
}

function damaged(found: string, cause?: Error): FlowbarsError {
  return new FlowbarsError(
    'data',
    { what: 'gzip', found, expected: 'whole gzip members', where: WHERE },
    cause,
  );
}

function tooLarge(found: string, limitBytes: number, cause?: Error): FlowbarsError {
  return new FlowbarsError(
    'limit',
    { what: 'size', found, expected: `at most ${limitBytes} bytes`, where: WHERE },
    cause,
  );
}
