/**
 * The checks of SPEC section 6 that a bar file can be put to alone: made on the bytes before they
 * are written, and again by the final step on what is stored. Files are compared elsewhere.
 */
import { BAR_COLUMNS } from '../bar/columns.js';
import type { CheckResult } from '../report/manifest.js';
import { formatDecimal, parseDecimal } from '../unit/decimal.js';
import type { Resolution } from '../unit/resolution.js';
import { DAY_SECONDS, dayStartMs, isoStamp, SECOND_MS, type UtcDate } from '../unit/utc-date.js';
import { checkCells } from './bar-file-cells.js';
import { type CheckName, CheckTally, quoted } from './bar-file-tally.js';
import { type Bar, barCells, barOf } from './bar-file-values.js';

const HEADER_CHECKS: readonly CheckName[] = ['columns', 'row_count'];
const TABLE_CHECKS: readonly CheckName[] = [
  ...HEADER_CHECKS,
  'time_steps',
  'number_format',
  'price_order',
  'vwap_range',
  'volume_sums',
  'flat_bars',
  'avg_spread',
  'imbalance',
];

/** What a bar file is said to be. */
export interface BarFileExpectation {
  /** Object name, for details alone. */
  readonly name: string;
  readonly date: UtcDate;
  readonly resolution: Resolution;
  /** The price carried into 00:00; null where none is known. */
  readonly seedPrice: string | null;
}

export interface BarFileChecks {
  /** One result for each check that could be made: a wrong header leaves nothing to look at below it. */
  readonly checks: readonly CheckResult[];
  /** The rows as exact values; undefined unless columns, row count and number format are right. */
  readonly bars: readonly Bar[] | undefined;
  /** Close of the last row; undefined where it is empty. */
  readonly lastPrice: string | undefined;
}

/** `table`: every record of the file, the header first. */
export function checkBars(
  table: readonly (readonly string[])[],
  expected: BarFileExpectation,
): BarFileChecks {
  const hasHeader = isHeader(table[0] ?? []);
  const tally = new CheckTally(expected.name, hasHeader ? TABLE_CHECKS : HEADER_CHECKS);
  checkHeader(table[0] ?? [], tally);
  checkRowCount(table.length - 1, expected.resolution, tally);
  const bars = hasHeader ? checkRows(table, expected, tally) : [];
  const isWhole = (['columns', 'row_count', 'number_format'] as const).every(
    (check) => !tally.isBroken(check),
  );
  const lastClose = table.at(-1)?.[BAR_COLUMNS.indexOf('close')] ?? '';
  return {
    checks: tally.results(),
    bars: isWhole ? bars : undefined,
    lastPrice: isWhole && lastClose !== '' ? lastClose : undefined,
  };
}

/** A price in the notation of the bar files, whatever padding a report carries. */
export function plainPrice(text: string): string {
  const decimal = parseDecimal(text);
  return decimal === undefined ? text : formatDecimal(decimal.mantissa, decimal.decimals);
}

function isHeader(record: readonly string[]): boolean {
  return (
    record.length === BAR_COLUMNS.length &&
    BAR_COLUMNS.every((column, index) => record[index] === column)
  );
}

function checkHeader(record: readonly string[], tally: CheckTally): void {
  if (isHeader(record)) return;
  const index = BAR_COLUMNS.findIndex((column, at) => record[at] !== column);
  tally.breach('columns', {
    where: `header column ${index < 0 ? BAR_COLUMNS.length + 1 : index + 1} of ${record.length}`,
    found: quoted(record[index < 0 ? BAR_COLUMNS.length : index] ?? ''),
    expected: index < 0 ? `${BAR_COLUMNS.length} columns` : quoted(BAR_COLUMNS[index] ?? ''),
  });
}

function checkRowCount(rows: number, resolution: Resolution, tally: CheckTally): void {
  const rowsExpected = DAY_SECONDS / resolution.seconds;
  if (rows === rowsExpected) return;
  tally.breach('row_count', {
    where: '',
    found: `${Math.max(0, rows)} rows`,
    expected: `${rowsExpected} of ${resolution.name}`,
  });
}

function checkRows(
  table: readonly (readonly string[])[],
  { date, resolution, seedPrice }: BarFileExpectation,
  tally: CheckTally,
): Bar[] {
  const startMs = dayStartMs(date);
  const stepMs = resolution.seconds * SECOND_MS;
  const bars: Bar[] = [];
  let carried = seedPrice === null ? '' : plainPrice(seedPrice);
  for (let index = 1; index < table.length; index += 1) {
    const row = table[index] ?? [];
    const stampExpected = isoStamp(startMs + (index - 1) * stepMs);
    const place = `row ${index} (${stampExpected})`;
    if (row.length !== BAR_COLUMNS.length) {
      const expected = `${BAR_COLUMNS.length} cells`;
      tally.breach('columns', { where: place, found: `${row.length} cells`, expected });
      carried = barCells(row).close;
      continue;
    }
    if (row[0] !== stampExpected) {
      const found = quoted(row[0] ?? '');
      tally.breach('time_steps', { where: place, found, expected: quoted(stampExpected) });
    }
    const cells = barCells(row);
    const bar = barOf(cells);
    checkCells({ place, cells, bar, carried }, tally);
    bars.push(bar);
    carried = cells.close;
  }
  return bars;
}
