/** Which symbols a run is about: those that were named, or the folders that the raw root shows. */
import { FlowbarsError } from '../core/unit/errors.js';
import { parseSymbol, type SymbolName } from '../core/unit/symbol.js';
import type { Store } from './ports.js';

/** The symbols that were named, or every folder of the raw root. */
export type SymbolChoice = 'all' | readonly SymbolName[];

/** More symbols than this, and the root is probably not one of recordings: Cloud Run's limit of tasks (https://cloud.google.com/run/quotas). */
export const SYMBOLS_MAX = 10_000;

/** The layouts whose first folder is the symbol, so that a listing finds them all. */
const SYMBOL_FIRST = '{symbol}/';

/** In order of their names when they are found; as given when they were named. */
export async function resolveSymbols(
  choice: SymbolChoice,
  rawLayout: string,
  raw: Store,
): Promise<readonly SymbolName[]> {
  if (choice !== 'all') return choice;
  if (!rawLayout.startsWith(SYMBOL_FIRST)) {
    throw usage(
      'layout',
      `'${rawLayout}'`,
      `one that begins with ${SYMBOL_FIRST}, or named symbols`,
    );
  }
  const folders = await raw.folders();
  const symbols = folders.flatMap((folder) => parseSymbol(folder) ?? []);
  if (symbols.length > 0 && symbols.length <= SYMBOLS_MAX) return symbols;
  const expected = symbols.length === 0 ? 'a folder for each symbol' : `at most ${SYMBOLS_MAX}`;
  throw usage(`symbols in ${raw.root}`, `${symbols.length} folders of symbols`, expected);
}

function usage(what: string, found: string, expected: string): FlowbarsError {
  return new FlowbarsError('usage', { where: '--symbols all', what, found, expected });
}
