/**
 * The checks of docs/OUTPUT.md that need one bar file alone. They run on the bytes before they are
 * written, and again in the final step on the stored file. Files are compared elsewhere.
 */
import type { CheckResult } from '../stored/manifest.js';
import { formatDecimal, parseDecimal } from '../unit/decimal.js';
import type { Resolution } from '../unit/resolution.js';
import type { UtcDate } from '../unit/utc-date.js';
import { BAR_ROW_CHECKS } from './bar-row-checks.js';
import type { RowValues } from './cell-values.js';
import { checkingFile, withoutRest } from './file-checks.js';
import { checkingQuickly, holdsSurely } from './quick-check.js';
import type { QuickRow } from './quick-row.js';

/** What a bar file claims to be. */
export interface BarFileExpectation {
  /** Object name, for details only. */
  readonly name: string;
  readonly date: UtcDate;
  readonly resolution: Resolution;
  /** The price carried into 00:00; null if unknown. */
  readonly seedPrice: string | null;
}

export interface BarFileChecks {
  /** One result for each check that ran. A wrong header stops the checks of the rows. */
  readonly checks: readonly CheckResult[];
  /** Records below the header. */
  readonly rows: number;
  /** Columns, row count and number format are right: the bars that `see` got are all of the file's. */
  readonly isWhole: boolean;
  /** Close of the last row; undefined if it is empty or the file is not whole. */
  readonly lastPrice: string | undefined;
}

/**
 * `table`: every record of the file, the header first; it is read once. `see` gets each row that has
 * the right number of cells.
 */
export function checkBars(
  table: Iterable<readonly string[]>,
  expected: BarFileExpectation,
  see?: (values: RowValues) => void,
): BarFileChecks {
  return withoutRest(checkingBars(table, expected, see));
}

/** The same with rests: yields the records so far, and goes on when it is asked. */
export function* checkingBars(
  table: Iterable<readonly string[]>,
  { seedPrice, ...expected }: BarFileExpectation,
  see: (values: RowValues) => void = () => undefined,
): Generator<number, BarFileChecks> {
  const carriedBefore = seedPrice === null ? '' : plainPrice(seedPrice);
  const { carried, ...found } = yield* checkingFile(
    table,
    BAR_ROW_CHECKS,
    { ...expected, carried: carriedBefore },
    see,
  );
  return { ...found, lastPrice: found.isWhole && carried !== '' ? carried : undefined };
}

/**
 * checkingBars in doubles, for a file that is most probably right: a fraction of the time. Undefined: a
 * check is broken or in doubt; checkingBars says which. `see` returns false to say that it is in doubt.
 */
export function* checkingBarsQuickly(
  table: Iterable<readonly string[]>,
  { seedPrice, ...expected }: BarFileExpectation,
  see: (row: QuickRow) => boolean,
): Generator<number, BarFileChecks | undefined> {
  const carriedBefore = seedPrice === null ? '' : plainPrice(seedPrice);
  const file = { ...expected, carried: carriedBefore };
  const found = yield* checkingQuickly(table, BAR_ROW_CHECKS, file, see);
  if (found === undefined) return undefined;
  const { carried, ...checks } = found;
  return { ...checks, lastPrice: carried === '' ? undefined : carried };
}

/** The same for the bytes of a file that this program has just made: true only if every check holds. */
export function areSurelyBars(
  bytes: Uint8Array,
  { seedPrice, ...expected }: BarFileExpectation,
  see: (row: QuickRow) => void = () => undefined,
): boolean {
  const carried = seedPrice === null ? '' : plainPrice(seedPrice);
  return holdsSurely(bytes, BAR_ROW_CHECKS, { ...expected, carried }, see);
}

/** A price in the notation of bar files, without the padding that a report's price may have. */
export function plainPrice(text: string): string {
  const decimal = parseDecimal(text);
  return decimal === undefined ? text : formatDecimal(decimal.mantissa, decimal.decimals);
}
