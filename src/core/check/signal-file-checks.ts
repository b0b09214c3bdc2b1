/** The checks of docs/OUTPUT.md that need one signals file alone, as bar-file-checks makes them of bars. */
import type { Resolution } from '../unit/resolution.js';
import type { UtcDate } from '../unit/utc-date.js';
import type { RowValues } from './cell-values.js';
import { checkingFile, type FileChecks, type FileExpectation, withoutRest } from './file-checks.js';
import { holdsSurely } from './quick-check.js';
import type { QuickRow } from './quick-row.js';
import { signalRowChecks } from './signal-row-checks.js';

/** What a signals file claims to be. */
export interface SignalFileExpectation {
  /** Object name, for details only. */
  readonly name: string;
  readonly date: UtcDate;
  readonly resolution: Resolution;
  /** Depth is recorded; else every column of the book is empty. */
  readonly hasBook: boolean;
}

/** `table`: every record of the file, the header first; it is read once. `see` as in checkBars. */
export function checkSignals(
  table: Iterable<readonly string[]>,
  expected: SignalFileExpectation,
  see: (values: RowValues) => void = () => undefined,
): FileChecks {
  return withoutRest(checkingFile(table, signalRowChecks(expected), fileOf(expected), see));
}

/** The same for the bytes of a file that this program has just made: true only if every check holds. */
export function areSurelySignals(
  bytes: Uint8Array,
  expected: SignalFileExpectation,
  see: (row: QuickRow) => void = () => undefined,
): boolean {
  return holdsSurely(bytes, signalRowChecks(expected), fileOf(expected), see);
}

function fileOf({ name, date, resolution }: SignalFileExpectation): FileExpectation {
  return { name, date, resolution, carried: '' };
}
