/** Files to import: unpacked by their first bytes, whole or refused. */
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { openSourceFile } from '../../../src/edge/local/source-file.js';
import { zipArchive } from '../../support/import/zip-archive.js';
import { freshWorkdir } from '../../support/workdir.js';

const TEXT = 'id,price\n1,2\n';
/** Larger than a piece, so that it comes in several; nothing that repeats. */
const LARGE = Array.from(
  { length: 120_000 },
  (_, index) => `${index},${(index * 7919) % 99_991}\n`,
).join('');

async function read(
  content: string | Uint8Array,
): Promise<{ text: string; pieces: number; readBytes: number[] }> {
  const workdir = freshWorkdir();
  workdir.write('file', content);
  const file = await openSourceFile(workdir.path('file'));
  let text = '';
  const readBytes: number[] = [];
  for await (const piece of file.pieces()) {
    text += piece.text;
    readBytes.push(piece.readBytes);
    expect(piece.readBytes).toBeLessThanOrEqual(file.sizeBytes);
  }
  return { text, pieces: readBytes.length, readBytes };
}

async function refusal(content: string | Uint8Array): Promise<string> {
  try {
    await read(content);
  } catch (error) {
    if (error instanceof Error) return error.message.replace(/^\S+/u, 'FILE');
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('a file is read', () => {
  test.for([
    ['as it is', LARGE],
    ['from gzip', gzipSync(LARGE)],
    [
      'from two members of gzip',
      Buffer.concat([gzipSync(LARGE.slice(0, 99)), gzipSync(LARGE.slice(99))]),
    ],
    ['from a deflated zip', zipArchive([{ name: 'a.csv', content: LARGE }])],
    [
      'from a stored zip beside a folder',
      zipArchive([
        { name: 'a/', content: '', isStored: true },
        { name: 'a/a.csv', content: LARGE, isStored: true },
      ]),
    ],
  ] as const)('%s, in pieces', async ([, content]) => {
    const { text, pieces, readBytes } = await read(content);
    expect(text === LARGE).toBe(true);
    expect(pieces).toBeGreaterThan(2);
    expect(readBytes).toEqual(readBytes.toSorted((one, other) => one - other));
    expect(readBytes.at(-1)).toBe(content.length);
  });

  test('as Latin-1, byte for byte', async () => {
    const { text } = await read(Uint8Array.from({ length: 256 }, (_, index) => index));
    expect([...text].map((one) => one.charCodeAt(0))).toEqual([...Array(256).keys()]);
    expect((await read('')).pieces).toBe(0);
  });

  test('with its sha256 and the checksum beside it', async () => {
    const workdir = freshWorkdir();
    workdir.write('a.zip', TEXT);
    const file = await openSourceFile(workdir.path('a.zip'));
    expect(await file.checksumText()).toBeUndefined();
    workdir.write('a.zip.CHECKSUM', 'sum  a.zip\n');
    expect(await file.checksumText()).toBe('sum  a.zip\n');
    expect(await file.sha256()).toMatch(/^[0-9a-f]{64}$/u);
  });
});

describe('a damaged file', () => {
  const zip = zipArchive([{ name: 'a.csv', content: LARGE }]);
  test.for([
    [
      'gzip cut short',
      gzipSync(LARGE).subarray(0, -20),
      "FILE gzip: found 'unexpected end of file', expected whole gzip members",
    ],
    ['gzip with a wrong byte', flipped(gzipSync(LARGE), 5_000), "FILE gzip: found '"],
    ['zip cut short', zip.subarray(0, -30), "FILE zip: found '"],
    [
      'zip with another checksum',
      flipped(zip, zip.length - 22 - 46 - 5 + 16),
      'FILE zip: found CRC-32 ',
    ],
    ['zip with a wrong byte', flipped(zip, 5_000), 'FILE zip: found '],
    [
      'zip of two files',
      zipArchive([
        { name: 'a.csv', content: TEXT },
        { name: 'b.csv', content: TEXT },
      ]),
      "FILE zip: found 'a.csv' and 'b.csv', at least, expected one file: unpack it and import what you need",
    ],
    ['zip of none', zipArchive([]), 'FILE zip: found no file, expected one file'],
  ] as const)('%s is an error in four parts', async ([, content, says]) => {
    expect(await refusal(content)).toContain(says);
  });

  test('a folder, or nothing, is a usage error', async () => {
    const workdir = freshWorkdir();
    await expect(openSourceFile(workdir.root)).rejects.toMatchObject({ kind: 'usage' });
    await expect(openSourceFile(workdir.path('none'))).rejects.toMatchObject({ kind: 'usage' });
  });
});

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  return bytes.map((byte, index) => (index === at ? byte ^ 0x55 : byte));
}

describe('bytes behind a gzip member', () => {
  const member = gzipSync(TEXT);
  const padding = Buffer.alloc(512);
  /** As long as a piece of the file, so that what follows begins a piece of its own. */
  const whole = Array.from({ length: 300 }, (_, index) =>
    gzipSync(Buffer.alloc(262_144 - index, 'x'), { level: 0 }),
  ).find(({ length }) => length === 262_144);

  test('are read as further members, or are padding', async () => {
    expect((await read(Buffer.concat([member, member, member]))).text).toBe(TEXT.repeat(3));
    expect((await read(Buffer.concat([member, padding]))).text).toBe(TEXT);
    const large = gzipSync(LARGE);
    expect((await read(Buffer.concat([large, large, Buffer.alloc(600_000)]))).text).toBe(
      LARGE.repeat(2),
    );
  });

  test('and behind padding are refused, not lost', async () => {
    expect(whole).toBeDefined();
    for (const first of [member, gzipSync(LARGE), whole ?? member]) {
      for (const zeros of [padding, Buffer.alloc(600_000)]) {
        expect(await refusal(Buffer.concat([first, zeros, member]))).toBe(
          `FILE gzip: found further bytes behind padding at byte ${first.length}, expected gzip members one right behind the other, and zeros after the last alone`,
        );
      }
    }
    expect((await read(Buffer.concat([whole ?? member, member]))).text).toContain(TEXT);
    expect((await read(Buffer.concat([whole ?? member, padding]))).text).toHaveLength(
      (await read(whole ?? member)).text.length,
    );
  });
});
