/**
 * CSV behind the Tables port, all by csv-parse and csv-stringify. It knows fields and records; what
 * a column means and which lines of a chunk reach it is for its callers to say.
 */
import { CsvError, parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { FlowbarsError } from '../core/unit/errors.js';
import type { Tables } from '../jobs/ports.js';

export const csvTables: Tables = { write, read, splitLine };

function write(header: readonly string[], rows: Iterable<readonly string[]>): Uint8Array {
  const text = stringify([header, ...rows], {
    record_delimiter: '\n',
    // A lone carriage return ends a record for other readers, so it needs its quotes as well.
    quote_record_delimiter: true,
  });
  return new TextEncoder().encode(text);
}

function read(bytes: Uint8Array, where: string): string[][] {
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

/** A line without a quote has nothing that RFC 4180 could say of it but where its commas are. */
function splitLine(line: string): string[] | undefined {
  if (!line.includes('"')) return line.split(',');
  try {
    const records = parse(line, { record_delimiter: '\n', relax_column_count: true });
    return records.length === 1 ? records[0] : undefined;
  } catch (error) {
    if (error instanceof CsvError) return undefined;
    throw error;
  }
}
