/** One table of columns is enough for a new kind of file, from cells to schema: shown on two made-up kinds. */
import { describe, expect, test } from 'vitest';
import type { RowValues } from '../../../src/core/check/cell-values.js';
import {
  checkingFile,
  type FileChecks,
  type RowChecks,
  withoutRest,
} from '../../../src/core/check/file-checks.js';
import { checkingQuickly } from '../../../src/core/check/quick-check.js';
import { checkRollUp, RollUp } from '../../../src/core/across/roll-up-check.js';
import type { FileTable } from '../../../src/core/column/file-table.js';
import { typedSchema } from '../../../src/core/column/typed-schema.js';
import {
  type CellWriter,
  type CellWriters,
  fileBytes,
} from '../../../src/core/encode/file-bytes.js';
import { type CellOf, type CellsOf, fileRows } from '../../../src/core/encode/file-rows.js';
import { parseResolution } from '../../../src/core/unit/resolution.js';
import { dayStartMs, utcDate } from '../../../src/core/unit/utc-date.js';
import { codec } from '../../../src/edge/format/codec.js';
import { csvTables } from '../../../src/edge/format/csv-table.js';
import { EVENTS, eventCells, GRID, gridCells, type Stretch } from './made-up-kinds.js';

const date = utcDate('2025-12-11', 'test');
const HOUR_MS = 3_600_000;
const name = 'made-up.csv';

const NO_BOOK = { reason: 'quiet', orders: [], deltaMin: 0 };
const QUARTERS: readonly Stretch[] = [
  {
    startMs: hourMs(0),
    reason: 'traded',
    orders: [5, 9],
    cvd: 2,
    deltaMin: -3,
    book: book(101, 1),
  },
  { startMs: hourMs(6), ...NO_BOOK, cvd: 2, book: book(99, -4) },
  { startMs: hourMs(12), ...NO_BOOK, cvd: 2 },
  { startMs: hourMs(18), ...NO_BOOK, reason: 'outage', cvd: 2 },
];
const HALVES: readonly Stretch[] = [
  {
    startMs: hourMs(0),
    reason: 'traded',
    orders: [5, 9],
    cvd: 2,
    deltaMin: -3,
    book: { bids: [101, 100.5, 99, 99.5], ofi: -3, tilt: [2n, 6n], seenMs: hourMs(5) },
  },
  { startMs: hourMs(12), ...NO_BOOK, reason: 'outage', cvd: 2 },
];

function hourMs(hour: number): number {
  return dayStartMs(date) + hour * HOUR_MS;
}

function book(bid: number, ofi: number): NonNullable<Stretch['book']> {
  return { bids: [bid, bid === 99 ? 99.5 : 100.5], ofi, tilt: [1n, 3n], seenMs: hourMs(5) };
}

/** The bytes of a file, written both ways and read back as records. */
function written<Name extends string>(
  table: FileTable<Name>,
  cells: CellsOf<Name>,
  rows: number,
): string[][] {
  const extent = { rows, carried: undefined };
  const bytes = csvTables.write(table.header, fileRows(table, cells, extent));
  const writers = mapCells(table, cells, (text) => (row, out) => out.text(text(row) ?? ''));
  const direct = fileBytes(table, writers, extent);
  expect(codec.decode(direct)).toBe(codec.decode(bytes));
  return csvTables.read(direct, name);
}

function mapCells<Name extends string>(
  { header }: FileTable<Name>,
  cells: CellsOf<Name>,
  writerOf: (text: CellOf) => CellWriter,
): CellWriters<Name> {
  const writers = header.map((column) => [column, writerOf(cells[column])] as const);
  return Object.fromEntries(writers) as CellWriters<Name>;
}

const quarters = (): string[][] => written(GRID, gridCells(QUARTERS), QUARTERS.length);
const halves = (): string[][] => written(GRID, gridCells(HALVES), HALVES.length);
const events = (...lines: string[]): string[][] => written(EVENTS, eventCells(lines), lines.length);

interface Checked extends FileChecks {
  readonly seen: RowValues[];
  readonly failed: Readonly<Record<string, string>>;
}

function checked(table: FileTable, records: string[][], resolution?: string): Checked {
  const seen: RowValues[] = [];
  const rowChecks: RowChecks = { table, checks: [], check: () => undefined };
  const of = resolution === undefined ? undefined : parseResolution(resolution, 'test');
  const expected = { name, date, resolution: of, carried: '' };
  const checking = checkingFile(records, rowChecks, expected, (values) => seen.push(values));
  const result = withoutRest(checking);
  const isRight = result.checks.every(({ ok }) => ok);
  const surely = { ...rowChecks, surely: () => true };
  const quickSeen: RowValues[] = [];
  const quick = withoutRest(
    checkingQuickly(records, surely, expected, (row) => quickSeen.push(row.values()) > 0),
  );
  // Of a grid whose numbers are safe integers, doubles tell right from wrong.
  expect(quick).toEqual(isRight && of !== undefined ? result : undefined);
  if (quick !== undefined) expect(quickSeen).toEqual(seen);
  const failed = result.checks.filter(({ ok }) => !ok);
  return { ...result, seen, failed: Object.fromEntries(failed.map((c) => [c.check, c.detail])) };
}

function changed(records: string[][], row: number, at: number, text: string): string[][] {
  records[row]?.splice(at, 1, text);
  return records;
}

describe('a grid with texts, times and empty cells', () => {
  test('is written by its table', () => {
    expect(quarters().map((cells) => cells.join(','))).toEqual([
      'start,reason,orders,order_max,cvd,delta_min,ofi,bid_first,bid_close,bid_min,tilt,seen',
      '2025-12-11T00:00:00Z,traded,2,9,2,-3,1,101,100.5,100.5,0.3333,2025-12-11T05:00:00Z',
      '2025-12-11T06:00:00Z,quiet,0,0,2,0,-4,99,99.5,99,0.3333,2025-12-11T05:00:00Z',
      '2025-12-11T12:00:00Z,quiet,0,0,2,0,,,,,,',
      '2025-12-11T18:00:00Z,outage,0,0,2,0,,,,,,',
    ]);
  });

  test('passes the checks of its table', () => {
    const result = checked(GRID, quarters(), '6h');
    expect(result.checks.map(({ check }) => check)).toEqual([
      'columns',
      'row_count',
      'time_steps',
      'text_values',
      'number_format',
      'time_format',
      'delta_range',
      'tilt_range',
    ]);
    expect(result).toMatchObject({ failed: {}, isWhole: true, rows: 4, carried: '' });
    expect(result.seen).toHaveLength(4);
  });

  test.for<[column: Parameters<typeof GRID.at>[0], text: string, check: string, expected: string]>([
    ['start', '2025-12-11T06:00:01Z', 'time_steps', "'2025-12-11T06:00:00Z'"],
    ['reason', 'asleep', 'text_values', 'one of traded, outage, quiet'],
    ['reason', '', 'text_values', 'one of traded, outage, quiet'],
    ['orders', '1.5', 'number_format', 'at most 0 decimals'],
    ['order_max', '', 'number_format', 'a number'],
    ['order_max', '-1', 'number_format', 'no minus sign'],
    ['cvd', '1e5', 'number_format', 'plain digits without exponent or padding zeros'],
    ['tilt', '0.12345', 'number_format', 'at most 4 decimals'],
    ['tilt', '-1.5', 'tilt_range', '-1 to 1'],
    ['delta_min', '0.5', 'delta_range', '0 or less'],
    ['seen', '2025-12-11 05:00', 'time_format', 'a time such as 2025-12-11T00:00:00Z'],
    ['seen', '2025-02-30T00:00:00Z', 'time_format', 'a time such as 2025-12-11T00:00:00Z'],
  ])('with %s %s breaks %s alone', ([column, text, check, expected]) => {
    const { failed } = checked(GRID, changed(quarters(), 2, GRID.at(column), text), '6h');
    const cell = check === 'time_steps' ? '' : ` ${column}`;
    const detail = `${name} row 2 (2025-12-11T06:00:00Z)${cell}: found '${text}', expected ${expected}`;
    expect(failed).toEqual({ [check]: detail });
  });

  test('with another header gets no further checks', () => {
    const { failed, checks, isWhole } = checked(GRID, changed(quarters(), 0, 1, 'cause'), '6h');
    const detail = `${name} header column 2 of 12: found 'cause', expected 'reason'`;
    expect({ failed, isWhole }).toEqual({ failed: { columns: detail }, isWhole: false });
    expect(checks).toHaveLength(2);
  });

  test('rolls up by the rule of each column', () => {
    const rollUp = new RollUp(GRID, 2);
    for (const values of checked(GRID, quarters(), '6h').seen) rollUp.take(values);
    const file = { name, date, resolution: parseResolution('12h', 'test'), base: '6h' };
    const compare = (records: string[][]): string =>
      checkRollUp(GRID, checked(GRID, records, '12h').seen, rollUp.rolled, file)
        .map(({ detail }) => detail)
        .join('');
    expect(rollUp.rolled).toHaveLength(2);
    expect(compare(halves())).toBe('');
    const breaches: string[] = [];
    for (const [at, column] of GRID.columns.entries()) {
      const text = { time: '2025-12-11T01:00:00Z', text: 'quiet' };
      const wrong = column.kind === 'time' || column.kind === 'text' ? text[column.kind] : '7';
      const detail = compare(changed(halves(), 1, at, wrong));
      if (detail !== '') breaches.push(detail.replace(/^.*?Z\) /u, ''));
    }
    expect(breaches).toEqual([
      "reason: found 'quiet', expected 'traded', the roll-up of 6h",
      "orders: found '7', expected '2', the roll-up of 6h",
      "order_max: found '7', expected '9', the roll-up of 6h",
      "cvd: found '7', expected '2', the roll-up of 6h",
      "ofi: found '7', expected '-3', the roll-up of 6h",
      "bid_first: found '7', expected '101', the roll-up of 6h",
      "bid_close: found '7', expected '99.5', the roll-up of 6h",
      "bid_min: found '7', expected '99', the roll-up of 6h",
      "seen: found '2025-12-11T01:00:00Z', expected '2025-12-11T05:00:00Z', the roll-up of 6h",
    ]);
    expect(compare(changed(halves(), 2, GRID.at('ofi'), '0'))).toContain("found '0', expected ''");
  });

  test('has types', () => {
    const shown = typedSchema(GRID).map(({ name: column, physical, logical, ...rest }) =>
      [column, physical, logical?.type ?? '-', rest.encoding ?? '-', rest.repetition].join(' '),
    );
    expect(shown).toEqual([
      'start INT64 TIMESTAMP DELTA_BINARY_PACKED REQUIRED',
      'reason BYTE_ARRAY STRING RLE_DICTIONARY REQUIRED',
      'orders INT64 INTEGER - REQUIRED',
      'order_max DOUBLE - - REQUIRED',
      'cvd DOUBLE - - REQUIRED',
      'delta_min DOUBLE - - REQUIRED',
      'ofi DOUBLE - - OPTIONAL',
      'bid_first DOUBLE - - OPTIONAL',
      'bid_close DOUBLE - - OPTIONAL',
      'bid_min DOUBLE - - OPTIONAL',
      'tilt DOUBLE - - OPTIONAL',
      'seen INT64 TIMESTAMP DELTA_BINARY_PACKED OPTIONAL',
    ]);
  });
});

describe('events', () => {
  const FIRST = '2025-12-11T00:31:07Z imbalance up 100.25 -1.5';
  const SECOND = '2025-12-11T00:31:07Z whale down 100.25 -';
  const THIRD = '2025-12-11T00:40:00Z imbalance down 99 0.1234';

  test('of any number are written and pass the checks of their table', () => {
    const records = events(FIRST, SECOND, THIRD);
    expect(records.map((cells) => cells.join(','))).toEqual([
      'confirmed,pattern,direction,price,outcome_bps',
      '2025-12-11T00:31:07Z,imbalance,up,100.25,-1.5',
      '2025-12-11T00:31:07Z,whale,down,100.25,',
      '2025-12-11T00:40:00Z,imbalance,down,99,0.1234',
    ]);
    const result = checked(EVENTS, records);
    expect(result.checks.map(({ check }) => check)).toEqual([
      'columns',
      'row_order',
      'time_format',
      'text_values',
      'number_format',
    ]);
    expect(result).toMatchObject({ failed: {}, isWhole: true, rows: 3 });
    expect(checked(EVENTS, events())).toMatchObject({ failed: {}, isWhole: true, rows: 0 });
  });

  test.for<[why: string, lines: string[]]>([
    ['out of order', [SECOND, FIRST]],
    ['twice', [SECOND, SECOND]],
  ])('that are %s break the order', ([, lines]) => {
    const { failed } = checked(EVENTS, events(...lines));
    const found = lines[1]?.split(' ').slice(0, 3).join(' ') ?? '';
    const where = `${name} row 2 (${found}): found '${found}'`;
    const detail = `${where}, expected more than '2025-12-11T00:31:07Z whale down'`;
    expect(failed).toEqual({ row_order: detail });
  });

  test('with a cell too many break the columns check', () => {
    const records = events(FIRST);
    records[1]?.push('');
    expect(checked(EVENTS, records).failed).toEqual({
      columns: `${name} row 1 (2025-12-11T00:31:07Z imbalance up): found 6 cells, expected 5 cells`,
    });
  });

  test('have types', () => {
    expect(typedSchema(EVENTS).map(({ physical }) => physical)).toEqual([
      'INT64',
      'BYTE_ARRAY',
      'BYTE_ARRAY',
      'DOUBLE',
      'DOUBLE',
    ]);
  });
});
