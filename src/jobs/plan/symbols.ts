/** The symbols of a run: those named, or the folders of the raw root. */
import { hasSymbolFirst, type RawLayout } from '../../core/rule/layout.js';
import { compareNames } from '../../core/unit/compare-names.js';
import { describeRoot } from '../../core/recorded/root-look.js';
import { SYMBOLS_MAX } from '../../core/plan/symbol-pattern.js';
import { FlowbarsError, type FourParts } from '../../core/unit/errors.js';
import type { SymbolName } from '../../core/unit/symbol.js';
import type { UtcDate } from '../../core/unit/utc-date.js';
import type { Store } from '../ports.js';
import { lookAtRoot } from '../recorded/look-at-root.js';
import { recordedSymbols } from '../recorded/recorded-symbols.js';

/** Named symbols, or `all`: every folder of the raw root that holds a stream's. */
export type SymbolChoice = 'all' | readonly SymbolName[];

/** The option that names symbols. */
const SYMBOLS_WHERE = '--symbols';

/** Limit of one run, whose summary holds all records in memory. A year of 500 symbols fits. */
export const SYMBOL_DAYS_MAX = 200_000;

/** Throws a usage error with the caller's parts for more symbol-days than `max`. */
export function refuseTooMany(
  symbolDays: number,
  {
    max = SYMBOL_DAYS_MAX,
    ...parts
  }: Omit<FourParts, 'what'> & Partial<FourParts> & { readonly max?: number },
): void {
  if (symbolDays > max) throw new FlowbarsError('usage', { what: 'symbol-days', ...parts });
}

/** Refuses more symbol-days than one summary can hold. */
export function refuseTooManyDays(
  { length: symbols }: readonly SymbolName[],
  { length: days }: readonly UtcDate[],
  where: string = SYMBOLS_WHERE,
): void {
  const found = `${symbols} symbols for ${days} days`;
  const expected = `at most ${SYMBOL_DAYS_MAX} symbol-days (split them into several runs; they can share an output root)`;
  refuseTooMany(symbols * days, { where, found, expected });
}

export interface ResolveOptions {
  /** The option or field that named the symbols, for errors. */
  readonly where?: string;
  /** Called with the folders that are not symbols, if there are any. */
  readonly onSkipped?: (folders: readonly string[]) => void;
}

/** Sorted by name if found; in the given order if named. Throws a usage error that says what lies in a root without symbols. */
export async function resolveSymbols(
  choice: SymbolChoice,
  layout: RawLayout,
  raw: Store,
  { where = SYMBOLS_WHERE, onSkipped }: ResolveOptions = {},
): Promise<readonly SymbolName[]> {
  if (choice !== 'all') return choice;
  const refuse = (what: string, found: string, expected: string): never => {
    throw new FlowbarsError('usage', { where: `${where} all`, what, found, expected });
  };
  if (!hasSymbolFirst(layout.rawLayout)) {
    const expected = 'a layout that begins with {symbol}/, or named symbols';
    return refuse('layout', `'${layout.rawLayout}'`, expected);
  }
  const { symbols, skipped, count } = await recordedSymbols(layout, raw);
  const what = `symbols in ${raw.root}`;
  if (symbols.length === 0) {
    const { found, expected } = describeRoot(await lookAtRoot(raw), layout);
    return refuse(what, found, expected);
  }
  if (symbols.length > SYMBOLS_MAX) {
    const found = `${symbols.length} symbol folders among ${count} folders`;
    return refuse(what, found, `at most ${SYMBOLS_MAX}`);
  }
  if (skipped.length > 0) onSkipped?.(skipped);
  return symbols.toSorted(compareNames);
}
