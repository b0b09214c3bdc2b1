/** Gzip as recorders leave it, whole and damaged. */
import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FlowbarsError } from '../../../src/core/unit/errors.js';
import { codec } from '../../../src/edge/format/codec.js';

const LIMIT_BYTES = 10_000;
const TEXT = 'timestamp,price\n'.repeat(50);
const ZIPPED = gzipSync(TEXT);

const textOf = async (bytes: Uint8Array): Promise<string> =>
  codec.decode(codec.gunzipIfGzip(bytes, LIMIT_BYTES));

async function errorOf(bytes: Uint8Array): Promise<FlowbarsError> {
  try {
    codec.gunzipIfGzip(bytes, LIMIT_BYTES);
  } catch (error) {
    if (error instanceof FlowbarsError) return error;
    throw error;
  }
  throw new Error('no error');
}

function flipped(bytes: Uint8Array, index: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy.set([(copy.at(index) ?? 0) ^ 1], index < 0 ? copy.length + index : index);
  return copy;
}

describe('gunzipIfGzip', () => {
  it.each([
    ['other content as it is', codec.encode(TEXT), TEXT],
    ['nothing as it is', new Uint8Array(), ''],
    ['one member', ZIPPED, TEXT],
    ['all members', Buffer.concat([ZIPPED, gzipSync(''), ZIPPED]), TEXT + TEXT],
    ['a member with zero bytes after it', Buffer.concat([ZIPPED, Buffer.alloc(512)]), TEXT],
  ])('gives %s', async (_, bytes, expected) => {
    expect(await textOf(bytes)).toBe(expected);
  });

  it.each<[string, Uint8Array, string]>([
    ['a cut within the data', ZIPPED.subarray(0, -9), "'unexpected end of file'"],
    ['a cut within the checksum', ZIPPED.subarray(0, -2), "'unexpected end of file'"],
    ['the magic bytes alone', ZIPPED.subarray(0, 2), "'unexpected end of file'"],
    ['a wrong checksum', flipped(ZIPPED, -6), "'incorrect data check'"],
    ['a wrong length', flipped(ZIPPED, -1), "'incorrect length check'"],
    [
      'bytes after the end',
      Buffer.concat([ZIPPED, Buffer.from('rest')]),
      "'incorrect header check'",
    ],
    [
      'bytes after zero bytes after the end',
      Buffer.concat([ZIPPED, Buffer.alloc(3), ZIPPED]),
      `zero bytes followed by other bytes at offset ${ZIPPED.length + 3}`,
    ],
  ])('refuses %s as damaged', async (_, bytes, found) => {
    const { kind, parts } = await errorOf(bytes);
    expect(kind).toBe('data');
    expect(parts).toEqual({
      what: 'gzip',
      found,
      expected: 'whole gzip members',
      where: 'content',
    });
  });

  it('refuses more than the limit, zipped or not', async () => {
    const large = Buffer.alloc(LIMIT_BYTES + 1, 'x');
    for (const bytes of [large, gzipSync(large)]) expect((await errorOf(bytes)).kind).toBe('limit');
    const fits = large.subarray(1);
    for (const bytes of [fits, gzipSync(fits)]) {
      expect(codec.gunzipIfGzip(bytes, LIMIT_BYTES)).toHaveLength(LIMIT_BYTES);
    }
  });

  it('notices every cut', async () => {
    const cuts = Array.from({ length: ZIPPED.length - 2 }, (_, index) => index + 2);
    for (const cut of cuts) expect((await errorOf(ZIPPED.subarray(0, cut))).kind).toBe('data');
  });

  it('undoes gzip, however it is split into members', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 99 }), { minLength: 1 }),
        async (parts) => {
          const zipped = Buffer.concat(parts.map((part) => gzipSync(part)));
          const content = codec.gunzipIfGzip(zipped, LIMIT_BYTES);
          expect(Buffer.compare(content, Buffer.concat(parts))).toBe(0);
        },
      ),
    );
  });
});

describe('the codec', () => {
  it('gives the SHA-256 of the standard', () => {
    expect(codec.sha256(codec.encode('abc'))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });

  it('decodes what it encodes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        fc.pre(!text.startsWith('\uFEFF'));
        expect(codec.decode(codec.encode(text))).toBe(text);
      }),
    );
  });

  it('skips a byte-order mark', () => {
    expect(codec.decode(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61))).toBe('a');
  });
});
