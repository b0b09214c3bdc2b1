/** Heads and bodies of HTTP/1.1 answers, however the bytes of the connection are cut. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BodyReader, type BodyTaker } from '../../../src/edge/gcs/http-body.js';
import { type BodyEnd, parseHead } from '../../../src/edge/gcs/http-head.js';

const NOBODY: BodyTaker = { take: () => undefined };

interface Taken {
  readonly body: string;
  readonly rest: string;
  readonly isDone: boolean;
}

/** Takes a body out of the text, in pieces that end at the cuts. */
function taken(end: BodyEnd, text: string, cuts: readonly number[] = []): Taken {
  const bytes = Buffer.from(text, 'latin1');
  const reader = new BodyReader(end);
  let body = '';
  let rest = '';
  const bounds = [...new Set(cuts)].map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b);
  let from = 0;
  for (const to of [...bounds, bytes.length]) {
    const until = reader.push(bytes, from, to, {
      take: (piece, start, stop) => {
        body += Buffer.from(piece.subarray(start, stop)).toString('latin1');
      },
    });
    rest += bytes.toString('latin1', until, to);
    from = to;
  }
  return { body, rest, isDone: reader.isDone };
}

const texts = fc.string({ unit: 'binary-ascii', maxLength: 60 });
const cuts = fc.array(fc.nat(), { maxLength: 12 });

describe('the body of an answer', () => {
  test('of a length is that many bytes, wherever they are cut', () => {
    fc.assert(
      fc.property(texts, texts, cuts, (body, rest, at) => {
        expect(taken({ by: 'length', bytes: body.length }, body + rest, at)).toEqual({
          body,
          rest,
          isDone: true,
        });
      }),
    );
  });

  test('in chunks is what the chunks hold, wherever they are cut', () => {
    const extension = fc.constantFrom('', ';a=b', ' ');
    const chunk = fc.tuple(texts, extension, fc.boolean());
    const trailers = fc.constantFrom('', 'x-goog-hash: crc32c=AAAAAA==\r\n');
    fc.assert(
      fc.property(fc.array(chunk), trailers, texts, cuts, (chunks, trailer, rest, at) => {
        const parts = chunks.filter(([text]) => text !== '');
        const coded = parts.map(([text, more, isUpper]) => {
          const digits = text.length.toString(16);
          return `${isUpper ? digits.toUpperCase() : digits}${more}\r\n${text}\r\n`;
        });
        const sent = `${coded.join('')}0\r\n${trailer}\r\n${rest}`;
        expect(taken({ by: 'chunks' }, sent, at)).toEqual({
          body: parts.map(([text]) => text).join(''),
          rest,
          isDone: true,
        });
      }),
    );
  });

  test('without either lasts until the connection ends', () => {
    const reader = new BodyReader({ by: 'close' });
    expect(reader.push(Buffer.from('abc'), 1, 3, NOBODY)).toBe(3);
    expect([reader.isDone, reader.finish()]).toEqual([false, true]);
  });

  test('that ends too early is not whole', () => {
    for (const end of [{ by: 'length', bytes: 4 }, { by: 'chunks' }] as const) {
      const reader = new BodyReader(end);
      reader.push(Buffer.from('3\r\n'), 0, 3, NOBODY);
      expect(reader.finish()).toBe(false);
    }
  });

  test.each(['x\r\n', '-1\r\n', '3\r\nabcd\r\n', `${'0'.repeat(9_000)}\r\n`, 'ffffffffffffff\r\n'])(
    'in chunks that are none is refused: %j',
    (sent) => {
      expect(() => taken({ by: 'chunks' }, sent)).toThrow(SyntaxError);
    },
  );
});

function endOf(lines: string): BodyEnd | undefined {
  return parseHead(`HTTP/1.1 200 OK\r\n${lines}`)?.bodyEnd;
}

function keeps(text: string): boolean | undefined {
  return parseHead(text)?.keepsAlive;
}

describe('the head of an answer', () => {
  test('has a status, and headers by their lower-case names', () => {
    const head = parseHead(
      'HTTP/1.1 206 \r\nX-Goog-Hash: crc32c=A\r\nx-goog-hash:md5=B \r\nEmpty:',
    );
    expect(head?.status).toBe(206);
    expect([...(head?.headers ?? [])]).toEqual([
      ['x-goog-hash', 'crc32c=A,md5=B'],
      ['empty', ''],
    ]);
  });

  test.each<[string, BodyEnd | undefined]>([
    ['Content-Length: 12', { by: 'length', bytes: 12 }],
    ['Transfer-Encoding: Chunked', { by: 'chunks' }],
    ['Server: x', { by: 'close' }],
    // Where sender and receiver could disagree, nothing is believed.
    ['Content-Length: 12\r\nContent-Length: 12', undefined],
    ['Content-Length: 12\r\nTransfer-Encoding: chunked', undefined],
    ['Transfer-Encoding: gzip, chunked', undefined],
    ['Content-Length: -1', undefined],
    ['Content-Length: 0x10', undefined],
  ])('says how the body ends: %j', (lines, end) => {
    expect(endOf(lines)).toEqual(end);
  });

  test('of an answer without a body says so', () => {
    for (const status of [100, 204, 304]) {
      const head = parseHead(`HTTP/1.1 ${status} x\r\ncontent-length: 5`);
      expect(head?.bodyEnd).toEqual({ by: 'length', bytes: 0 });
    }
  });

  test('says whether the connection stays open', () => {
    expect(keeps('HTTP/1.1 200 OK')).toBe(true);
    expect(keeps('HTTP/1.1 200 OK\r\nConnection: x, Close')).toBe(false);
    expect(keeps('HTTP/1.0 200 OK')).toBe(false);
  });

  test.each([
    '',
    'HTTP/2 200',
    'HTTP/1.1 999 x',
    'HTTP/1.1 2000',
    'HTTP/1.1 200 OK\r\nbad',
    'SSH-2.0-x',
  ])('that is none is refused: %j', (text) => {
    expect(parseHead(text)).toBeUndefined();
  });
});
