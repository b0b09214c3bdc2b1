/** The patterns of the day: how many of each, and the strongest events with their times. */
import { type PatternName, PATTERNS } from '../../column/pattern-table.js';
import type { StoredEvent } from '../../pattern/read-events.js';
import { patternsName } from '../../stored/output-names.js';
import { counted } from '../../unit/words.js';
import { amountE18, groupedText, quotientText } from './amount.js';
import type { TracedDay } from './analysed-day.js';
import { type Fact, type FactDraft, factsOf } from './fact.js';

/** Events of a sheet, each a fact of its own: the letters of their ids. */
export const EVENT_LETTERS = 'abcdefghij';

export const PATTERN_TEXTS: Readonly<Record<PatternName, string>> = {
  absorption: 'absorption',
  divergence: 'divergence',
  exhaustion: 'exhaustion',
  imbalance: 'imbalance',
  liquidity_vacuum: 'liquidity vacuum',
  retail_fomo: 'retail FOMO',
  wall_pulled: 'wall pulled',
  whale: 'whale',
};

/** None where no patterns are published. */
export function patternFacts(day: TracedDay): Fact[] {
  const { events, tracer } = day;
  if (events === undefined) return [];
  const name = patternsName(day);
  const trace = tracer.file(name);
  const counts = PATTERNS.flatMap((pattern): FactDraft[] => {
    const found = events.filter((event) => event.pattern === pattern);
    const pointing = found.filter(({ direction }) => direction === 'up').length;
    if (found.length === 0) return [];
    return [
      {
        id: `patterns.${pattern}`,
        value: String(found.length),
        unit: 'events',
        text: `${PATTERN_TEXTS[pattern]} ${found.length} (${directionsText(pointing, found.length - pointing)})`,
        source: `${name} pattern, direction`,
        derivation: 'number of rows',
        trace,
      },
    ];
  });
  return factsOf('patterns', [
    {
      id: 'patterns.total',
      value: String(events.length),
      unit: 'events',
      text: events.length === 0 ? 'no event' : counted(events.length, 'event'),
      source: name,
      derivation: 'number of rows',
      trace,
    },
    ...counts,
    ...strongest(events, name).map((event, index) =>
      eventFact(event, EVENT_LETTERS[index] ?? '', day),
    ),
  ]);
}

function directionsText(up: number, down: number): string {
  if (down === 0) return 'up';
  return up === 0 ? 'down' : `${up} up, ${down} down`;
}

function strongest(events: readonly StoredEvent[], where: string): StoredEvent[] {
  return events
    .map((event) => ({ event, excess: excessE18(event, where) }))
    .toSorted((one, other) =>
      one.excess === other.excess ? 0 : one.excess < other.excess ? 1 : -1,
    )
    .slice(0, EVENT_LETTERS.length)
    .map(({ event }) => event);
}

/** How far the strength lies past its threshold, in parts of it; patterns have units of their own. */
function excessE18({ cells: { strength, threshold } }: StoredEvent, where: string): bigint {
  const [strong, limit] = [strength, threshold].map((cell) => amountE18(cell, where) ?? 0n);
  if (strong === undefined || limit === undefined || limit === 0n) return -1n;
  const [past, size] = [strong - limit, limit < 0n ? -limit : limit];
  return ((past < 0n ? -past : past) * 10n ** 18n) / size;
}

function eventFact(event: StoredEvent, letter: string, day: TracedDay): FactDraft {
  const { confirmed, strength, threshold } = event.cells;
  const name = patternsName(day);
  const shown = (cell: string): string => groupedText(amountE18(cell, name) ?? 0n);
  const excess = excessE18(event, name);
  const ratio =
    excess < 0n ? '' : `; past its threshold by ${quotientText(excess * 100n, 10n ** 18n, 1)} %`;
  return {
    id: `event.${letter}`,
    value: strength,
    unit: 'of the pattern',
    text: `${PATTERN_TEXTS[event.pattern]} pointing ${event.direction} at ${confirmed.slice(11, 19)} UTC (strength ${shown(strength)}, threshold ${shown(threshold)})`,
    source: `${name} ${confirmed} ${event.pattern} ${event.direction}`,
    derivation: `strongest first: absolute (strength - threshold) / threshold${ratio}`,
    trace: day.tracer.event(confirmed),
  };
}
