/**
 * Finds the symbol-days that computing again would change, by the day manifests and the live raw
 * listing. It reads only, and keeps of each symbol-day the few facts that a repair needs.
 */
import type { Manifest, PublishedEntry } from '../core/report/manifest.js';
import type { DayOptions, SymbolDay } from '../core/report/options.js';
import { publishedRules } from '../core/report/published-rules.js';
import { FlowbarsError } from '../core/unit/errors.js';
import { readResolution } from '../core/unit/resolution.js';
import { parseSymbol, type SymbolName } from '../core/unit/symbol.js';
import type { UtcDate } from '../core/unit/utc-date.js';
import { counted } from '../core/unit/words.js';
import { readManifest } from './day-manifest.js';
import { type DayState, dayStateOf } from './day-state.js';
import { type DayChange, type DayLook, lookAtDay, type LookOptions } from './look-at-day.js';
import { mapBounded } from './map-bounded.js';
import type { Effects } from './ports.js';
import { resolveSymbols, SYMBOL_DAYS_MAX, type SymbolChoice } from './symbols.js';

/** Manifests of 500 symbols are some megabytes each. */
const MANIFESTS_AT_ONCE = 8;
/** Each lists two streams, and holds one quality report meanwhile. */
const LOOKS_AT_ONCE = 8;

export interface StaleSearch extends LookOptions {
  readonly dates: readonly UtcDate[];
  /** `all`: what the manifests list, and with `missing` the folders of the raw root. */
  readonly symbols: SymbolChoice;
  /** Also what nothing is published of, where the raw root has chunks of the day. */
  readonly missing: boolean;
  /** Also what raw objects were taken from and none added: a raw root that forgets would undo good days. */
  readonly removed: boolean;
}

export interface StaleDay {
  readonly day: SymbolDay;
  readonly change: DayChange;
  /** By which it is computed again: those that it was published by, where they are known. */
  readonly rules: DayOptions;
  /** Undefined where nothing is published, or nothing that can be read. */
  readonly before: DayState | undefined;
  /** Of the published bar files. */
  readonly keptBytes: number;
}

/** Something that was found and is not repaired. */
export interface NotedDay {
  readonly date: UtcDate;
  /** Undefined: the whole day, of which the manifest cannot be read. */
  readonly symbol: SymbolName | undefined;
  readonly detail: string;
}

export interface FoundStale {
  /** Symbol-days that were looked at. */
  readonly looked: number;
  /** By date, then by symbol. */
  readonly stale: readonly StaleDay[];
  /** Stale by objects that are gone alone, and left as they are published. */
  readonly left: readonly NotedDay[];
  /** What could not be looked at. */
  readonly unreadable: readonly NotedDay[];
}

export type FindEffects = Pick<Effects, 'raw' | 'out' | 'codec' | 'log'>;

interface Candidate {
  readonly day: SymbolDay;
  readonly listed: PublishedEntry | null;
}

type Verdict =
  | { readonly kind: 'current' }
  | { readonly kind: 'stale'; readonly stale: StaleDay }
  | { readonly kind: 'left' | 'unreadable'; readonly noted: NotedDay };

const CURRENT: Verdict = { kind: 'current' };

/** Throws FlowbarsErrors of the world, and a usage error for more symbol-days than a run may have. */
export async function findStale(search: StaleSearch, effects: FindEffects): Promise<FoundStale> {
  const { candidates, unreadable } = await findCandidates(search, effects);
  if (candidates.length > SYMBOL_DAYS_MAX) throw tooMany(candidates.length, effects);
  effects.log.event('INFO', 'looking', { count: candidates.length });
  const verdicts = await mapBounded(candidates, LOOKS_AT_ONCE, async (candidate) => {
    const verdict = await judged(candidate, search, effects);
    effects.log.event('DEBUG', 'symbol_day_looked', { ...candidate.day, verdict: verdict.kind });
    return verdict;
  });
  const noted = (kind: 'left' | 'unreadable'): NotedDay[] =>
    verdicts.flatMap((verdict) => (verdict.kind === kind ? [verdict.noted] : []));
  return {
    looked: candidates.length,
    stale: verdicts.flatMap((verdict) => (verdict.kind === 'stale' ? [verdict.stale] : [])),
    left: noted('left'),
    unreadable: [...unreadable, ...noted('unreadable')],
  };
}

async function findCandidates(
  { dates, symbols, missing, rules }: StaleSearch,
  effects: FindEffects,
): Promise<{ candidates: Candidate[]; unreadable: NotedDay[] }> {
  const unreadable: NotedDay[] = [];
  const read = await mapBounded(dates, MANIFESTS_AT_ONCE, async (date) => {
    try {
      return [{ date, entries: entriesOf((await readManifest(date, effects))?.manifest) }];
    } catch (error) {
      if (!(error instanceof FlowbarsError) || error.kind !== 'data') throw error;
      unreadable.push({ date, symbol: undefined, detail: error.message });
      return [];
    }
  });
  const days = read.flat();
  const found = new Set(days.flatMap(({ entries }) => [...entries.keys()]));
  if (missing && symbols === 'all') {
    const recorded = await resolveSymbols('all', rules.rawLayout, effects.raw);
    for (const symbol of recorded) found.add(symbol);
  }
  const wanted = symbols === 'all' ? [...found] : symbols;
  const inOrder = wanted.toSorted((a, b) => (a < b ? -1 : 1));
  const candidates = days.flatMap(({ date, entries }) =>
    inOrder.flatMap((symbol): Candidate[] => {
      const listed = entries.get(symbol) ?? null;
      return listed === null && !missing ? [] : [{ day: { symbol, date }, listed }];
    }),
  );
  return { candidates, unreadable: unreadable.toSorted((a, b) => (a.date < b.date ? -1 : 1)) };
}

function entriesOf(manifest: Manifest | undefined): Map<SymbolName, PublishedEntry | null> {
  const entries = (manifest?.symbols ?? []).flatMap(({ symbol: text, published }) => {
    const symbol = parseSymbol(text);
    return symbol === undefined ? [] : [[symbol, published] as const];
  });
  return new Map(entries);
}

async function judged(
  candidate: Candidate,
  search: StaleSearch,
  effects: FindEffects,
): Promise<Verdict> {
  const { day } = candidate;
  try {
    const look = await lookAtDay(day, candidate.listed, search, effects);
    const { change } = look;
    if (change === undefined) return CURRENT;
    // Its neighbours' edges make no day.
    if (change.cause === 'unpublished' && !look.hasChunk) return CURRENT;
    const { gone } = change;
    if (gone > 0 && !search.removed) {
      const detail = `${counted(gone, 'raw object')} gone that it was published from, none added`;
      return { kind: 'left', noted: { ...day, detail } };
    }
    return { kind: 'stale', stale: staleDay(look, change, candidate.listed, search.rules) };
  } catch (error) {
    // More objects than a symbol-day may have, for one: that says something of this one alone.
    const isOfDay = error instanceof FlowbarsError && ['data', 'limit'].includes(error.kind);
    if (!isOfDay) throw error;
    return { kind: 'unreadable', noted: { ...day, detail: error.message } };
  }
}

function staleDay(
  { day, published }: DayLook,
  change: DayChange,
  listed: PublishedEntry | null,
  ownRules: DayOptions,
): StaleDay {
  const before = published === undefined ? undefined : dayStateOf(day, published);
  const rules = published === undefined ? ownRules : publishedRules(published);
  // An empty day lists no bars, and of a report that cannot be read the manifest knows them still.
  const known =
    published === undefined
      ? (listed?.files ?? []).flatMap(({ resolution }) => readResolution(resolution ?? '') ?? [])
      : rules.resolutions;
  return {
    day,
    change,
    rules: { ...rules, resolutions: known.length === 0 ? ownRules.resolutions : known },
    before,
    keptBytes: before?.artifacts.reduce((sum, { bytes }) => sum + bytes, 0) ?? 0,
  };
}

function tooMany(count: number, { out }: FindEffects): FlowbarsError {
  return new FlowbarsError('usage', {
    where: out.root,
    what: 'symbol-days to look at',
    found: String(count),
    expected: `at most ${SYMBOL_DAYS_MAX} (--from, --to and --symbols choose)`,
  });
}
