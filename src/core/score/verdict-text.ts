/** What a line of a scoreboard says in words: its verdict, and why a pattern has no events as far as counts tell. */
import type { PatternName } from '../column/pattern-table.js';
import type { OutcomeCounts, Score } from './scoreboard-shape.js';

type Judged = Pick<Score, 'verdict' | 'events'>;
type Counted = Pick<Score, 'pattern' | 'events' | 'control' | 'base'>;

/** Recordings of trades alone lack the book, those of few levels the cells made of 20. */
const NEEDS: Readonly<Record<PatternName, 'book' | 'levels' | 'minutes'>> = {
  absorption: 'book',
  divergence: 'minutes',
  exhaustion: 'levels',
  imbalance: 'levels',
  liquidity_vacuum: 'levels',
  retail_fomo: 'minutes',
  wall_pulled: 'levels',
  whale: 'minutes',
};

const UNMET: Readonly<Record<'book' | 'levels' | 'minutes', string>> = {
  book: 'its cells are empty (it needs the book) or its rule never held with a known outcome',
  levels:
    'its cells are empty (it needs 20 levels a side) or its rule never held with a known outcome',
  minutes:
    'an hour of known minutes before it is missing or its rule never held with a known outcome',
};

/** Events whose outcome is known. */
export function knownEvents({ n, ties }: OutcomeCounts): number {
  return n + ties;
}

export function hasOutcome({ events }: Pick<Score, 'events'>): boolean {
  return knownEvents(events) > 0;
}

/** The verdict; `only ties` where the price never moved after the events. */
export function verdictWords({ verdict, events }: Judged): Score['verdict'] | 'only ties' {
  return events.n === 0 && events.ties > 0 ? 'only ties' : verdict;
}

/** Why one pattern has no events at any of its horizons. */
export function noEventsReason(pattern: PatternName, lines: readonly Counted[]): string {
  if (lines.some(({ control }) => knownEvents(control) > 0)) {
    return 'its rule never held with a known outcome, and that of its control did';
  }
  if (lines.every(({ base }) => base.up + base.down === 0)) {
    return 'no half hour of known time before it';
  }
  return UNMET[NEEDS[pattern]];
}

/** The same for a file of events, which does not tell the reasons apart. */
export const NO_EVENTS_REASON: string =
  'each needs 30 known minutes before it, those of minutes 60; ' +
  `${namesOf('levels')} need 20 levels a side, ${namesOf('book')} a book`;

function namesOf(need: 'book' | 'levels'): string {
  const names = Object.entries(NEEDS).flatMap(([name, its]) => (its === need ? [name] : []));
  return names.join(', ');
}
