/**
 * Parquet behind the TypedFiles port: hyparquet-writer writes, hyparquet reads. It knows Parquet's types and pages;
 * its callers know the columns.
 */
import type { SchemaElement } from 'hyparquet';
import type { TypedField } from '../../core/column/typed-schema.js';
import type { TypedFacts } from '../../core/typed/typed-facts.js';
import { NO_WORD, type TypedColumn } from '../../core/typed/typed-rows.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import type { TypedFiles, TypedReading, TypedWriter } from '../../jobs/ports.js';
import { parquetReader, parquetWriter } from './parquet-library.js';

export const parquetFiles: TypedFiles = { create, read };

/** Stands in every file, as the writer's own version does not: bytes must not change with it alone. */
const CREATED_BY = 'flowbars';

type Annotation = Pick<SchemaElement, 'converted_type' | 'logical_type'>;

/**
 * Readers differ in what they take. A logical INTEGER of this writer cannot be opened by pyarrow and DuckDB; a
 * converted TIMESTAMP_MILLIS is a naive time in polars and DuckDB; text without UTF8 is a BLOB in DuckDB.
 */
const ANNOTATIONS: Readonly<Record<NonNullable<TypedField['logical']>['type'], Annotation>> = {
  TIMESTAMP: { logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' } },
  INTEGER: { converted_type: 'INT_64' },
  STRING: { converted_type: 'UTF8' },
};

function create(fields: readonly TypedField[]): TypedWriter {
  const { ByteWriter, ParquetWriter } = parquetWriter();
  const bytes = new ByteWriter();
  const root = { name: 'root', num_children: fields.length };
  const file = new ParquetWriter({
    writer: bytes,
    schema: [root, ...fields.map((field) => elementOf(field))],
    codec: 'SNAPPY',
    createdBy: CREATED_BY,
  });
  return {
    sizeBytes: () => bytes.offset,
    add: (columns) => {
      const [first] = columns;
      const rowGroupSize = first === undefined ? 0 : lengthOf(first);
      if (rowGroupSize === 0) return;
      void file.write({ columnData: columns.map((column) => sourceOf(column)), rowGroupSize });
    },
    finish: (facts: TypedFacts) => {
      file.kvMetadata = Object.entries(facts).map(([key, value]) => ({ key, value }));
      void file.finish();
      return bytes.getBytes();
    },
  };
}

function elementOf({ name, physical, logical, repetition }: TypedField): SchemaElement {
  const annotation = logical === null ? {} : ANNOTATIONS[logical.type];
  return { name, type: physical, ...annotation, repetition_type: repetition };
}

function lengthOf(column: TypedColumn): number {
  return 'codes' in column ? column.codes.length : column.numbers.length;
}

/** The writer asks for the data of one column after the other, so only one is there in the form that it wants. */
function sourceOf(column: TypedColumn): ColumnSource {
  const { name, encoding } = column.field;
  return {
    name,
    ...(encoding === null ? {} : { encoding }),
    get data() {
      return dataOf(column);
    },
  };
}

interface ColumnSource {
  readonly name: string;
  readonly encoding?: NonNullable<TypedField['encoding']>;
  readonly data: Float64Array | BigInt64Array | unknown[];
}

function dataOf(column: TypedColumn): ColumnSource['data'] {
  if ('codes' in column) {
    const { codes, words } = column;
    return Array.from(codes, (code) => (code === NO_WORD ? null : words[code]));
  }
  const { field, numbers } = column;
  const isWhole = field.physical === 'INT64';
  if (!numbers.some(Number.isNaN)) return isWhole ? BigInt64Array.from(numbers, BigInt) : numbers;
  return Array.from(numbers, (value) =>
    Number.isNaN(value) ? null : isWhole ? BigInt(value) : value,
  );
}

async function read(bytes: Uint8Array, where: string): Promise<TypedReading> {
  const { parquetMetadataAsync, parquetScan } = parquetReader();
  const file = {
    byteLength: bytes.length,
    slice: (start: number, end: number = bytes.length) => bytes.slice(start, end).buffer,
  };
  const metadata = await reading(where, async () => await parquetMetadataAsync(file));
  const [, ...elements] = metadata.schema;
  return {
    fields: elements.map((element) => ({ name: element.name, type: typeWords(element) })),
    rows: Number(metadata.num_rows),
    rowGroups: metadata.row_groups.length,
    facts: Object.fromEntries(
      (metadata.key_value_metadata ?? []).map(({ key, value = '' }) => [key, value]),
    ),
    column: async (name) =>
      await reading(where, async () => {
        const parsers = { timestampFromMilliseconds: Number };
        const scan = await parquetScan({ file, metadata, columns: [name], parsers });
        const groups: ArrayLike<unknown>[] = [];
        for (const range of scan.ranges) {
          groups.push(await scan.readColumn({ column: name, ...range }));
        }
        const [first = []] = groups;
        return groups.length > 1 ? groups.flatMap((group) => Array.from(group)) : first;
      }),
  };
}

/** Whatever the library throws is a fault of the bytes. */
async function reading<T>(where: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const found = `'${error instanceof Error ? error.message : String(error)}'`;
    const parts = { where, what: 'file', found, expected: 'a parquet file' };
    throw new FlowbarsError('data', parts, error);
  }
}

function typeWords({ type, converted_type, logical_type, repetition_type }: SchemaElement): string {
  const logical =
    logical_type?.type === 'TIMESTAMP'
      ? `TIMESTAMP(${logical_type.unit},${logical_type.isAdjustedToUTC ? 'UTC' : 'local'})`
      : (logical_type?.type ?? converted_type);
  return [type, logical, repetition_type].filter((word) => word !== undefined).join(' ');
}
