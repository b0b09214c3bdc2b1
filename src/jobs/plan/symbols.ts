/** Which symbols a run is about: those that were named, or the folders that the raw root shows. */
import { hasSymbolFirst } from '../../core/plan/layout.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import { parseSymbol, type SymbolName } from '../../core/unit/symbol.js';
import type { UtcDate } from '../../core/unit/utc-date.js';
import type { Store } from '../ports.js';

/** The symbols that were named, or every folder of the raw root. */
export type SymbolChoice = 'all' | readonly SymbolName[];

/** A task each, and Cloud Run takes no more tasks (https://cloud.google.com/run/quotas). */
export const SYMBOLS_MAX = 10_000;

/** The option that names symbols. */
const SYMBOLS_WHERE = '--symbols';

/** Of one run: its summary is made of that many records, all in memory. A year of 500 symbols fits. */
export const SYMBOL_DAYS_MAX = 200_000;

/** A few million records would be read back into one summary. */
export function refuseTooMany(
  { length: symbols }: readonly SymbolName[],
  { length: days }: readonly UtcDate[],
  where: string = SYMBOLS_WHERE,
): void {
  if (symbols * days <= SYMBOL_DAYS_MAX) return;
  throw new FlowbarsError('usage', {
    where,
    what: 'symbol-days',
    found: `${symbols} symbols for ${days} days`,
    expected: `at most ${SYMBOL_DAYS_MAX} symbol-days (several runs can share an output root)`,
  });
}

export interface ResolveOptions {
  /** What named the symbols, for what is said of them. */
  readonly where?: string;
  /** Called for a folder that is no symbol. */
  readonly onSkipped?: (folder: string) => void;
}

/** In order of their names when they are found; as given when they were named. */
export async function resolveSymbols(
  choice: SymbolChoice,
  rawLayout: string,
  raw: Store,
  { where = SYMBOLS_WHERE, onSkipped }: ResolveOptions = {},
): Promise<readonly SymbolName[]> {
  if (choice !== 'all') return choice;
  const refuse = (what: string, found: string, expected: string): never => {
    throw new FlowbarsError('usage', { where: `${where} all`, what, found, expected });
  };
  if (!hasSymbolFirst(rawLayout)) {
    const expected = 'one that begins with {symbol}/, or named symbols';
    return refuse('layout', `'${rawLayout}'`, expected);
  }
  const folders = await raw.folders();
  const symbols = folders.flatMap((folder) => {
    const symbol = parseSymbol(folder);
    if (symbol === undefined) onSkipped?.(folder);
    return symbol ?? [];
  });
  if (symbols.length > 0 && symbols.length <= SYMBOLS_MAX) return symbols;
  const expected = symbols.length === 0 ? 'a folder for each symbol' : `at most ${SYMBOLS_MAX}`;
  const among = folders.length > symbols.length ? ` among ${folders.length} folders` : '';
  const found = `${symbols.length} folders of symbols${among}`;
  return refuse(`symbols in ${raw.root}`, found, expected);
}
