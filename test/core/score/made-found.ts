/** What a day's patterns found, made by hand: events with nothing but their outcomes. */
import type { Direction, PatternName } from '../../../src/core/column/pattern-table.js';
import type {
  BaseRate,
  ControlEvent,
  DayPatterns,
  PatternEvent,
} from '../../../src/core/pattern/day-patterns.js';
import { dayScoreboard } from '../../../src/core/score/day-scoreboard.js';
import type { Score, Scoreboard } from '../../../src/core/score/scoreboard-shape.js';
import { symbolName } from '../../../src/core/unit/symbol.js';
import { dayStartMs, type UtcDate, utcDate } from '../../../src/core/unit/utc-date.js';

export const DATE: UtcDate = utcDate('2025-12-11', 'test');

/** An event whose move is known at one horizon, 60 s. */
export interface Outcome {
  readonly pattern?: PatternName;
  readonly direction?: Direction;
  /** End of its last row in seconds since 00:00. */
  readonly second?: number;
  /** In units of 10^-4 bps; undefined: not known. */
  readonly move: bigint | undefined;
  /** Of the move before rounding; by default that of the rounded one. */
  readonly sign?: -1 | 0 | 1;
}

function controlEvent({
  pattern = 'whale',
  direction = 'up',
  second = 1,
  move,
  sign,
}: Outcome): ControlEvent {
  const signOf = move === undefined || move === 0n ? 0 : move < 0n ? -1 : 1;
  const known = move === undefined ? undefined : { sign: sign ?? signOf, rounded: move };
  return {
    pattern,
    direction,
    confirmedMs: dayStartMs(DATE) + second * 1_000,
    outcomes: known === undefined ? new Map() : new Map([[60, known]]),
  };
}

export interface Found {
  readonly events: readonly Outcome[];
  readonly controls?: readonly Outcome[];
  readonly base?: BaseRate;
}

export function found({ events, controls = [], base = { up: 50, down: 50 } }: Found): DayPatterns {
  const nothing = { mantissa: 0n, decimals: 0 };
  return {
    events: events.map((event): PatternEvent => ({
      ...controlEvent(event),
      fromMs: dayStartMs(DATE),
      doublePrice: nothing,
      strength: nothing,
      threshold: nothing,
    })),
    controls: controls.map((event) => controlEvent(event)),
    base: { 10: base, 60: base, 300: base },
  };
}

export function scoreboard(of: Found, symbol = 'BTCUSDT', date: UtcDate = DATE): Scoreboard {
  const board = dayScoreboard(found(of), {
    symbol: symbolName(symbol, 'test'),
    date: DATE,
    feeBps: '10',
  });
  return { ...board, date };
}

export function lineOf<Line extends Score>(
  { scores }: { readonly scores: readonly Line[] },
  pattern: PatternName = 'whale',
): Line {
  const line = scores.find((score) => score.pattern === pattern && score.horizon_seconds === 60);
  if (line === undefined) throw new Error('a scoreboard has every line');
  return line;
}
