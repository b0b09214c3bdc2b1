/** What pooling needs of a symbol-day's scoreboard, checked as a whole before any of it is pooled. */
import { OUTCOME_DECIMALS } from '../pattern/known-rows.js';
import { parseDecimal, powerOfTen } from '../unit/decimal.js';
import { FlowbarsError } from '../unit/errors.js';
import type { MoveUnits } from './move-list.js';
import type { ScoreKey } from './score.js';
import type { DayScore, HalfHour, Scoreboard } from './scoreboard-shape.js';

export const DAY_HALF_HOURS = 48;
/** One a second in either direction. */
const HALF_HOUR_EVENTS_MAX = 3_600;
/** Characters of a move without its sign: its digits are a safe integer, in units of OUTCOME_DECIMALS as well. */
const PLAIN_CHARACTERS_MAX = 10;

const [MINUS, POINT, DIGIT_0, DIGIT_9] = [45, 46, 48, 57];

export interface DayPart {
  readonly symbol: string;
  readonly date: string;
  /** By key, then half hour: n and hits. */
  readonly blocks: HalfHourCounts;
  readonly lines: readonly LinePart[];
}

export interface LinePart {
  readonly score: DayScore;
  readonly moves: readonly MoveUnits[];
}

/** Events and hits of each half hour of a day, for some keys. Four bytes each. */
export class HalfHourCounts {
  private readonly counts: Uint16Array;

  constructor(keys: number) {
    this.counts = new Uint16Array(2 * DAY_HALF_HOURS * keys);
  }

  /** Both counts are at most HALF_HOUR_EVENTS_MAX. */
  set(key: number, { half_hour: halfHour, n, hits }: HalfHour): void {
    this.counts.set([n, hits], 2 * (DAY_HALF_HOURS * key + halfHour));
  }

  /** Writes n and hits of each half hour with events, in order of time, from a place on. Returns the place behind them. */
  copyTo(target: Float64Array, from: number, key: number): number {
    const start = 2 * DAY_HALF_HOURS * key;
    let place = from;
    for (let at = start; at < start + 2 * DAY_HALF_HOURS; at += 2) {
      const n = this.counts[at] ?? 0;
      if (n === 0) continue;
      target[place] = n;
      target[place + 1] = this.counts[at + 1] ?? 0;
      place += 2;
    }
    return place;
  }
}

/** Throws a FlowbarsError of kind `data` if a line is missing, or holds what no scoreboard of flowbars does. */
export function dayPart(scoreboard: Scoreboard, keys: readonly ScoreKey[]): DayPart {
  const where = `scoreboard of ${scoreboard.symbol} on ${scoreboard.date}`;
  const blocks = new HalfHourCounts(keys.length);
  const lines = keys.map((key, place): LinePart => {
    const score = scoreIn(scoreboard, key, where);
    const moves: MoveUnits[] = [];
    let before = -1;
    for (const halfHour of score.half_hours) {
      const words = halfHour.moves_bps.split(' ');
      refuseImpossible(halfHour, { before, moves: words.length, where });
      before = halfHour.half_hour;
      blocks.set(place, halfHour);
      for (const word of words) moves.push(moveOf(word, where));
    }
    return { score, moves };
  });
  return { symbol: scoreboard.symbol, date: scoreboard.date, blocks, lines };
}

function scoreIn(
  { scores }: Scoreboard,
  { pattern, horizonSeconds }: ScoreKey,
  where: string,
): DayScore {
  const found = scores.find(
    (score) => score.pattern === pattern && score.horizon_seconds === horizonSeconds,
  );
  if (found !== undefined) return found;
  throw new FlowbarsError('data', {
    where,
    what: 'scores',
    found: `none of ${pattern} at ${horizonSeconds} s`,
    expected: 'one of each pattern and horizon',
  });
}

interface HalfHourPlace {
  /** The half hour before it in the list. */
  readonly before: number;
  readonly moves: number;
  readonly where: string;
}

/** What does not hold is no scoreboard of flowbars, and would not fit into the counts that are kept. */
function refuseImpossible(
  { half_hour: halfHour, n, hits }: HalfHour,
  { before, moves, where }: HalfHourPlace,
): void {
  const isOrdered = halfHour > before;
  if (isOrdered && hits <= n && n <= moves && moves <= HALF_HOUR_EVENTS_MAX) return;
  throw new FlowbarsError('data', {
    where,
    what: 'half_hours',
    found: isOrdered
      ? `${hits} hits of ${n} events and ${moves} moves in half hour ${halfHour}`
      : `half hour ${halfHour} behind ${before}`,
    expected: isOrdered
      ? `at most ${HALF_HOUR_EVENTS_MAX} moves, no more events and no more hits`
      : 'order of time',
  });
}

/** Nearly all are plain: the others take the way that reads every decimal. */
function moveOf(word: string, where: string): MoveUnits {
  return plainMove(word) ?? anyMove(word, where);
}

/** Undefined for any other notation, and for many digits. */
function plainMove(word: string): number | undefined {
  const start = word.charCodeAt(0) === MINUS ? 1 : 0;
  const length = word.length - start;
  if (length === 0 || length > PLAIN_CHARACTERS_MAX) return undefined;
  let digits = 0;
  let decimals = -1;
  for (let at = start; at < word.length; at++) {
    const character = word.charCodeAt(at);
    if (character === POINT && decimals < 0 && at > start) {
      decimals = 0;
      continue;
    }
    if (character < DIGIT_0 || character > DIGIT_9) return undefined;
    digits = digits * 10 + character - DIGIT_0;
    if (decimals >= 0) decimals += 1;
  }
  if (decimals === 0 || decimals > OUTCOME_DECIMALS) return undefined;
  const units = digits * 10 ** (OUTCOME_DECIMALS - Math.max(0, decimals));
  return start === 1 ? -units : units;
}

function anyMove(word: string, where: string): bigint {
  const move = parseDecimal(word);
  if (move !== undefined && move.decimals <= OUTCOME_DECIMALS) {
    return move.mantissa * powerOfTen(OUTCOME_DECIMALS - move.decimals);
  }
  throw new FlowbarsError('data', {
    where,
    what: 'moves_bps',
    found: `'${word}'`,
    expected: `decimals with at most ${OUTCOME_DECIMALS} digits behind the point`,
  });
}
