/** The published symbol-days that are asked for, as the manifests of their days list them. */
import { isPatterns, type SymbolPatterns } from '../../core/plan/symbol-pattern.js';
import type { SymbolDay } from '../../core/rule/symbol-day.js';
import type { UnreadableManifest } from '../../core/score/pattern-documents.js';
import type { ManifestEntry, PublishedEntry } from '../../core/stored/manifest.js';
import { compareNames } from '../../core/unit/compare-names.js';
import type { FlowbarsError } from '../../core/unit/errors.js';
import type { SymbolName } from '../../core/unit/symbol.js';
import type { UtcDate } from '../../core/unit/utc-date.js';
import { publishedMatches } from '../look/published-matches.js';
import { patternSymbols } from '../plan/pattern-symbols.js';
import { refuseTooMany, SYMBOL_DAYS_MAX, type SymbolChoice } from '../plan/symbols.js';
import type { Effects, Store } from '../ports.js';
import { type ReadEntries, readEntries } from '../stored/read-entries.js';
import { publishedWindow } from './published-window.js';

export interface PublishedSearch {
  /** At least one, in order. */
  readonly dates: readonly UtcDate[];
  /** `all`: every symbol in the manifests; names and patterns are looked for there as well. */
  readonly symbols: SymbolChoice | SymbolPatterns;
  /** By default SYMBOL_DAYS_MAX. */
  readonly daysMax?: number;
  /** The option that named the symbols, for errors; by default `--symbols`. */
  readonly where?: string;
}

export interface PublishedDay<Kept> extends SymbolDay {
  /** What the caller needs of the manifest: those of many days are in memory at once. */
  readonly kept: Kept;
}

export interface PublishedDays<Kept> {
  /** By date, then by symbol. */
  readonly days: readonly PublishedDay<Kept>[];
  readonly unreadable: readonly UnreadableManifest[];
  /** Of the first of these. */
  readonly error: FlowbarsError | undefined;
}

/**
 * Throws usage errors for a symbol in none of the manifests and for too many symbol-days, and an error of kind
 * `absent` if the root does not exist.
 */
export async function publishedDays<Kept>(
  { dates, symbols, daysMax: max = SYMBOL_DAYS_MAX, where = '--symbols' }: PublishedSearch,
  keepOf: (published: PublishedEntry) => Kept,
  effects: Pick<Effects, 'out' | 'codec'>,
): Promise<PublishedDays<Kept>> {
  const onRead = ({ kept }: { readonly kept: number }): void =>
    refuseTooMany(kept, {
      max,
      where: effects.out.root,
      found: `more than ${max}`,
      expected: `at most ${max} (narrow --from, --to or --symbols)`,
    });
  // Of a symbol it could only be said that no manifest names it.
  if (symbols !== 'all' && !(await isWithin(dates, effects.out))) return NOTHING;
  const place = { dates, raw: undefined, where };
  const choice = isPatterns(symbols) ? await publishedMatches(symbols, place, effects) : symbols;
  const named = choice === 'all' ? undefined : choice;
  const keep = ({ published }: ManifestEntry): { readonly kept: Kept } | undefined =>
    published === null ? undefined : { kept: keepOf(published) };
  const read = await readEntries(dates, { symbols: named, keep, onRead }, effects);
  if (read.days.every(({ day }) => day.found === 'no_manifest')) await effects.out.folders();
  if (named !== undefined) refuseUnknown(named, read, { dates, where });
  const days = read.days.flatMap(({ date, day }) => {
    if (day.found !== 'manifest') return [];
    const published = Array.from(day.entries).flatMap(([symbol, entry]): PublishedDay<Kept>[] =>
      entry === undefined ? [] : [{ symbol, date, ...entry }],
    );
    return published.toSorted((one, other) => compareNames(one.symbol, other.symbol));
  });
  const broken = read.days.flatMap(({ date, day }) =>
    day.found === 'unreadable' ? [{ date, error: day.error }] : [],
  );
  const unreadable = broken.map(({ date, error }) => ({ date, detail: error.message }));
  return { days, unreadable, error: broken[0]?.error };
}

const NOTHING = { days: [], unreadable: [], error: undefined } as const;

/** Whether there may be a manifest of one of the days. */
async function isWithin(dates: readonly UtcDate[], out: Store): Promise<boolean> {
  const window = await publishedWindow(out);
  const [from, to] = [dates.at(0) ?? '', dates.at(-1) ?? ''];
  return window !== undefined && window.from <= to && window.to >= from;
}

/** A misspelt symbol would pass as one of which nothing is published. */
function refuseUnknown(
  named: readonly SymbolName[],
  { known, days }: ReadEntries<unknown>,
  { dates, where }: { readonly dates: readonly UtcDate[]; readonly where: string },
): void {
  // An unreadable manifest may list what the others lack.
  if (days.some(({ day }) => day.found === 'unreadable')) return;
  const names = [...known].toSorted(compareNames);
  const among = `symbol in a manifest from ${dates.at(0) ?? ''} to ${dates.at(-1) ?? ''}`;
  patternSymbols({ matching: named }, names, { where, among });
}
