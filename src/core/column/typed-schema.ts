/**
 * The types of columns in a typed file, in Parquet's terms. Text files keep numbers to the last digit;
 * typed files hold the doubles that their readers compute with.
 */
import { canBeEmpty, type Column } from './column.js';
import type { FileTable } from './file-table.js';

export type PhysicalType = 'INT64' | 'DOUBLE' | 'FLOAT' | 'BYTE_ARRAY';

export type LogicalType =
  | { readonly type: 'TIMESTAMP'; readonly unit: 'MILLIS'; readonly isAdjustedToUTC: true }
  | { readonly type: 'INTEGER'; readonly bitWidth: 64; readonly isSigned: true }
  | { readonly type: 'STRING' };

export interface TypedField<Name extends string = string> {
  readonly name: Name;
  readonly physical: PhysicalType;
  /** Null: the physical type is enough. */
  readonly logical: LogicalType | null;
  /** Null: plain or by a dictionary, whichever is smaller. */
  readonly encoding: 'DELTA_BINARY_PACKED' | 'RLE_DICTIONARY' | null;
  readonly repetition: 'REQUIRED' | 'OPTIONAL';
}

type ColumnType = Pick<TypedField, 'physical' | 'logical' | 'encoding'>;

const DOUBLE: ColumnType = { physical: 'DOUBLE', logical: null, encoding: null };
const TYPES: Readonly<Record<Column['kind'], ColumnType>> = {
  time: {
    physical: 'INT64',
    logical: { type: 'TIMESTAMP', unit: 'MILLIS', isAdjustedToUTC: true },
    encoding: 'DELTA_BINARY_PACKED',
  },
  price: DOUBLE,
  sum: DOUBLE,
  quotient: DOUBLE,
  count: {
    physical: 'INT64',
    logical: { type: 'INTEGER', bitWidth: 64, isSigned: true },
    encoding: null,
  },
  text: { physical: 'BYTE_ARRAY', logical: { type: 'STRING' }, encoding: 'RLE_DICTIONARY' },
};

export function typedSchema<Name extends string>({ columns }: FileTable<Name>): TypedField<Name>[] {
  return columns.map((column) => ({
    name: column.name,
    ...TYPES[column.kind],
    repetition: canBeEmpty(column) ? 'OPTIONAL' : 'REQUIRED',
  }));
}
