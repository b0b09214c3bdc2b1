/** The symbols that patterns mean in a command that looks at published days. */
import type { SymbolPatterns } from '../../core/plan/symbol-pattern.js';
import { compareNames } from '../../core/unit/compare-names.js';
import type { SymbolName } from '../../core/unit/symbol.js';
import type { UtcDate } from '../../core/unit/utc-date.js';
import { patternSymbols } from '../plan/pattern-symbols.js';
import type { Effects, Store } from '../ports.js';
import { readEntries } from '../stored/read-entries.js';

export interface MatchPlace {
  readonly dates: readonly UtcDate[];
  /** Its folders count as well; undefined: the manifests alone. */
  readonly raw: Store | undefined;
  /** The option that holds the patterns. */
  readonly where: string;
}

/** Throws a usage error for a pattern that matches none of the symbols. */
export async function publishedMatches(
  patterns: SymbolPatterns,
  { dates, raw, where }: MatchPlace,
  effects: Pick<Effects, 'out' | 'codec'>,
): Promise<readonly SymbolName[]> {
  const reading = { symbols: [], keep: () => null, onRead: () => undefined };
  const { known, days } = await readEntries(dates, reading, effects);
  // A root that does not exist is an error of its own.
  if (days.every(({ day }) => day.found === 'no_manifest')) await effects.out.folders();
  const folders = raw === undefined ? [] : await raw.folders();
  const names = [...new Set([...known, ...folders])].toSorted(compareNames);
  const range = `from ${dates.at(0) ?? ''} to ${dates.at(-1) ?? ''}`;
  const among = `symbol in a manifest ${range}${raw === undefined ? '' : ` or folder in ${raw.root}`}`;
  return patternSymbols(patterns, names, { where, among });
}
