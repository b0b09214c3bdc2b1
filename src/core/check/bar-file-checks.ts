/**
 * The checks of SPEC section 6 that a bar file can be put to alone: made on the bytes before they
 * are written, and again by the final step on what is stored. Files are compared elsewhere.
 */
import { BAR_COLUMNS } from '../bar/columns.js';
import type { CheckResult } from '../stored/manifest.js';
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
  /** Records below the header. */
  readonly rows: number;
  /** Columns, row count and number format are right, so that the bars that were seen are the file's. */
  readonly isWhole: boolean;
  /** Close of the last row; undefined where it is empty. */
  readonly lastPrice: string | undefined;
}

/**
 * `table`: every record of the file, the header first; it is gone through once. `see` is given each
 * row that has the right number of cells.
 */
export function checkBars(
  table: Iterable<readonly string[]>,
  expected: BarFileExpectation,
  see: (bar: Bar) => void = () => undefined,
): BarFileChecks {
  let tally: CheckTally | undefined;
  let rows: RowChecks | undefined;
  let count = 0;
  for (const record of table) {
    if (tally === undefined) {
      tally = tallyFor(expected, record);
      rows = isHeader(record) ? new RowChecks(expected, tally, see) : undefined;
      continue;
    }
    count += 1;
    rows?.take(record);
  }
  tally ??= tallyFor(expected, []);
  checkRowCount(count, expected.resolution, tally);
  const isWhole =
    rows !== undefined &&
    (['columns', 'row_count', 'number_format'] as const).every((check) => !tally.isBroken(check));
  const lastPrice = rows === undefined || rows.carried === '' ? undefined : rows.carried;
  return {
    checks: tally.results(),
    rows: count,
    isWhole,
    lastPrice: isWhole ? lastPrice : undefined,
  };
}

/** A price in the notation of the bar files, whatever padding a report carries. */
export function plainPrice(text: string): string {
  const decimal = parseDecimal(text);
  return decimal === undefined ? text : formatDecimal(decimal.mantissa, decimal.decimals);
}

function tallyFor(expected: BarFileExpectation, header: readonly string[]): CheckTally {
  const tally = new CheckTally(expected.name, isHeader(header) ? TABLE_CHECKS : HEADER_CHECKS);
  checkHeader(header, tally);
  return tally;
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
    found: `${rows} rows`,
    expected: `${rowsExpected} of ${resolution.name}`,
  });
}

/** The checks of the rows, one after the other; it keeps the last close and nothing else of them. */
class RowChecks {
  carried: string;
  private index = 0;
  private readonly startMs: number;
  private readonly stepMs: number;
  private readonly tally: CheckTally;
  private readonly see: (bar: Bar) => void;

  constructor(expected: BarFileExpectation, tally: CheckTally, see: (bar: Bar) => void) {
    this.startMs = dayStartMs(expected.date);
    this.stepMs = expected.resolution.seconds * SECOND_MS;
    this.carried = expected.seedPrice === null ? '' : plainPrice(expected.seedPrice);
    this.tally = tally;
    this.see = see;
  }

  take(row: readonly string[]): void {
    const { tally } = this;
    const stampExpected = isoStamp(this.startMs + this.index * this.stepMs);
    this.index += 1;
    const place = `row ${this.index} (${stampExpected})`;
    const cells = barCells(row);
    if (row.length !== BAR_COLUMNS.length) {
      const expected = `${BAR_COLUMNS.length} cells`;
      tally.breach('columns', { where: place, found: `${row.length} cells`, expected });
      this.carried = cells.close;
      return;
    }
    if (row[0] !== stampExpected) {
      const found = quoted(row[0] ?? '');
      tally.breach('time_steps', { where: place, found, expected: quoted(stampExpected) });
    }
    const bar = barOf(cells);
    checkCells({ place, cells, bar, carried: this.carried }, tally);
    this.see(bar);
    this.carried = cells.close;
  }
}
