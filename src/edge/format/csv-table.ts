/**
 * CSV behind the Tables port, all by csv-parse and csv-stringify. It knows fields and records; its
 * callers know the columns and decide which lines of a chunk reach it.
 */
import { FlowbarsError } from '../../core/unit/errors.js';
import type { Tables } from '../../jobs/ports.js';
import { csvParser, csvStringifier } from './csv-library.js';
import { parquetFiles } from './parquet.js';

/** Bytes parsed and rows written at once. */
const SLICE_BYTES = 262_144;
const SLICE_ROWS = 2_048;
const LF = 10;

export const csvTables: Tables = { write, read, records, splitLine, typed: parquetFiles };

function write(header: readonly string[], rows: Iterable<readonly string[]>): Uint8Array {
  const { stringify } = csvStringifier();
  const slices: Buffer[] = [];
  let slice: (readonly string[])[] = [header];
  const encode = (): void => {
    // A lone carriage return ends a record for some readers, so it needs quotes too.
    const text = stringify(slice, { record_delimiter: '\n', quote_record_delimiter: true });
    slices.push(Buffer.from(text));
    slice = [];
  };
  for (const row of rows) {
    slice.push(row);
    if (slice.length >= SLICE_ROWS) encode();
  }
  if (slice.length > 0) encode();
  return Buffer.concat(slices);
}

/** Cuts at line ends, so it refuses a record that spans lines if a cut falls into it. */
function* records(bytes: Uint8Array, where: string): Generator<string[]> {
  let start = 0;
  while (start < bytes.length) {
    const lineEnd = bytes.indexOf(LF, Math.min(start + SLICE_BYTES, bytes.length - 1));
    const end = lineEnd < 0 ? bytes.length : lineEnd + 1;
    yield* read(bytes.subarray(start, end), where);
    start = end;
  }
}

function read(bytes: Uint8Array, where: string): string[][] {
  const { CsvError, parse } = csvParser();
  try {
    return parse(bytes, {
      bom: true,
      record_delimiter: ['\r\n', '\n'],
      relax_column_count: true,
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new FlowbarsError(
      'data',
      { what: 'csv', found: `'${error.message}'`, expected: 'records by RFC 4180', where },
      error,
    );
  }
}

const RECORD_PATTERN = /^(?:"[^"]*(?:""[^"]*)*"|[^",]*)(?:,(?:"[^"]*(?:""[^"]*)*"|[^",]*))*$/;

/** By RFC 4180 a line without quotes only splits at its commas. */
function splitLine(line: string): string[] | undefined {
  if (!line.includes('"')) return line.split(',');
  // csv-parse takes a NUL behind a closing quote for a part of the field.
  if (line.includes('\0') && !RECORD_PATTERN.test(line)) return undefined;
  const { CsvError, parse } = csvParser();
  try {
    const found = parse(line, { record_delimiter: '\n', relax_column_count: true });
    return found.length === 1 ? found[0] : undefined;
  } catch (error) {
    if (error instanceof CsvError) return undefined;
    throw error;
  }
}
