/**
 * Finds the symbol-days that computing again would change, from the day manifests and the raw root.
 * It only reads, and keeps the few facts of each symbol-day that a repair needs.
 */
import { productsOf } from '../../core/stored/artifacts.js';
import { describeGone } from '../../core/stale/input-difference.js';
import type { DayRules } from '../../core/rule/rule-table.js';
import type { SymbolDay } from '../../core/rule/symbol-day.js';
import { publishedRules } from '../../core/stale/published-rules.js';
import type { SymbolName } from '../../core/unit/symbol.js';
import type { UtcDate } from '../../core/unit/utc-date.js';
import { type DayState, dayStateOf, keptFiles } from './day-state.js';
import {
  type DayChange,
  type RawComparison,
  isOfDay,
  type ListedDay,
  compareWithRaw,
  type ComparisonOptions,
} from './compare-with-raw.js';
import { mapBounded } from '../map-bounded.js';
import type { Effects } from '../ports.js';
import { type Candidate, type CandidateSearch, findCandidates } from './stale-candidates.js';

/** Symbol-days compared at once; each lists two streams and holds one quality report. */
const LOOKS_AT_ONCE = 8;

export interface StaleSearch extends CandidateSearch, ComparisonOptions {
  /** Also days whose raw objects were only removed. Off by default: repairing them would undo good days. */
  readonly removed: boolean;
}

export interface StaleDay {
  readonly day: SymbolDay;
  readonly change: DayChange;
  /** Rules for computing it again: those it was published by, if known. */
  readonly rules: DayRules;
  /** Undefined if no readable report is published. */
  readonly before: DayState | undefined;
  /** Size of the published bar files, which are kept for the comparison. */
  readonly keptBytes: number;
}

/** A day that was found and is not repaired. */
export interface NotedDay {
  readonly date: UtcDate;
  /** Undefined: the whole day, whose manifest cannot be read. */
  readonly symbol: SymbolName | undefined;
  readonly detail: string;
}

/** A day whose raw objects are gone; it stays as published. */
export interface LeftDay extends NotedDay {
  /** Its stored files differ from what was published, too; `detail` says so. */
  readonly isDamaged: boolean;
}

export interface FoundStale {
  /** Number of symbol-days compared. */
  readonly looked: number;
  /** By date, then by symbol. */
  readonly stale: readonly StaleDay[];
  /** Stale only because raw objects are gone; they stay as published. */
  readonly left: readonly LeftDay[];
  /** Days that could not be compared. */
  readonly unreadable: readonly NotedDay[];
}

export type FindEffects = Pick<Effects, 'raw' | 'out' | 'codec' | 'log'>;

type Verdict =
  | { readonly kind: 'current' }
  | { readonly kind: 'stale'; readonly stale: StaleDay }
  | { readonly kind: 'left'; readonly left: LeftDay }
  | { readonly kind: 'unreadable'; readonly noted: NotedDay };

const CURRENT: Verdict = { kind: 'current' };

/** Throws FlowbarsErrors of kind `world`, and usage errors for too many symbol-days and for an unknown named symbol. */
export async function findStale(search: StaleSearch, effects: FindEffects): Promise<FoundStale> {
  const { candidates, unreadable } = await findCandidates(search, effects);
  effects.log.event('INFO', 'looking', { count: candidates.length });
  const verdicts = await mapBounded(candidates, LOOKS_AT_ONCE, async (candidate) => {
    const verdict = await verdictOn(candidate, search, effects);
    effects.log.event('DEBUG', 'symbol_day_looked', { ...candidate.day, verdict: verdict.kind });
    return verdict;
  });
  return {
    looked: candidates.length,
    stale: verdicts.flatMap((verdict) => (verdict.kind === 'stale' ? [verdict.stale] : [])),
    left: verdicts.flatMap((verdict) => (verdict.kind === 'left' ? [verdict.left] : [])),
    unreadable: [
      ...unreadable.map((day) => ({ ...day, symbol: undefined })),
      ...verdicts.flatMap((verdict) => (verdict.kind === 'unreadable' ? [verdict.noted] : [])),
    ],
  };
}

async function verdictOn(
  candidate: Candidate,
  search: StaleSearch,
  effects: FindEffects,
): Promise<Verdict> {
  const { day } = candidate;
  try {
    const look = await compareWithRaw(day, candidate.listed, search, effects);
    const { change } = look;
    if (change === undefined) return CURRENT;
    // Chunks of neighbour days alone do not make a day.
    if (change.cause === 'unpublished' && !look.hasChunk) return CURRENT;
    const { gone, damage } = change;
    if (gone > 0 && !search.removed) {
      const note = describeGone(gone);
      const detail = damage === undefined ? note : `${damage}; ${note}`;
      return { kind: 'left', left: { ...day, detail, isDamaged: damage !== undefined } };
    }
    return { kind: 'stale', stale: staleDay(look, change, candidate.listed, search.rules) };
  } catch (error) {
    if (!isOfDay(error)) throw error;
    return { kind: 'unreadable', noted: { ...day, detail: error.message } };
  }
}

function staleDay(
  { day, published }: RawComparison,
  change: DayChange,
  listed: ListedDay | null,
  unpublished: DayRules,
): StaleDay {
  const before = published === undefined ? undefined : dayStateOf(day, published);
  const rules = published === undefined ? unpublished : publishedRules(published);
  // An empty day lists no files; for an unreadable report the manifest still lists them.
  const known = published === undefined ? productsOf(listed?.files ?? []) : rules;
  const { resolutions, outputs, formats } = known.resolutions.length === 0 ? unpublished : known;
  return {
    day,
    change,
    rules: { ...rules, resolutions, outputs, formats },
    before,
    keptBytes: keptFiles(before).reduce((sum, { bytes }) => sum + bytes, 0),
  };
}
