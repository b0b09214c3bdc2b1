/**
 * fast-check arbitraries of small odd recordings of one symbol-day, for comparing the product with the
 * oracle. Nothing here computes results.
 */
import * as fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import type { Stream } from '../oracle/chunk.js';
import type { OracleOptions } from '../oracle/oracle-day.js';
import { date, dayStartMs, symbol } from '../oracle/raw-text.js';
import type { OracleObject } from '../oracle/reading.js';
import { addedColumns, columnsOf, renderRecording } from '../oracle/weird/weird-chunk.js';
import type { ChunkSpec } from '../oracle/weird/weird-chunk.js';
import { rowSpec } from '../oracle/weird/weird-row.js';
import type { RowSpec, WeirdStyle } from '../oracle/weird/weird-row.js';

/** Chunk minutes from 00:00: around both midnights, at the border of the seed window, and some between. */
const minutes = [
  -61, -60, -59, -3, -2, -2, -1, -1, -1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 3, 3, 719, 1438, 1439,
  1439, 1440, 1441, 1442,
];

const weird: WeirdStyle = { hugeIds: false, oddness: 6 };

const good: WeirdStyle = { hugeIds: false, oddness: 0 };

/** Content in place of rows, as latin1 text. */
const junk = [
  '',
  '\n',
  '\r\n\n',
  '\u00ef\u00bb\u00bf',
  '\u001f\u008b\u0008',
  'x',
  '\u0000\u00ff\u00fe',
  '1',
  '"',
];

/** One to nine chunks, canonical and odd ones mixed. */
export function recordings(style: Partial<WeirdStyle> = {}): Arbitrary<OracleObject[]> {
  return fc
    .array(chunkSpec({ ...weird, ...style }), { minLength: 1, maxLength: 9, size: 'max' })
    .map(renderRecording);
}

/** Chunks in the canonical shape, with good rows at any time. */
export function plainRecordings(): Arbitrary<OracleObject[]> {
  return fc
    .array(plainChunkSpec(good), {
      minLength: 1,
      maxLength: 9,
      size: 'max',
    })
    .map(renderRecording);
}

/** A recording of one good chunk and nothing else, in which bytes were flipped, inserted and deleted. */
export function mutatedChunks(stream: Stream): Arbitrary<OracleObject[]> {
  return fc
    .tuple(
      plainChunkSpec(good),
      fc.array(rowSpec(stream, good), { minLength: 1, maxLength: 5 }),
      fc.array(edit(), { minLength: 1, maxLength: 6 }),
    )
    .map(([spec, rows, edits]) =>
      renderRecording([{ ...spec, stream, rows, minute: 0 }]).map(({ name, content }) => ({
        name,
        content: edited(content, edits),
      })),
    );
}

/** A recording of good chunks in which one chunk was edited. */
export function mutatedRecordings(): Arbitrary<OracleObject[]> {
  return fc
    .tuple(plainRecordings(), fc.nat(), fc.array(edit(), { minLength: 1, maxLength: 6 }))
    .map(([objects, victim, edits]) =>
      objects.map((object, index) =>
        index === victim % objects.length
          ? { name: object.name, content: edited(object.content, edits) }
          : object,
      ),
    );
}

/** Options of every kind, for the symbol and date of the recordings; no resolution below a minute. */
export function recordingOptions(): Arbitrary<OracleOptions> {
  return fc
    .record({
      edgeMinutes: fc.constantFrom(2, 2, 2, 0, 1, 3),
      seedMinutes: fc.constantFrom(60, 60, 60, 0, 1, 61),
      streams: fc.constantFrom('both' as const, 'both' as const, 'trades' as const),
      sparseTrades: fc.boolean(),
      holeMinMs: fc.constantFrom(5000, 5000, 1000, 60_000),
      expect: fc.option(expectedWindow(), { nil: undefined }),
      malformedMax: fc.constantFrom(0.001, 0.001, 0.5, 0, 1),
      columns: fc.constantFrom([], [], addedColumns),
      idsMissingMin: fc.constantFrom(3, 3, 1, 10),
      quietMaxMs: fc.constantFrom(3_600_000, 3_600_000, 10_000, 60_000),
      usableMin: fc.constantFrom(0.99, 0.99, 0.5, 0, 1),
      accept: fc.subarray([
        'rows_unusable' as const,
        'stream_silent' as const,
        'overlap_unresolved' as const,
        'rows_elsewhere' as const,
        'symbols_mixed' as const,
      ]),
      resolutions: fc.constantFrom(['1m'], ['1m', '1h'], ['60s', '5m', '1d']),
    })
    .map(({ expect, resolutions, ...rest }) => ({
      symbol,
      date,
      resolutions: [...resolutions],
      ...rest,
      ...(expect === undefined ? {} : { expect }),
    }));
}

/** A few seconds to a few minutes from 00:00 or around it, or up to 24:00. */
function expectedWindow(): Arbitrary<{ fromMs: number; toMs: number }> {
  return fc
    .tuple(
      fc.constantFrom(0, 0, 1, 5000, 60_000, 86_280_000),
      fc.constantFrom(5001, 60_000, 120_000),
    )
    .map(([from, length]) => ({
      fromMs: dayStartMs + from,
      toMs: dayStartMs + Math.min(from + length, 86_400_000),
    }));
}

function chunkSpec(style: WeirdStyle): Arbitrary<ChunkSpec> {
  return fc.oneof(
    { weight: 3, arbitrary: plainChunkSpec(style) },
    { weight: 4, arbitrary: oddChunkSpec(style) },
  );
}

function plainChunkSpec(style: WeirdStyle): Arbitrary<ChunkSpec> {
  return streamArbitrary().chain((stream) =>
    fc.record({
      stream: fc.constant(stream),
      minute: fc.constantFrom(...minutes),
      suffix: fc.constantFrom('.csv', '.csv', '.csv', '_b.csv'),
      wrapping: fc.constant('plain' as const),
      junk: fc.constant(undefined),
      header: fc.constant('canonical' as const),
      columns: fc.constantFrom(['timestamp'], ['timestamp', 'price']),
      namePicks: fc.constant<number[]>([]),
      repeatsHeaderAt: fc.constant(undefined),
      badHeader: fc.constant('missing' as const),
      unit: fc.constant(13 as const),
      byteOrderMark: fc.constant(false),
      lineEnd: fc.constant('\n' as const),
      lastLineEnds: fc.constant(true),
      quoting: fc.constant('needed' as const),
      inTimeOrder: fc.boolean(),
      hasTwin: fc.constant(false),
      rows: rowSpecs(stream, style),
    }),
  );
}

function oddChunkSpec(style: WeirdStyle): Arbitrary<ChunkSpec> {
  return streamArbitrary().chain((stream) =>
    fc.record({
      stream: fc.constant(stream),
      minute: fc.constantFrom(...minutes),
      suffix: fc.constantFrom(
        '.csv',
        '.csv',
        '.csv.gz',
        '_b.csv',
        '_B.csv',
        '_2-x.csv.gz',
        '_.csv',
      ),
      wrapping: fc.constantFrom('plain', 'plain', 'plain', 'gzip', 'gzip', 'members', 'truncated'),
      junk: fc.oneof(
        { weight: 20, arbitrary: fc.constant(undefined) },
        { weight: 1, arbitrary: fc.constantFrom(...junk) },
      ),
      header: fc.oneof(
        { weight: 14, arbitrary: fc.constantFrom('canonical', 'own', 'own', 'none') },
        { weight: 1, arbitrary: fc.constant('bad' as const) },
      ),
      columns: columnsOf(stream),
      // Most columns have their own names; 99 is no other name's place.
      namePicks: fc.oneof(
        fc.constant<number[]>([]),
        fc.array(fc.constantFrom(0, 0, 1, 2, 99, 99, 99), { minLength: 1, maxLength: 8 }),
        fc.array(fc.nat({ max: 6 }), { minLength: 1, maxLength: 8 }),
      ),
      repeatsHeaderAt: fc.constantFrom(undefined, undefined, undefined, 0, 1, 4),
      badHeader: fc.constantFrom('missing', 'repeated', 'clash', 'control', 'short', 'long'),
      unit: fc.constantFrom(13 as const, 13 as const, 16 as const, 19 as const),
      byteOrderMark: fc.boolean(),
      lineEnd: fc.constantFrom('\n', '\r\n', '\r\r\n', 'mixed'),
      lastLineEnds: fc.boolean(),
      quoting: fc.constantFrom('needed', 'needed', 'all', 'some'),
      inTimeOrder: fc.boolean(),
      hasTwin: fc.constantFrom(false, false, false, true),
      rows: rowSpecs(stream, style),
    }),
  );
}

/** Up to a dozen rows; malformed ones are rarely enough to fail a day. */
function rowSpecs(stream: Stream, style: WeirdStyle): Arbitrary<RowSpec[]> {
  return fc.oneof(
    { weight: 12, arbitrary: fc.array(rowSpec(stream, style), { maxLength: 12 }) },
    { weight: 1, arbitrary: fc.array(rowSpec(stream, style), { minLength: 40, maxLength: 80 }) },
  );
}

function streamArbitrary(): Arbitrary<Stream> {
  return fc.constantFrom('trades', 'trades', 'depth');
}

interface Edit {
  kind: 'flip' | 'overwrite' | 'insert' | 'delete' | 'repeat';
  /** Reduced to the content's length, or to what follows its first line. */
  at: number;
  inFirstLine: boolean;
  byte: number;
}

const telling = Array.from('",\r\n[]{}0123456789.eE+-\\ \t:tfuX').map((character) =>
  character.charCodeAt(0),
);

function edit(): Arbitrary<Edit> {
  return fc.record({
    kind: fc.constantFrom('flip', 'overwrite', 'insert', 'insert', 'delete', 'delete', 'repeat'),
    at: fc.nat({ max: 1_000_000 }),
    inFirstLine: fc.constantFrom(...Array.from({ length: 12 }, (_, index) => index === 5)),
    byte: fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...telling) },
      { weight: 1, arbitrary: fc.nat({ max: 255 }) },
    ),
  });
}

function edited(content: Uint8Array, edits: Edit[]): Uint8Array {
  return edits.reduce((bytes, { kind, at, inFirstLine, byte }) => {
    const from = inFirstLine ? 0 : bytes.indexOf(0x0a) + 1;
    const index = from + (at % (bytes.length - from + 1));
    const before = bytes.subarray(0, index);
    const after = bytes.subarray(index);
    const rest = bytes.subarray(index + 1);
    switch (kind) {
      case 'flip':
        return Buffer.concat([before, [(after[0] ?? 0) ^ (1 << (byte % 8))], rest].map(bufferOf));
      case 'overwrite':
        return Buffer.concat([before, [byte], rest].map(bufferOf));
      case 'insert':
        return Buffer.concat([before, [byte], after].map(bufferOf));
      case 'delete':
        return Buffer.concat([before, bytes.subarray(index + 1 + (byte % 4))].map(bufferOf));
      case 'repeat':
        return Buffer.concat([before, after.subarray(0, byte), after].map(bufferOf));
      default:
        return kind satisfies never;
    }
  }, content);
}

function bufferOf(bytes: ArrayLike<number>): Buffer {
  return Buffer.from(Uint8Array.from(bytes));
}
