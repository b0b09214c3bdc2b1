/** Golden Parquet files as pyarrow, polars, pandas and DuckDB read them: each type, and each cell. */
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { canBeEmpty, type Column } from '../../../src/core/column/column.js';
import { TABLES } from '../../../src/core/column/kind-tables.js';
import { TYPED_VERSION } from '../../../src/core/stored/fingerprint.js';
import { isDictionary } from '../../../src/core/unit/json.js';
import { installFromPyPi } from '../../support/frame/python-packages.js';
import { cellsOf, GOLDEN_FILES, SMALL_FILES } from '../../support/typed/small-files.js';
import { projectRoot } from '../../support/workdir.js';

const python = installFromPyPi(join(projectRoot, 'test/support/cookbook'));
if ('reason' in python) process.stderr.write(`skipped: ${python.reason}\n`);

const READERS = ['pyarrow', 'polars', 'pandas', 'duckdb'] as const;
type Reader = (typeof READERS)[number];

interface Found {
  readonly readers: Readonly<
    Record<
      Reader,
      {
        readonly types: Readonly<Record<string, string>>;
        readonly values: Readonly<Record<string, readonly unknown[]>>;
      }
    >
  >;
  readonly footer: {
    readonly facts: Readonly<Record<string, string>>;
    readonly row_groups: number;
    readonly compression: readonly string[];
    readonly encodings: Readonly<Record<string, readonly string[]>>;
    readonly with_bounds: readonly string[];
  };
}

const NUMBER = { pyarrow: 'double', polars: 'Float64', pandas: 'float64', duckdb: 'DOUBLE' };
const TYPES: Readonly<Record<Column['kind'], Readonly<Record<Reader, string>>>> = {
  time: {
    pyarrow: 'timestamp[ms, tz=UTC]',
    polars: "Datetime(time_unit='ms', time_zone='UTC')",
    pandas: 'datetime64[ms, UTC]',
    duckdb: 'TIMESTAMP WITH TIME ZONE',
  },
  price: NUMBER,
  sum: NUMBER,
  quotient: NUMBER,
  count: { pyarrow: 'int64', polars: 'Int64', pandas: 'int64', duckdb: 'BIGINT' },
  text: { pyarrow: 'string', polars: 'String', pandas: 'str', duckdb: 'VARCHAR' },
};

function typeOf(column: Column, reader: Reader, hasNull: boolean): string {
  const type = TYPES[column.kind][reader];
  if (reader === 'pyarrow') return canBeEmpty(column) ? type : `${type} not null`;
  // pandas has no null among its whole numbers.
  return reader === 'pandas' && column.kind === 'count' && hasNull ? 'float64' : type;
}

function valueOf(text: string, { kind }: Column): number | string | null {
  if (text === '') return null;
  if (kind === 'text') return text;
  return kind === 'time' ? Date.parse(text) : Number(text);
}

function isFound(value: unknown): value is Readonly<Record<string, Found>> {
  return isDictionary(value) && Object.values(value).every((one) => isDictionary(one));
}

describe.skipIf('reason' in python)('a golden file', () => {
  const paths = GOLDEN_FILES.map(({ word }) =>
    join(projectRoot, `test/support/typed/golden/${word}-${TYPED_VERSION}.parquet`),
  );
  let found: Readonly<Record<string, Found>> | undefined;

  function foundOf(path: string): Found {
    if (found === undefined) {
      const script = join(projectRoot, 'test/support/typed/read-typed.py');
      const program = join('path' in python ? python.path : '', 'python3');
      const { stdout, stderr } = spawnSync(program, [script, ...paths], { encoding: 'utf8' });
      if (stdout === '') throw new Error(stderr);
      const read: unknown = JSON.parse(stdout);
      if (!isFound(read)) throw new Error(stdout);
      found = read;
    }
    const one = found?.[path];
    if (one === undefined) throw new Error(`${path} was not read`);
    return one;
  }

  const cases = GOLDEN_FILES.flatMap(({ word, exact: file }, at) =>
    READERS.map((reader) => ({ word, file, reader, path: paths[at] ?? '' })),
  );
  test.for(cases)('of $word in $reader', ({ file, reader, path }) => {
    const { columns } = TABLES[file.kind];
    const [, ...lines] = cellsOf(file);
    const { types, values } = foundOf(path).readers[reader];
    const expected = columns.map((column, at) => {
      const cells = lines.map((line) => valueOf(line[at] ?? '', column));
      return [column.name, typeOf(column, reader, cells.includes(null)), cells];
    });
    const read = Object.keys(types).map((name) => [name, types[name], values[name]]);
    expect(read).toEqual(expected);
  });

  test.for(SMALL_FILES.map((file, at) => ({ file, path: paths[at] ?? '' })))(
    'of $file.kind has words by dictionary, bounds of its rows and facts',
    ({ file, path }) => {
      const { footer } = foundOf(path);
      const { columns } = TABLES[file.kind];
      expect([footer.row_groups, footer.compression]).toEqual([1, ['SNAPPY']]);
      const words = columns.filter(({ kind }) => kind === 'text').map(({ name }) => name);
      const times = columns.filter(({ kind }) => kind === 'time').map(({ name }) => name);
      for (const name of words) expect(footer.encodings[name]).toContain('RLE_DICTIONARY');
      for (const name of times) expect(footer.encodings[name]).toContain('DELTA_BINARY_PACKED');
      expect(footer.with_bounds).toEqual(expect.arrayContaining([...times, ...words]));
      expect(footer.facts).toMatchObject({
        'flowbars.kind': file.kind,
        'flowbars.symbol': 'BTCUSDT',
      });
    },
  );
});
