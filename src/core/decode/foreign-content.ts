/**
 * Names content that is no CSV text by its first bytes, for a message: what it is and what to do. It
 * reads none of these formats.
 */
import { quoted, type Unreadable } from './chunk-columns.js';

interface Signature {
  /** Its first bytes, in hex. */
  readonly hex: string;
  /** Where they stand; at the beginning unless given. */
  readonly at?: number;
  readonly name: string;
  readonly remedy: string;
}

const UNPACK = 'unpack it';
const CONVERT = 'convert it to csv';
const UPLOAD_AGAIN = 'upload the recording itself';

/** From the formats' own specifications. Where one is the beginning of another, the longer one comes first. */
const SIGNATURES: readonly Signature[] = [
  { hex: '1f 8b', name: 'gzip in gzip', remedy: 'unpack it once' },
  { hex: '50 4b 03 04', name: 'a zip archive', remedy: UNPACK },
  { hex: '50 4b 05 06', name: 'an empty zip archive', remedy: UPLOAD_AGAIN },
  { hex: '28 b5 2f fd', name: 'zstd', remedy: UNPACK },
  { hex: '04 22 4d 18', name: 'lz4', remedy: UNPACK },
  { hex: '42 5a 68', name: 'bzip2', remedy: UNPACK },
  { hex: 'fd 37 7a 58 5a 00', name: 'xz', remedy: UNPACK },
  { hex: '37 7a bc af 27 1c', name: 'a 7z archive', remedy: UNPACK },
  { hex: '52 61 72 21 1a 07', name: 'a rar archive', remedy: UNPACK },
  { hex: 'ff 06 00 00 73 4e 61 50', name: 'snappy', remedy: UNPACK },
  { hex: '75 73 74 61 72', at: 257, name: 'a tar archive', remedy: UNPACK },
  { hex: '50 41 52 31', name: 'Parquet', remedy: CONVERT },
  { hex: '41 52 52 4f 57 31', name: 'an Arrow file (Feather)', remedy: CONVERT },
  { hex: 'ff ff ff ff', name: 'an Arrow stream', remedy: CONVERT },
  { hex: '46 45 41 31', name: 'a Feather file', remedy: CONVERT },
  { hex: '4f 62 6a 01', name: 'Avro', remedy: CONVERT },
  { hex: '4f 52 43', name: 'ORC', remedy: CONVERT },
  { hex: '89 48 44 46 0d 0a 1a 0a', name: 'HDF5', remedy: CONVERT },
  { hex: '53 51 4c 69 74 65 20 66', name: 'an SQLite database', remedy: CONVERT },
  { hex: 'ff fe', name: 'utf-16 text', remedy: 'convert it to utf-8' },
  { hex: 'fe ff', name: 'utf-16 text', remedy: 'convert it to utf-8' },
];

interface TextFormat {
  readonly pattern: RegExp;
  readonly name: string;
  readonly remedy: string;
  /** Finds the words that say what a server's answer was. */
  readonly words?: RegExp;
}

const TEXT_FORMATS: readonly TextFormat[] = [
  {
    pattern: /^\s*<(?:!doctype html|html|head|body)\b/i,
    name: 'an html page',
    remedy: UPLOAD_AGAIN,
    words: /<title>([^<]+)/i,
  },
  {
    pattern: /^\s*<(?:\?xml|!doctype|error>)/i,
    name: 'an xml document',
    remedy: UPLOAD_AGAIN,
    words: /<code>([^<]+)/i,
  },
  { pattern: /^\s*\{\s*["}][^\n]*\n\s*\{/, name: 'json lines', remedy: CONVERT },
  { pattern: /^\s*\[[^\n]*\n\s*\[/, name: 'json lines', remedy: CONVERT },
  { pattern: /^\s*\{\s*["}]/, name: 'a json object', remedy: CONVERT },
  { pattern: /^\s*\[\s*["[{\]\d-]/, name: 'a json array', remedy: CONVERT },
];

const PARQUET: readonly number[] = [0x50, 0x41, 0x52, 0x31];

/** Bytes of the beginning that tell a binary from text, and the words of a server's answer. */
const HEAD_BYTES = 1_024;
/** Longer first lines of json lines are called a json object or array. */
const TEXT_BYTES = 16_384;
const SHOWN_BYTES = 8;
const LINE_FEED = 10;
/** Compressed data has a tenth of control characters; text has a damaged one at most. */
const BINARY_SHARE_MIN = 0.1;

/** The bytes of each signature, read from its hex once. */
const MAGIC: readonly (readonly number[])[] = SIGNATURES.map(({ hex }) =>
  hex.split(' ').map((byte) => Number.parseInt(byte, 16)),
);

/** `PAR1`, with which a Parquet file also ends. */
export function isParquet(bytes: Uint8Array): boolean {
  return (
    bytes.length > PARQUET.length &&
    PARQUET.every((byte, at) => bytes[at] === byte && bytes.at(at - PARQUET.length) === byte)
  );
}

/** A format with a signature, UTF-16 or NUL bytes; undefined for anything else. Never a name for text that can be CSV. */
export function foreignBinary(bytes: Uint8Array): Unreadable | undefined {
  const head = bytes.subarray(0, HEAD_BYTES);
  for (const [index, { hex, at = 0, name, remedy }] of SIGNATURES.entries()) {
    const magic = MAGIC[index] ?? [];
    if (bytes[at] !== magic[0] || !magic.every((byte, offset) => bytes[at + offset] === byte)) {
      continue;
    }
    // A column may be named `PAR1` or `ORC`: letters count only in front of bytes that no text has. With a
    // control character in its first line it is no header either.
    const isTelling = magic.some((byte) => byte > 0x7e) || firstLineOf(head).some(isControl);
    if (isTelling) return foreign(`${name} (${hex})`, remedy);
  }
  if (head[0] === 0 && head.every((byte) => byte === 0)) {
    const isAll = bytes.every((byte) => byte === 0);
    return foreign(isAll ? 'nothing but NUL bytes' : 'NUL bytes at its beginning', UPLOAD_AGAIN);
  }
  if (isWideText(head)) return foreign('utf-16 text', 'convert it to utf-8');
  return undefined;
}

/**
 * Text of another format, or binary content without a known signature; undefined if it looks like text.
 * Only for content whose first line is no header and no row: a column may have any name.
 */
export function foreignText(bytes: Uint8Array): Unreadable | undefined {
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const text = textOf(bytes.subarray(hasMark ? 3 : 0, TEXT_BYTES));
  for (const { pattern, name, remedy, words } of TEXT_FORMATS) {
    if (!pattern.test(text)) continue;
    const found = words?.exec(text.slice(0, HEAD_BYTES))?.[1]?.trim();
    return foreign(found === undefined ? name : `${name} (${quoted(found)})`, remedy);
  }
  const head = bytes.subarray(0, HEAD_BYTES);
  const strange = head.filter((byte) => isControl(byte) || byte > 0x7e).length;
  if (!head.some(isControl) || strange < head.length * BINARY_SHARE_MIN) return undefined;
  const shown = Array.from(head.subarray(0, SHOWN_BYTES), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join(' ');
  return foreign(`binary content (${shown}${bytes.length > SHOWN_BYTES ? ' …' : ''})`, undefined);
}

function foreign(found: string, remedy: string | undefined): Unreadable {
  const expected = 'csv text, plain or gzip';
  return {
    what: 'content',
    found,
    expected: remedy === undefined ? expected : `${expected}: ${remedy}`,
  };
}

/** A control character that no line of text holds. */
function isControl(byte: number): boolean {
  return byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d;
}

/** UTF-16 without a byte-order mark: of the first characters every other byte is NUL. */
function isWideText(head: Uint8Array): boolean {
  const sample = head.subarray(0, 16);
  if (sample.length < 4 || !sample.includes(0)) return false;
  return [0, 1].some((nulAt) =>
    sample.every((byte, index) => (index % 2 === nulAt) === (byte === 0)),
  );
}

function firstLineOf(head: Uint8Array): Uint8Array {
  const lineFeed = head.indexOf(LINE_FEED);
  return lineFeed < 0 ? head : head.subarray(0, lineFeed);
}

function textOf(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
