/** Parquet by two libraries: what the one writes, the other one reads, and the same rows give the same bytes. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { TABLES } from '../../../src/core/column/kind-tables.js';
import { typedSchema } from '../../../src/core/column/typed-schema.js';
import { TYPED_VERSION } from '../../../src/core/stored/fingerprint.js';
import { typeWords } from '../../../src/core/typed/typed-check.js';
import { typedRows } from '../../../src/core/typed/typed-rows.js';
import { csvTables } from '../../../src/edge/format/csv-table.js';
import { parquetFiles } from '../../../src/edge/format/parquet.js';
import { cellsOf, GOLDEN_FILES, smallFile, typedBytes } from '../../support/typed/small-files.js';
import { projectRoot } from '../../support/workdir.js';

const GOLDEN = join(projectRoot, 'test/support/typed/golden');

describe.for(GOLDEN_FILES)('$word', ({ word, exact: file }) => {
  test(`are the golden bytes of version ${TYPED_VERSION}: if these change, so does the version`, () => {
    const path = join(GOLDEN, `${word}-${TYPED_VERSION}.parquet`);
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(path, typedBytes(file));
    expect(Buffer.from(typedBytes(file)).equals(readFileSync(path))).toBe(true);
    expect(typedBytes(file)).toEqual(typedBytes(file));
  });

  test('have the types of their table, and say what they are', async () => {
    const read = await parquetFiles.read(typedBytes(file), 'x');
    const fields = typedSchema(TABLES[file.kind]);
    expect(read.fields).toEqual(
      fields.map((field) => ({ name: field.name, type: typeWords(field) })),
    );
    const rows = cellsOf(file).length - 1;
    expect([read.rows, read.rowGroups]).toEqual([rows, Math.min(rows, 1)]);
    expect(read.facts).toMatchObject({
      'flowbars.symbol': 'BTCUSDT',
      'flowbars.date': '2025-12-11',
      'flowbars.kind': file.kind,
      'flowbars.dataset': '{"exchange":"binance","market":"usdm"}',
    });
    expect(read.facts['flowbars.resolution']).toBe(file.resolution ?? undefined);
    const columns: unknown = JSON.parse(read.facts['flowbars.columns'] ?? '');
    expect(columns).toHaveLength(fields.length);
    expect(columns).toMatchObject(fields.map(({ name }) => ({ name })));
  });

  test('come back cell by cell', async () => {
    const read = await parquetFiles.read(typedBytes(file), 'x');
    const [header = [], ...lines] = cellsOf(file);
    for (const [at, name] of header.entries()) {
      const kind = TABLES[file.kind].columns[at]?.kind;
      const found = Array.from(await read.column(name), (cell) =>
        typeof cell === 'bigint' ? Number(cell) : (cell ?? null),
      );
      const expected = lines.map((cells) => {
        const text = cells[at] ?? '';
        if (text === '') return null;
        if (kind === 'time') return Date.parse(text);
        return kind === 'text' ? text : Number(text);
      });
      expect([name, found]).toEqual([name, expected]);
    }
  });
});

describe('a file', () => {
  const patterns = smallFile('patterns');
  const table = TABLES.patterns;

  test('grows by row groups', async () => {
    const writer = parquetFiles.create(typedSchema(table));
    const { columns } = typedRows(patterns, table);
    const before = writer.sizeBytes();
    writer.add(columns);
    expect(writer.sizeBytes()).toBeGreaterThan(before);
    writer.add(columns);
    const read = await parquetFiles.read(writer.finish({ a: 'b' }), 'x');
    expect([read.rows, read.rowGroups, read.facts]).toEqual([4, 2, { a: 'b' }]);
    const prices = Array.from(await read.column('price'));
    expect(prices).toEqual([64067.85, 64071.85, 64067.85, 64071.85]);
  });

  test.for<[string, (bytes: Uint8Array) => Uint8Array]>([
    ['text', () => patterns.bytes],
    ['nothing', () => new Uint8Array()],
    ['a half', (bytes) => bytes.subarray(0, bytes.length / 2)],
    [
      'another footer',
      (bytes) =>
        Uint8Array.from(bytes, (byte, at) =>
          at > bytes.length - 60 && at < bytes.length - 8 ? 0xff : byte,
        ),
    ],
  ])('is refused where it is %s', async ([, change]) => {
    const reading = csvTables.typed.read(change(typedBytes(patterns)), 'x.parquet');
    await expect(reading).rejects.toThrow(/^x\.parquet file: found '.*', expected a parquet file/u);
  });

  test('is refused where a page is damaged', async () => {
    const bytes = Uint8Array.from(typedBytes(patterns), (byte, at) =>
      at > 4 && at < 60 ? 0xff : byte,
    );
    const read = await parquetFiles.read(bytes, 'x.parquet');
    await expect(read.column('confirmed')).rejects.toThrow('x.parquet file: found');
  });
});
