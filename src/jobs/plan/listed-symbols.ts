/** The symbols of a run: those named, else `_symbols.json` of the output root, else the folders of the raw root. */
import type { RawLayout } from '../../core/rule/layout.js';
import { SYMBOLS_NAME } from '../../core/stored/output-names.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import { readJson } from '../../core/unit/json.js';
import { parseSymbol, type SymbolName } from '../../core/unit/symbol.js';
import type { Effects } from '../ports.js';
import { isPatterns, type SymbolPatterns, SYMBOLS_MAX } from '../../core/plan/symbol-pattern.js';
import { areFound, patternSymbols } from './pattern-symbols.js';
import { resolveSymbols, type SymbolChoice } from './symbols.js';

/** Characters of a malformed list that an error quotes. */
const FOUND_CHARACTERS = 40;
/** Folders named in a warning. */
const SKIPPED_NAMED_MAX = 20;

/** The symbols that a run requests. `listed`: the deployment's list; `all`: every symbol in the raw root. */
export type ListedChoice = 'listed' | SymbolChoice;

export interface SymbolsRequest {
  /** Patterns are matched against the folders of the raw root. */
  readonly choice: ListedChoice | SymbolPatterns;
  readonly layout: RawLayout;
  /** The option or field that names the symbols, for errors; undefined: --symbols. */
  readonly symbolsWhere?: string;
}

export interface FoundSymbols {
  readonly symbols: readonly SymbolName[];
  /** True if they are the folders of the raw root. */
  readonly isFound: boolean;
}

/** Logs `folders_skipped` for folders that are not symbols. Throws a usage error for a malformed list. */
export async function findSymbols(
  { choice, layout, symbolsWhere: where }: SymbolsRequest,
  effects: Pick<Effects, 'raw' | 'out' | 'codec' | 'log'>,
): Promise<FoundSymbols> {
  if (isPatterns(choice)) {
    const place = { where: where ?? '--symbols', among: `folder in ${effects.raw.root}` };
    const symbols = patternSymbols(choice, await resolveSymbols('all', layout, effects.raw), place);
    return { symbols, isFound: areFound(choice) };
  }
  const named = choice === 'listed' ? await listedSymbols(effects) : choice;
  if (named !== undefined && named !== 'all') return { symbols: named, isFound: false };
  // The operator has to know which folders were left out.
  const onSkipped = (skipped: readonly string[]): void => {
    const folders = skipped.slice(0, SKIPPED_NAMED_MAX);
    effects.log.event('WARNING', 'folders_skipped', { count: skipped.length, folders });
  };
  const options = where === undefined ? { onSkipped } : { onSkipped, where };
  return { symbols: await resolveSymbols('all', layout, effects.raw, options), isFound: true };
}

/** The deployment's list; undefined if it has none. Throws a usage error for a malformed list. */
export async function listedSymbols({
  out,
  codec,
}: Pick<Effects, 'out' | 'codec'>): Promise<readonly SymbolName[] | undefined> {
  const content = await out.read(SYMBOLS_NAME);
  if (content === undefined) return undefined;
  const text = codec.decode(content.bytes);
  const symbols = listIn(text);
  if (symbols === undefined) {
    const expected = 'a JSON list of symbols such as ["BTCUSDT"], each once';
    return refuse(out.root, 'content', `'${text.slice(0, FOUND_CHARACTERS)}'`, expected);
  }
  if (symbols.length <= SYMBOLS_MAX) return symbols;
  const expected = `at most ${SYMBOLS_MAX}, one per task`;
  return refuse(out.root, 'symbols', `${symbols.length} symbols`, expected);
}

function refuse(root: string, what: string, found: string, expected: string): never {
  throw new FlowbarsError('usage', { where: `${root}/${SYMBOLS_NAME}`, what, found, expected });
}

function listIn(text: string): SymbolName[] | undefined {
  const names = readJson(text);
  if (!Array.isArray(names) || names.length === 0) return undefined;
  const symbols = names.flatMap((name: unknown) =>
    typeof name === 'string' ? (parseSymbol(name) ?? []) : [],
  );
  return new Set(symbols).size === names.length ? symbols : undefined;
}
