/**
 * The checks that need one file alone, from its table of columns: header, rows, cells, and what its
 * kind adds about the cells of a row. The file is read once and not kept.
 */
import type { FileTable } from '../column/file-table.js';
import type { CheckResult } from '../stored/manifest.js';
import type { Resolution } from '../unit/resolution.js';
import { DAY_SECONDS, dayStartMs, SECOND_MS, stampWriter, type UtcDate } from '../unit/utc-date.js';
import {
  checkCells,
  type CheckedColumn,
  type CheckedRow,
  checkedColumns,
  notationChecks,
  rangeChecks,
} from './cell-checks.js';
import { type CellReader, cellReader, type RowValues } from './cell-values.js';
import { CheckTally, quoted } from './file-tally.js';
import type { QuickRow } from './quick-row.js';

/** How the cells of a row relate to each other, in one kind of file. */
export interface RowChecks {
  readonly table: FileTable;
  /** In the order in which results are listed. */
  readonly checks: readonly string[];
  check(row: CheckedRow, tally: CheckTally<string>): void;
  /**
   * The same in doubles: true only if `check` is sure to find nothing; false also stands for doubt.
   * Without it, files of the kind are never checked quickly.
   */
  surely?(row: QuickRow, carried: QuickRow): boolean;
}

/** Header, rows and the notation of each cell; no relations between cells. */
export function cellChecksOnly(table: FileTable): RowChecks {
  return { table, checks: [], check: () => undefined };
}

/** What a file claims to be. */
export interface FileExpectation {
  /** Object name, for details only. */
  readonly name: string;
  readonly date: UtcDate;
  /** Length of a grid's rows; undefined for events. */
  readonly resolution: Resolution | undefined;
  /** What the first row carries; empty if unknown. */
  readonly carried: string;
}

export interface FileChecks {
  /** One result for each check that ran. A wrong header stops the checks of the rows. */
  readonly checks: readonly CheckResult[];
  /** Records below the header. */
  readonly rows: number;
  /** Columns, row count and notation are right: the rows that `see` got are all of the file's. */
  readonly isWhole: boolean;
  /** The carried column's cell in the last row. */
  readonly carried: string;
}

/** Records between two rests of a check. */
export const CHECK_STEP_ROWS = 4_000;

/**
 * `records`: every record of the file, the header first. `see` gets each row that has the right number
 * of cells. Yields the records so far whenever the caller may rest.
 */
export function* checkingFile(
  records: Iterable<readonly string[]>,
  rowChecks: RowChecks,
  expected: FileExpectation,
  see: (values: RowValues) => void,
): Generator<number, FileChecks> {
  const pass = new FilePass(rowChecks, expected, see);
  let count = 0;
  for (const record of records) {
    if (count === 0) pass.takeHeader(record);
    else pass.take(record);
    count += 1;
    if (count % CHECK_STEP_ROWS === 0) yield count;
  }
  if (count === 0) pass.takeHeader([]);
  return pass.finish();
}

/** The result of a check that is made in one go. */
export function withoutRest<Result>(checking: Generator<number, Result>): Result {
  for (;;) {
    const step = checking.next();
    if (step.done === true) return step.value;
  }
}

/** The checks of a file with the right header, in the order of their results. */
export function checksOfFile({ table, checks }: RowChecks): string[] {
  const columns = checkedColumns(table);
  return [
    ...headerChecks(table),
    table.rows.kind === 'grid' ? 'time_steps' : 'row_order',
    ...notationChecks(columns),
    ...checks,
    ...rangeChecks(columns),
  ];
}

function headerChecks({ rows }: FileTable): string[] {
  return rows.kind === 'grid' ? ['columns', 'row_count'] : ['columns'];
}

class FilePass {
  private carried: string;
  private rows = 0;
  private hasHeader = false;
  private tally: CheckTally<string>;
  private before: readonly string[] | undefined;
  private readonly table: FileTable;
  private readonly columns: readonly CheckedColumn[];
  private readonly readers: readonly CellReader[];
  private readonly rowChecks: RowChecks;
  private readonly expected: FileExpectation;
  private readonly see: (values: RowValues) => void;
  private readonly stampOf = stampWriter();
  private readonly startMs: number;
  private readonly stepMs: number;
  private readonly timeAt: number;
  private readonly orderAt: readonly number[];
  private readonly carriedAt: number;
  private readonly countAt: number;

  constructor(rowChecks: RowChecks, expected: FileExpectation, see: (values: RowValues) => void) {
    const { table } = rowChecks;
    const { rows, carry } = table;
    this.table = table;
    this.columns = checkedColumns(table);
    this.rowChecks = rowChecks;
    this.expected = expected;
    this.see = see;
    this.carried = expected.carried;
    this.startMs = dayStartMs(expected.date);
    this.stepMs = (expected.resolution?.seconds ?? 0) * SECOND_MS;
    this.timeAt = rows.kind === 'grid' ? table.at(rows.time) : -1;
    this.readers = table.columns.map((column, at) =>
      at === this.timeAt ? () => undefined : cellReader(column),
    );
    this.orderAt = rows.kind === 'events' ? rows.order.map((name) => table.at(name)) : [];
    this.carriedAt = carry === undefined ? -1 : table.at(carry.from);
    this.countAt = carry === undefined ? -1 : table.at(carry.count);
    this.tally = new CheckTally(expected.name, headerChecks(this.table));
  }

  takeHeader(record: readonly string[]): void {
    const { header } = this.table;
    const wrong = header.findIndex((name, at) => record[at] !== name);
    this.hasHeader = wrong < 0 && record.length === header.length;
    if (this.hasHeader) {
      this.tally = new CheckTally(this.expected.name, checksOfFile(this.rowChecks));
      return;
    }
    const at = wrong < 0 ? header.length : wrong;
    this.tally.breach('columns', {
      where: `header column ${at + 1} of ${record.length}`,
      found: quoted(record[at] ?? ''),
      expected: wrong < 0 ? `${header.length} columns` : quoted(header[at] ?? ''),
    });
  }

  take(cells: readonly string[]): void {
    this.rows += 1;
    if (!this.hasHeader) return;
    const { tally, columns, table } = this;
    const stamp = this.timeAt < 0 ? '' : this.stampOf(this.startMs + (this.rows - 1) * this.stepMs);
    const place = `row ${this.rows} (${this.timeAt < 0 ? this.orderText(cells) : stamp})`;
    if (cells.length !== table.header.length) {
      const expected = `${table.header.length} cells`;
      tally.breach('columns', { where: place, found: `${cells.length} cells`, expected });
      this.carried = cells[this.carriedAt] ?? '';
      return;
    }
    if (this.timeAt >= 0) this.checkStep(cells[this.timeAt] ?? '', stamp, place);
    else this.checkOrder(cells, place);
    const values = this.valuesOf(cells);
    const holdsNothing = values[this.countAt] === 0n;
    const row = { place, cells, values, holdsNothing, carried: this.carried };
    checkCells(columns, row, tally);
    this.rowChecks.check(row, tally);
    this.see(values);
    this.carried = cells[this.carriedAt] ?? '';
  }

  finish(): FileChecks {
    const { tally, rows, hasHeader, carried, columns } = this;
    this.checkRowCount();
    const needed = ['columns', 'row_count', ...notationChecks(columns)];
    const isWhole = hasHeader && needed.every((check) => !tally.isBroken(check));
    return { checks: tally.results(), rows, isWhole, carried };
  }

  private valuesOf(cells: readonly string[]): (bigint | undefined)[] {
    const { readers } = this;
    const values: (bigint | undefined)[] = [];
    for (let at = 0; at < readers.length; at++) {
      const text = cells[at] ?? '';
      values.push(text === '' ? undefined : readers[at]?.(text));
    }
    return values;
  }

  private checkRowCount(): void {
    const { resolution } = this.expected;
    if (resolution === undefined) return;
    const rowsExpected = DAY_SECONDS / resolution.seconds;
    if (this.rows === rowsExpected) return;
    this.tally.breach('row_count', {
      where: '',
      found: `${this.rows} rows`,
      expected: `${rowsExpected} of ${resolution.name}`,
    });
  }

  private checkStep(found: string, expected: string, where: string): void {
    if (found === expected) return;
    const { tally } = this;
    tally.breach('time_steps', { where, found: quoted(found), expected: quoted(expected) });
  }

  private checkOrder(cells: readonly string[], where: string): void {
    const { before } = this;
    this.before = cells;
    if (before === undefined || this.isAfter(cells, before)) return;
    const found = quoted(this.orderText(cells));
    const expected = `more than ${quoted(this.orderText(before))}`;
    this.tally.breach('row_order', { where, found, expected });
  }

  /** Compares the first of the order's columns in which the rows differ. */
  private isAfter(cells: readonly string[], before: readonly string[]): boolean {
    for (const at of this.orderAt) {
      const [one = '', other = ''] = [cells[at], before[at]];
      if (one !== other) return one > other;
    }
    return false;
  }

  private orderText(cells: readonly string[]): string {
    return this.orderAt.map((at) => cells[at] ?? '').join(' ');
  }
}
