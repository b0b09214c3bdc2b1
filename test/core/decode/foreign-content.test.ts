/** Content that is no CSV text: each kind by its smallest example, as a chunk of its own. */
import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { isUnreadable } from '../../../src/core/decode/chunk-columns.js';
import { decodeChunk } from '../../../src/core/decode/decode-chunk.js';
import { bytesOf, decode, NO_SCALES } from './decoded.js';

const ROW = '1709337600000,1,2,true\n';
const CSV = `timestamp,price,quantity,is_buyer_maker\n${ROW}`;
const CSV_EXPECTED = 'csv text, plain or gzip';

/** `found: …` and what to do. */
function reasonOf(content: string | Uint8Array): string {
  const bytes = typeof content === 'string' ? bytesOf(content) : content;
  const chunk = decodeChunk({
    stream: 'trades',
    object: 'o',
    bytes,
    scales: NO_SCALES,
    splitLine: (line) => line.split(','),
    columns: [],
  });
  if (!isUnreadable(chunk)) return 'readable';
  if (chunk.what !== 'content') return chunk.what;
  const [expected, remedy = 'no remedy'] = chunk.expected.split(': ');
  expect(expected).toBe(CSV_EXPECTED);
  return `${chunk.found}: ${remedy}`;
}

/** The magic bytes, then bytes as compressed data has them. */
function magic(hex: string, before = 0): Uint8Array {
  const name = bytesOf('trades/00-00.csv'.padEnd(before, '\0').slice(0, before));
  return Buffer.concat([name, Buffer.from(hex.replaceAll(' ', ''), 'hex'), bytesOf('\0\x15\xd7')]);
}

const UNPACK = 'unpack it';
const CONVERT = 'convert it to csv';
const UPLOAD = 'upload the recording itself';

test.for<[string, string | Uint8Array, string]>([
  ['gzip in gzip', gzipSync(CSV), 'gzip in gzip (1f 8b): unpack it once'],
  ['zip', magic('50 4b 03 04'), `a zip archive (50 4b 03 04): ${UNPACK}`],
  ['empty zip', magic('50 4b 05 06'), `an empty zip archive (50 4b 05 06): ${UPLOAD}`],
  ['zstd', zstdCompressSync(CSV), `zstd (28 b5 2f fd): ${UNPACK}`],
  ['lz4', magic('04 22 4d 18'), `lz4 (04 22 4d 18): ${UNPACK}`],
  ['bzip2', magic('42 5a 68 39 31 41 59 26 53 59'), `bzip2 (42 5a 68): ${UNPACK}`],
  ['xz', magic('fd 37 7a 58 5a 00'), `xz (fd 37 7a 58 5a 00): ${UNPACK}`],
  ['7z', magic('37 7a bc af 27 1c'), `a 7z archive (37 7a bc af 27 1c): ${UNPACK}`],
  ['tar', magic('75 73 74 61 72', 257), `a tar archive (75 73 74 61 72): ${UNPACK}`],
  ['Parquet', magic('50 41 52 31'), `Parquet (50 41 52 31): ${CONVERT}`],
  ['Arrow', magic('41 52 52 4f 57 31'), `an Arrow file (Feather) (41 52 52 4f 57 31): ${CONVERT}`],
  ['an Arrow stream', magic('ff ff ff ff'), `an Arrow stream (ff ff ff ff): ${CONVERT}`],
  ['Feather', magic('46 45 41 31'), `a Feather file (46 45 41 31): ${CONVERT}`],
  [
    'brotli, which has no magic',
    brotliCompressSync(CSV),
    'binary content (1b 3e 00 e0 05 64 73 dd …): no remedy',
  ],
  ['UTF-16', Buffer.from(`\ufeff${CSV}`, 'utf16le'), 'utf-16 text (ff fe): convert it to utf-8'],
  ['UTF-16, big end', magic('fe ff'), 'utf-16 text (fe ff): convert it to utf-8'],
  ['UTF-16 unmarked', Buffer.from(ROW, 'utf16le'), 'utf-16 text: convert it to utf-8'],
  ['UTF-16 unmarked, big end', '\0t\0i\0m\0e', 'utf-16 text: convert it to utf-8'],
  ['NUL', '\0', `nothing but NUL bytes: ${UPLOAD}`],
  ['NUL bytes first', `${'\0'.repeat(4_096)}${CSV}`, `NUL bytes at its beginning: ${UPLOAD}`],
  ['an html page', '\n<!DOCTYPE html><p>', `an html page: ${UPLOAD}`],
  [
    'an html page with a title',
    '<html><head><title>502 Bad Gateway</title></head>\n',
    `an html page ('502 Bad Gateway'): ${UPLOAD}`,
  ],
  [
    'an xml error',
    `<?xml version='1.0'?><Error><Code>NoSuchKey</Code></Error>`,
    `an xml document ('NoSuchKey'): ${UPLOAD}`,
  ],
  ['xml', '\u00ef\u00bb\u00bf<?xml version="1.0"?><a/>', `an xml document: ${UPLOAD}`],
  ['json lines', '{"p":"1"}\n{"p":"2"}\n', `json lines: ${CONVERT}`],
  ['json lines of arrays', '[1,2]\n[1,2]\n', `json lines: ${CONVERT}`],
  ['a json object', '{"error":404}', `a json object: ${CONVERT}`],
  ['a json array', '[{"p":"1"},\n{"p":"2"}]', `a json array: ${CONVERT}`],
  ['a json array of 2 MB', `[${'1,'.repeat(1_000_000)}1]`, `a json array: ${CONVERT}`],
])('%s is named', ([, content, expected]) => {
  expect(reasonOf(content)).toBe(expected);
});

test.for<[string, string, string]>([
  ['an unknown header', 'time;price;quantity\n', 'header'],
  ['a header of other letters', '\u00e6\u0097\u00b6,\u00e4\u00bb\u00b7\n', 'header'],
  ['a header in angle brackets', '<TICKER>,<DATE>\n', 'header'],
  ['a header with one NUL', 'prices\0,quantity\n', 'header'],
  ['one column too many', `${'1,'.repeat(9)}\n`, 'first line without a header'],
])('%s is not taken for another format', ([, text, expected]) => {
  expect(reasonOf(text)).toBe(expected);
});

test.for(['PAR1', 'BZh', 'FEA1', '<?xml', '{', '[1', '\u00ff'])(
  'a column may be called %s',
  (name) => {
    expect(reasonOf(`${name},${CSV.replace('\n', `\n${name},`)}`)).toBe('readable');
  },
);

test('NUL bytes in a row, as a crash leaves them, make this row malformed', () => {
  const chunk = decode('trades', `${CSV}17093376\0\0\0\0\n${ROW}${'\0'.repeat(2_000_000)}`);
  const start = CSV.length + '17093376'.length;
  expect(chunk).toMatchObject({ rowsRead: 4, malformed: 2 });
  expect(chunk?.malformedFirst.map(({ line, column, found }) => [line, column, found])).toEqual([
    [3, 'row', `4 NUL bytes from byte ${start} on`],
    [5, 'row', `2000000 NUL bytes from byte ${start + 5 + ROW.length} on`],
  ]);
});
