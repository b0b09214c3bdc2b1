/** Finds the symbols that a list with patterns means. */
import {
  isPattern,
  matchSymbols,
  nearestSymbols,
  type SymbolPatterns,
} from '../../core/plan/symbol-pattern.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import type { SymbolName } from '../../core/unit/symbol.js';

/** Names shown where none is near. */
const NAMED_MAX = 5;

/** Where the names are from, for errors. */
export interface PatternPlace {
  /** The option or field that holds the patterns. */
  readonly where: string;
  /** `folder in raw`, `symbol in a manifest`: what an entry without a match lacks. */
  readonly among: string;
}

/** Sorted as the names are. Throws a usage error with the nearest names for an entry that matches none. */
export function patternSymbols(
  patterns: SymbolPatterns,
  names: readonly string[],
  { where, among }: PatternPlace,
): readonly SymbolName[] {
  const { symbols, unmatched } = matchSymbols(patterns, names);
  const [entry] = unmatched;
  if (entry === undefined) return symbols;
  const nearest = nearestSymbols(entry, names).map((name) => `'${name}'`);
  const shown = names.slice(0, NAMED_MAX).map((name) => `'${name}'`);
  const more = names.length > NAMED_MAX ? `, … (${names.length} in all)` : '';
  const oneOf = names.length === 0 ? 'a root that holds symbols' : `${shown.join(', ')}${more}`;
  throw new FlowbarsError('usage', {
    where,
    what: 'symbol',
    found: `'${entry}', which matches no ${among}`,
    expected: nearest.length === 0 ? oneOf : nearest.join(' or '),
  });
}

/** Symbols that a pattern found may be empty, as those of `all`; a named one may not. */
export function areFound({ matching }: SymbolPatterns): boolean {
  return matching.every(isPattern);
}
