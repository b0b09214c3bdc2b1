/** Patterns of symbols: `*` stands for any letters, also none, and `?` for one. */
import { closestName } from '../unit/closest-name.js';
import { parseSymbol, type SymbolName } from '../unit/symbol.js';

/** One task per symbol; Cloud Run takes no more tasks (https://cloud.google.com/run/quotas). */
export const SYMBOLS_MAX = 10_000;

/** Symbols asked for as a list in which at least one entry is a pattern, as typed. */
export interface SymbolPatterns {
  readonly matching: readonly string[];
}

export interface MatchedSymbols {
  /** In the order of the names, each once. */
  readonly symbols: readonly SymbolName[];
  /** Entries that match none, in their order. */
  readonly unmatched: readonly string[];
}

const WILDCARD_PATTERN = /[*?]/gu;
/** Names offered for a pattern that matches none. */
const SUGGESTIONS_MAX = 3;
/** A shorter beginning is like too many names. */
const HEAD_LETTERS_MIN = 2;

export function isPattern(text: string): boolean {
  return /[*?]/u.test(text);
}

export function isPatterns(choice: unknown): choice is SymbolPatterns {
  return typeof choice === 'object' && choice !== null && 'matching' in choice;
}

/** Whether the text with its wildcards could match a symbol at all. */
export function isSymbolPattern(text: string): boolean {
  const sample = text.replaceAll('?', 'A').replaceAll('*', '');
  return isPattern(text) && (sample === '' || parseSymbol(sample) !== undefined);
}

/** Names that are no symbols, such as `_manifest`, match nothing. */
export function matchSymbols(
  { matching }: SymbolPatterns,
  names: readonly string[],
): MatchedSymbols {
  const symbols = names.flatMap((name) => parseSymbol(name) ?? []);
  const forms = matching.map((text) => ({ text, form: formOf(text) }));
  return {
    symbols: symbols.filter((symbol) => forms.some(({ form }) => form.test(symbol))),
    unmatched: forms.flatMap(({ text, form }) =>
      symbols.some((symbol) => form.test(symbol)) ? [] : [text],
    ),
  };
}

/** Names that an entry may have meant: the closest one, else the first that begin like it. */
export function nearestSymbols(entry: string, names: readonly string[]): readonly string[] {
  const letters = entry.replaceAll(WILDCARD_PATTERN, '');
  const inAnyCase = names.filter((name) => formOf(entry.toUpperCase()).test(name.toUpperCase()));
  if (inAnyCase.length > 0) return inAnyCase.slice(0, SUGGESTIONS_MAX);
  const closest = closestName(letters, names);
  if (closest !== undefined) return [closest];
  const heads = names.map((name) => name.slice(0, letters.length));
  const head = letters.length < HEAD_LETTERS_MIN ? undefined : closestName(letters, heads);
  const alike = names.filter((_name, index) => heads[index] === head);
  return alike.slice(0, SUGGESTIONS_MAX);
}

function formOf(text: string): RegExp {
  const parts = [...text].map((letter) => {
    if (letter === '*') return '.*';
    return letter === '?' ? '.' : letter.replace(/[\\^$.+()[\]{}|/]/u, String.raw`\$&`);
  });
  return new RegExp(`^${parts.join('')}$`, 'su');
}
