/** The symbol-days that a search for stale days compares: those in the manifests and, if requested, all others. */
import { compareNames } from '../../core/unit/compare-names.js';
import { hasSymbolFirst } from '../../core/rule/layout.js';
import type { ManifestEntry } from '../../core/stored/manifest.js';
import type { DayRules } from '../../core/rule/rule-table.js';
import type { SymbolDay } from '../../core/rule/symbol-day.js';
import { closestName } from '../../core/unit/closest-name.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import { parseSymbol, type SymbolName } from '../../core/unit/symbol.js';
import type { UtcDate } from '../../core/unit/utc-date.js';
import type { ListedDay } from './compare-with-raw.js';
import type { Effects } from '../ports.js';
import { type ReadEntries, readEntries } from '../stored/read-entries.js';
import {
  refuseTooMany,
  resolveSymbols,
  SYMBOL_DAYS_MAX,
  type SymbolChoice,
} from '../plan/symbols.js';

export interface CandidateSearch {
  readonly dates: readonly UtcDate[];
  /** `all`: the symbols in the manifests and, with `missing`, the folders of the raw root. */
  readonly symbols: SymbolChoice;
  /** Also unpublished symbol-days with chunks of the day in the raw root. */
  readonly missing: boolean;
  /** For a symbol-day of which nothing is published. */
  readonly rules: DayRules;
}

export interface Candidate {
  readonly day: SymbolDay;
  readonly listed: ListedDay | null;
}

export interface Candidates {
  /** By date, then by symbol. */
  readonly candidates: readonly Candidate[];
  /** Days whose manifest cannot be read. */
  readonly unreadable: readonly { readonly date: UtcDate; readonly detail: string }[];
}

type CandidateEffects = Pick<Effects, 'raw' | 'out' | 'codec'>;

/** Throws FlowbarsErrors of kind `world`, and usage errors for too many symbol-days and for an unknown named symbol. */
export async function findCandidates(
  search: CandidateSearch,
  effects: CandidateEffects,
): Promise<Candidates> {
  const { dates, symbols, missing } = search;
  const named = symbols === 'all' ? undefined : symbols;
  const refuseMore = (symbolDays: number): void => {
    refuseTooMany(symbolDays, {
      where: effects.out.root,
      what: 'symbol-days to compare',
      found: `more than ${SYMBOL_DAYS_MAX}`,
      expected: `at most ${SYMBOL_DAYS_MAX} (narrow --from, --to or --symbols)`,
    });
  };
  if (missing) refuseMore((named?.length ?? 0) * dates.length);
  const onRead = ({ known, kept }: { readonly known: number; readonly kept: number }): void => {
    refuseMore(missing && named === undefined ? known * dates.length : kept);
  };
  const read = await readEntries(dates, { symbols: named, keep: listedDay, onRead }, effects);
  const wanted = named ?? (await knownSymbols(search, read, effects));
  if (missing) refuseMore(wanted.length * dates.length);
  if (named !== undefined) await refuseUnknown(named, search, read, effects);
  const inOrder = wanted.toSorted(compareNames);
  const candidates = read.days.flatMap(({ date, day }) => {
    if (day.found === 'unreadable') return [];
    return inOrder.flatMap((symbol): Candidate[] => {
      const listed = day.found === 'manifest' ? (day.entries.get(symbol) ?? null) : null;
      return listed === null && !missing ? [] : [{ day: { symbol, date }, listed }];
    });
  });
  const unreadable = read.days.flatMap(({ date, day }) =>
    day.found === 'unreadable' ? [{ date, detail: day.error.message }] : [],
  );
  return { candidates, unreadable };
}

/** The parts of an entry that a comparison and a repair need; a whole entry takes some kilobytes. */
function listedDay({ published }: ManifestEntry): ListedDay | null {
  if (published === null) return null;
  const files = published.files.map(({ kind, format, resolution, fingerprint }) =>
    kind === 'quality' ? { kind, format, resolution, fingerprint } : { kind, format, resolution },
  );
  return { files };
}

async function knownSymbols(
  { missing, rules }: CandidateSearch,
  { known }: ReadEntries<unknown>,
  { raw }: CandidateEffects,
): Promise<readonly SymbolName[]> {
  const recorded = missing ? await resolveSymbols('all', rules, raw) : [];
  return [...new Set([...known, ...recorded])];
}

/** Without this, a misspelt symbol would pass as one without stale days. */
async function refuseUnknown(
  named: readonly SymbolName[],
  { dates, missing, rules }: CandidateSearch,
  { known, days }: ReadEntries<unknown>,
  { raw, out }: CandidateEffects,
): Promise<void> {
  const unlisted = named.filter((symbol) => !known.has(symbol));
  // An unreadable manifest may list the symbol, and another layout may hold it.
  if (unlisted.length === 0 || days.some(({ day }) => day.found === 'unreadable')) return;
  if (missing && !hasSymbolFirst(rules.rawLayout)) return;
  // If the root does not exist, folders() throws its own error.
  if (known.size === 0 && !missing) await out.folders();
  const folders = missing ? await raw.folders() : [];
  const recorded = new Set(folders.flatMap((folder) => parseSymbol(folder) ?? []));
  const unknown = unlisted.find((symbol) => !recorded.has(symbol));
  if (unknown === undefined) return;
  const closest = closestName(unknown, new Set([...known, ...folders]));
  const range = `from ${dates.at(0) ?? ''} to ${dates.at(-1) ?? ''}`;
  const neither = missing ? ` and has no folder in ${raw.root}` : '';
  throw new FlowbarsError('usage', {
    where: '--symbols',
    what: 'symbol',
    found: `'${unknown}', which is in no manifest ${range}${neither}`,
    expected: closest === undefined ? 'a published symbol' : `'${closest}'`,
  });
}
