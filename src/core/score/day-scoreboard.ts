/** The scoreboard of a symbol-day. It also holds what pooling needs. */
import type { BaseRate, ControlEvent, DayPatterns } from '../pattern/day-patterns.js';
import { type Move, OUTCOME_DECIMALS } from '../pattern/known-rows.js';
import { SCHEMA_VERSION } from '../shape/shape.js';
import { formatDecimal } from '../unit/decimal.js';
import type { SymbolName } from '../unit/symbol.js';
import { dayStartMs, type UtcDate } from '../unit/utc-date.js';
import { ExpectedRate } from './expected-rate.js';
import { MoveList } from './move-list.js';
import { resampledInterval } from './resample.js';
import { SCORE_KEYS, type ScoreKey, scoreOf, seedOf } from './score.js';
import type { DayScore, HalfHour, OutcomeCounts, Scoreboard } from './scoreboard-shape.js';

const HALF_HOUR_MS = 1_800_000;

export interface ScoredDay {
  readonly symbol: SymbolName;
  readonly date: UtcDate;
  /** A decimal in plain notation; it is printed beside the moves. */
  readonly feeBps: string;
}

export function dayScoreboard(
  { events, controls, base }: DayPatterns,
  { symbol, date, feeBps }: ScoredDay,
): Scoreboard {
  const eventsOf = Map.groupBy(events, ({ pattern }) => pattern);
  const controlsOf = Map.groupBy(controls, ({ pattern }) => pattern);
  const startMs = dayStartMs(date);
  return {
    schema_version: SCHEMA_VERSION,
    symbol,
    date,
    fee_bps: feeBps,
    scores: SCORE_KEYS.map((key) => {
      const found = {
        events: judgedEvents(key, eventsOf.get(key.pattern)),
        controls: judgedEvents(key, controlsOf.get(key.pattern)),
        base: base[key.horizonSeconds],
      };
      return dayScore(key, found, startMs);
    }),
  };
}

/** What was found of one pattern at one horizon. */
interface Judged {
  readonly events: readonly JudgedEvent[];
  readonly controls: readonly JudgedEvent[];
  readonly base: BaseRate;
}

/** An event whose outcome is known. */
interface JudgedEvent {
  readonly event: ControlEvent;
  readonly move: Move;
}

function dayScore(key: ScoreKey, { events, controls, base }: Judged, startMs: number): DayScore {
  const counts = outcomeCounts(events);
  const halfHours = halfHoursOf(events, startMs);
  const expected = new ExpectedRate();
  expected.add({ events: counts, base });
  const moves = new MoveList();
  moves.add(events.map(({ move }) => move.rounded));
  const blocks = halfHours.flatMap(({ n, hits }) => (n > 0 ? [n, hits] : []));
  const score = scoreOf(key, {
    events: counts,
    control: outcomeCounts(controls),
    base,
    expected: expected.rate(),
    interval: resampledInterval(Float64Array.from(blocks), seedOf(key)),
    mean: moves.mean(),
    median: moves.median(),
  });
  return { ...score, half_hours: halfHours };
}

function judgedEvents(
  { horizonSeconds }: ScoreKey,
  events: readonly ControlEvent[] = [],
): JudgedEvent[] {
  return events.flatMap((event) => {
    const move = event.outcomes.get(horizonSeconds);
    return move === undefined ? [] : [{ event, move }];
  });
}

function outcomeCounts(judged: readonly JudgedEvent[]): OutcomeCounts {
  const counts = { n: 0, ties: 0, hits: 0, up: 0, down: 0 };
  for (const { event, move } of judged) {
    if (move.sign === 0) {
      counts.ties += 1;
      continue;
    }
    counts.n += 1;
    counts[event.direction] += 1;
    if (move.sign > 0) counts.hits += 1;
  }
  return counts;
}

/** `judged` are in order of time. */
function halfHoursOf(judged: readonly JudgedEvent[], startMs: number): HalfHour[] {
  // The end of an event's last row may be the begin of the next half hour.
  const byHalfHour = Map.groupBy(judged, ({ event }) =>
    Math.floor((event.confirmedMs - 1 - startMs) / HALF_HOUR_MS),
  );
  return Array.from(byHalfHour, ([halfHour, members]) => {
    const { n, hits } = outcomeCounts(members);
    const moves = members.map(({ move }) => formatDecimal(move.rounded, OUTCOME_DECIMALS));
    return { half_hour: halfHour, n, hits, moves_bps: moves.join(' ') };
  });
}
