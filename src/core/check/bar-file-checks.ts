/**
 * The checks of SPEC section 6 that a bar file can be put to alone: made on the bytes before they
 * are written, and again by the final step on what is stored. Files are compared elsewhere.
 */
import type { CheckResult } from '../stored/manifest.js';
import { formatDecimal, parseDecimal } from '../unit/decimal.js';
import type { Resolution } from '../unit/resolution.js';
import type { UtcDate } from '../unit/utc-date.js';
import { BAR_ROW_CHECKS } from './bar-row-checks.js';
import type { RowValues } from './cell-values.js';
import { checkFile } from './file-checks.js';

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
  /** Close of the last row; undefined where it is empty or the file is not whole. */
  readonly lastPrice: string | undefined;
}

/**
 * `table`: every record of the file, the header first; it is gone through once. `see` is given each
 * row that has the right number of cells.
 */
export function checkBars(
  table: Iterable<readonly string[]>,
  { seedPrice, ...expected }: BarFileExpectation,
  see: (values: RowValues) => void = () => undefined,
): BarFileChecks {
  const carriedBefore = seedPrice === null ? '' : plainPrice(seedPrice);
  const { carried, ...found } = checkFile(
    table,
    BAR_ROW_CHECKS,
    { ...expected, carried: carriedBefore },
    see,
  );
  return { ...found, lastPrice: found.isWhole && carried !== '' ? carried : undefined };
}

/** A price in the notation of the bar files, whatever padding a report carries. */
export function plainPrice(text: string): string {
  const decimal = parseDecimal(text);
  return decimal === undefined ? text : formatDecimal(decimal.mantissa, decimal.decimals);
}
