/**
 * Compares the bar files of a day with each other: every coarser row is the exact roll-up of the finest
 * resolution that divides it, by each column's rule. `recomputed` columns cannot be rolled up.
 */
import type { Column } from '../column/column.js';
import type { FileTable } from '../column/file-table.js';
import type { CheckResult } from '../stored/manifest.js';
import { formatDecimal } from '../unit/decimal.js';
import { assert } from '../unit/errors.js';
import type { Resolution } from '../unit/resolution.js';
import { dayStartMs, isoStamp, SECOND_MS, type UtcDate } from '../unit/utc-date.js';
import { CELL_DECIMALS, type RowValues } from '../check/cell-values.js';
import { CheckTally, quoted } from '../check/file-tally.js';

/** The finest of `resolutions` that is finer than this one and divides it. */
export function rollUpBase(
  resolutions: readonly Resolution[],
  { seconds }: Resolution,
): Resolution | undefined {
  return resolutions
    .filter((finer) => finer.seconds < seconds && seconds % finer.seconds === 0)
    .toSorted((a, b) => a.seconds - b.seconds)[0];
}

/** Rolls rows up to rows `factor` times as long, one at a time. */
export class RollUp {
  /** A cell is undefined if all finer cells are empty, and in `recomputed` columns. */
  readonly rolled: RowValues[] = [];
  private readonly columns: readonly RolledColumn[];
  private readonly carry: CarryPlaces | undefined;
  private readonly factor: number;
  private group: RowValues[] = [];

  constructor(table: FileTable, factor: number) {
    const { carry } = table;
    this.columns = rolledColumns(table);
    this.carry =
      carry === undefined
        ? undefined
        : { fromAt: table.at(carry.from), countAt: table.at(carry.count) };
    this.factor = factor;
  }

  /** Always true: big integers are never in doubt. */
  take(values: RowValues): boolean {
    this.group.push(values);
    if (this.group.length < this.factor) return true;
    this.rolled.push(this.rollUpOne());
    this.group = [];
    return true;
  }

  private rollUpOne(): RowValues {
    const { group, carry } = this;
    const holding = carry === undefined ? group : group.filter((row) => row[carry.countAt] !== 0n);
    const rolled: (bigint | undefined)[] = [];
    for (const { at, rule, isCarried } of this.columns) {
      const nothing = isCarried && carry !== undefined ? group.at(-1)?.[carry.fromAt] : undefined;
      rolled[at] = rolledCell(isCarried ? holding : group, at, rule) ?? nothing;
    }
    return rolled;
  }
}

interface CarryPlaces {
  readonly fromAt: number;
  readonly countAt: number;
}

export interface RolledColumn {
  readonly at: number;
  readonly column: Column;
  readonly rule: Exclude<Column['rollUp'], 'recomputed'>;
  readonly isCarried: boolean;
}

/** A grid's time is left out: `time_steps` checks it. */
export function rolledColumns({ columns, rows }: FileTable): RolledColumn[] {
  return columns.flatMap((column, at) => {
    const { name, rollUp: rule, nothing } = column;
    const isGridTime = rows.kind === 'grid' && name === rows.time;
    if (rule === 'recomputed' || isGridTime) return [];
    return [{ at, column, rule, isCarried: nothing === 'carried' }];
  });
}

function rolledCell(
  rows: readonly RowValues[],
  at: number,
  rule: RolledColumn['rule'],
): bigint | undefined {
  let found: bigint | undefined;
  for (const { [at]: value } of rows) {
    if (value === undefined) continue;
    if (found === undefined) found = value;
    else if (rule === 'sum') found += value;
    else if (rule === 'last') found = value;
    else if (rule === 'max' && value > found) found = value;
    else if (rule === 'min' && value < found) found = value;
  }
  return found;
}

export interface RolledFile {
  readonly name: string;
  readonly date: UtcDate;
  readonly resolution: Resolution;
  /** Name of the finer resolution that was rolled up. */
  readonly base: string;
}

/** Compares a file's rows with the roll-up of the finer file. Both must have the day's row count. */
export function checkRollUp(
  table: FileTable,
  rows: readonly RowValues[],
  rolled: readonly RowValues[],
  { name, date, resolution, base }: RolledFile,
): CheckResult[] {
  assert(
    rows.length === rolled.length,
    'a roll-up has as many rows as the file it is compared with',
  );
  const tally = new CheckTally(name, ['roll_up']);
  const startMs = dayStartMs(date);
  const columns = rolledColumns(table);
  for (const [index, row] of rows.entries()) {
    for (const { at, column } of columns) {
      const expected = rolled[index]?.[at];
      if (row[at] === expected) continue;
      const stamp = isoStamp(startMs + index * resolution.seconds * SECOND_MS);
      tally.breach('roll_up', {
        where: `row ${index + 1} (${stamp}) ${column.name}`,
        found: quoted(textOf(column, row[at])),
        expected: `${quoted(textOf(column, expected))}, the roll-up of ${base}`,
      });
    }
  }
  return tally.results();
}

function textOf(column: Column, value: bigint | undefined): string {
  if (value === undefined) return '';
  if (column.kind === 'text') return column.values[Number(value)] ?? '';
  if (column.kind === 'time') return isoStamp(Number(value));
  return formatDecimal(value, CELL_DECIMALS);
}
