/** Which symbols a run is about: those that were named, or the folders that the raw root shows. */
import { hasSymbolFirst } from '../../core/rule/layout.js';
import { FlowbarsError, type FourParts } from '../../core/unit/errors.js';
import { parseSymbol, type SymbolName } from '../../core/unit/symbol.js';
import type { Store } from '../ports.js';

/** The symbols that were named, or every folder of the raw root. */
export type SymbolChoice = 'all' | readonly SymbolName[];

/**
 * A task each, and Cloud Run takes no more tasks (https://cloud.google.com/run/quotas). Only `all` comes
 * that far: a list of names has to fit a variable of 32 kB, which holds about 3,000 of them.
 */
export const SYMBOLS_MAX = 10_000;

/** Of one run: its summary is made of that many records, all in memory. A year of 500 symbols fits. */
export const SYMBOL_DAYS_MAX = 200_000;

/** Throws a usage error in the caller's words for more symbol-days than `max`. */
export function refuseTooMany(
  symbolDays: number,
  {
    max = SYMBOL_DAYS_MAX,
    ...parts
  }: Omit<FourParts, 'what'> & Partial<FourParts> & { readonly max?: number },
): void {
  if (symbolDays > max) throw new FlowbarsError('usage', { what: 'symbol-days', ...parts });
}

/** In order of their names when they are found; as given when they were named. `onSkipped`: a folder that is no symbol. */
export async function resolveSymbols(
  choice: SymbolChoice,
  rawLayout: string,
  raw: Store,
  onSkipped: (folder: string) => void = () => undefined,
): Promise<readonly SymbolName[]> {
  if (choice !== 'all') return choice;
  if (!hasSymbolFirst(rawLayout)) {
    const expected = 'one that begins with {symbol}/, or named symbols';
    throw usage('layout', `'${rawLayout}'`, expected);
  }
  const folders = await raw.folders();
  const symbols = folders.flatMap((folder) => {
    const symbol = parseSymbol(folder);
    if (symbol === undefined) onSkipped(folder);
    return symbol ?? [];
  });
  if (symbols.length > 0 && symbols.length <= SYMBOLS_MAX) return symbols;
  const expected = symbols.length === 0 ? 'a folder for each symbol' : `at most ${SYMBOLS_MAX}`;
  const among = folders.length > symbols.length ? ` among ${folders.length} folders` : '';
  const found = `${symbols.length} folders of symbols${among}`;
  throw usage(`symbols in ${raw.root}`, found, expected);
}

function usage(what: string, found: string, expected: string): FlowbarsError {
  return new FlowbarsError('usage', { where: '--symbols all', what, found, expected });
}
