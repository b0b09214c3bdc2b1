/** Inspects one stored object: detects its kind, then inspects it as that. Writes nothing. */
import { CHUNK_BYTES_MAX } from '../../core/pass/unreadable-content.js';
import { afterByteOrderMark, lineAt } from '../../core/decode/chunk-lines.js';
import { LINE_BYTES_MAX } from '../../core/decode/decode-chunk.js';
import { foreignBinary, foreignText } from '../../core/decode/foreign-content.js';
import { barFileShape } from '../../core/inspect/grid-file-shape.js';
import { dateInName, fileKind } from '../../core/inspect/file-kind.js';
import { inspectBars } from '../../core/inspect/inspect-bars.js';
import { inspectChunk } from '../../core/inspect/inspect-chunk.js';
import { inspectPatterns } from '../../core/inspect/inspect-patterns.js';
import { inspectSignals } from '../../core/inspect/inspect-signals.js';
import { inspectJoined, joinedKinds } from '../../core/inspect/inspect-joined.js';
import { FIGURE_COLUMNS, typedFigures } from '../../core/inspect/typed-figures.js';
import { commandOfPage } from '../../core/page/document.js';
import { inspectTyped } from '../../core/inspect/inspect-typed.js';
import { inspectStoredJson } from '../../core/inspect/inspect-stored-json.js';
import type { FileFacts, Inspection, TypedInspection } from '../../core/inspect/inspection.js';
import type { NamedColumn } from '../../core/rule/named-columns.js';
import type { StreamNames } from '../../core/rule/stream-names.js';
import type { StreamName } from '../../core/rule/symbol-day.js';
import { isPublishedReport } from '../../core/stored/stored-shapes.js';
import { FlowbarsError, unreachable } from '../../core/unit/errors.js';
import { type NamedFile, readNamedFile } from './read-named-file.js';
import type { Codec, Effects, Tables } from '../ports.js';
import { digestBy } from '../stored/digest.js';
import { readReport } from '../stored/read-report.js';

/** Bytes of unrecognised content that an error quotes. */
const QUOTED_BYTES_MAX = 24;

/** Bytes in which a page names its command. */
const PAGE_HEAD_BYTES = 1_024;

/** `PAR1`. */
const PARQUET_MAGIC = [0x50, 0x41, 0x52, 0x31];

type InspectEffects = Pick<Effects, 'codec' | 'tables'>;

/** What the caller says of a chunk: its stream, if it is known, and names of its columns. */
export interface ChunkHints {
  readonly stream: StreamName | undefined;
  readonly columns: readonly NamedColumn[];
  /** The folders of the streams. */
  readonly streamNames: StreamNames;
}

/** Throws a FlowbarsError if the object cannot be read. */
export async function inspectObject(
  file: NamedFile,
  { stream, columns, streamNames }: ChunkHints,
  { codec, tables }: InspectEffects,
): Promise<Inspection> {
  const { bytes, storedBytes, isGzip } = await readNamedFile(file, codec, CHUNK_BYTES_MAX);
  const facts: FileFacts = {
    file: file.uri,
    gzip: isGzip,
    stored_bytes: storedBytes,
    decompressed_bytes: bytes.length,
  };
  const name = file.uri;
  const typed = stream === undefined ? await typedInspection(bytes, name, tables) : undefined;
  if (typed !== undefined) return { ...facts, ...typed };
  const firstLine = firstLineOf(bytes, codec);
  const fields = tables.splitLine(firstLine);
  const kind = stream ?? fileKind({ name, firstLine, fields, columns, streamNames });
  refuseOwnPage(name, bytes, codec);
  const foreign = foreignBinary(bytes) ?? (kind === undefined ? foreignText(bytes) : undefined);
  if (foreign !== undefined) throw new FlowbarsError('data', { where: name, ...foreign });
  const kinds = stream === undefined ? joinedKinds(fields ?? [], name) : undefined;
  if (kinds !== undefined) {
    return { ...facts, ...inspectJoined(tables.records(bytes, name), kinds, name) };
  }
  switch (kind) {
    case undefined:
      throw unknownKind(name, bytes);
    case 'json':
      return { ...facts, ...inspectStoredJson(codec.decode(bytes), name, digestBy(codec)) };
    case 'bars': {
      const table = tables.read(bytes, name);
      const shape = barFileShape(table, name);
      const seedPrice = await reportedSeed(file, shape.date, codec);
      return { ...facts, ...inspectBars(table, shape, { name, seedPrice }) };
    }
    case 'signals':
      return { ...facts, ...inspectSignals(tables.read(bytes, name), name) };
    case 'patterns':
      return { ...facts, ...inspectPatterns(tables.read(bytes, name), name) };
    case 'trades':
    case 'depth': {
      const chunk = { stream: kind, name, date: dateInName(name), bytes, columns };
      const splitLine = (line: string): string[] | undefined => tables.splitLine(line);
      return { ...facts, ...inspectChunk({ ...chunk, firstFields: fields ?? [], splitLine }) };
    }
    default:
      return unreachable(kind);
  }
}

/** Undefined if it is no Parquet file. Throws a FlowbarsError of kind `data` for one of another program. */
async function typedInspection(
  bytes: Uint8Array,
  name: string,
  { typed }: Tables,
): Promise<TypedInspection | undefined> {
  const isParquet = PARQUET_MAGIC.every((byte, index) => bytes[index] === byte);
  if (!isParquet) return undefined;
  const read = await typed.read(bytes, name);
  const inspection = inspectTyped(read);
  if (inspection === undefined) {
    const found = 'Parquet without the metadata of flowbars';
    const expected = 'a Parquet file that flowbars wrote, or a chunk as csv text';
    throw new FlowbarsError('data', { where: name, what: 'content', found, expected });
  }
  const known = new Set(read.fields.map((field) => field.name));
  const columns = new Map<string, ArrayLike<unknown>>();
  for (const column of FIGURE_COLUMNS) {
    if (known.has(column)) columns.set(column, await read.column(column));
  }
  return { ...inspection, ...typedFigures(columns) };
}

/** A page says what its command found, and is no input of any. */
function refuseOwnPage(where: string, bytes: Uint8Array, codec: Codec): void {
  const head = codec.decode(bytes.subarray(0, PAGE_HEAD_BYTES));
  const command = commandOfPage(head);
  if (command === undefined) return;
  const found = `a page of flowbars ${command}`;
  const expected = 'a chunk or a published file (a browser opens the page)';
  throw new FlowbarsError('data', { where, what: 'content', found, expected });
}

/** The seed in the report beside a bar file; undefined if there is no readable report of that day. */
async function reportedSeed(
  { store }: NamedFile,
  date: string,
  codec: Codec,
): Promise<string | null | undefined> {
  const name = `${date}_quality.json`;
  const { report } = await readReport({ store, name, where: name }, isPublishedReport, codec);
  return report?.date === date ? (report.seed?.price ?? null) : undefined;
}

/** The header as the decoder finds it: after blank lines, within the maximum line length. */
function firstLineOf(bytes: Uint8Array, codec: Codec): string {
  let start = afterByteOrderMark(bytes);
  let line = lineAt(bytes, start);
  while (line.isBlank && line.next < bytes.length) {
    start = line.next;
    line = lineAt(bytes, start);
  }
  return codec.decode(bytes.subarray(start, Math.min(line.end, start + LINE_BYTES_MAX)));
}

function unknownKind(where: string, bytes: Uint8Array): FlowbarsError {
  const head = bytes.subarray(0, QUOTED_BYTES_MAX);
  const text = Array.from(head, (byte) =>
    byte >= 0x20 && byte < 0x7f
      ? String.fromCharCode(byte)
      : `\\x${byte.toString(16).padStart(2, '0')}`,
  ).join('');
  return new FlowbarsError('data', {
    where,
    what: 'kind',
    found: bytes.length === 0 ? '0 bytes' : `'${text}${bytes.length > head.length ? '…' : ''}'`,
    expected:
      'a chunk, a file of bars, signals or patterns, a quality report, a manifest or a scoreboard ' +
      '(--stream says what a chunk is)',
  });
}
