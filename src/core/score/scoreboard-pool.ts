/** One scoreboard of several symbol-days, from theirs alone and exactly: nothing that was rounded is pooled. */
import { SCHEMA_VERSION } from '../shape/shape.js';
import { compareNames } from '../unit/compare-names.js';
import { assert } from '../unit/errors.js';
import { DAY_HALF_HOURS, type DayPart, dayPart, type LinePart } from './day-part.js';
import { ExpectedRate } from './expected-rate.js';
import { MoveList } from './move-list.js';
import { type Blocks, resampledInterval } from './resample.js';
import { SCORE_KEYS, type ScoreKey, scoreOf, seedOf } from './score.js';
import type { OutcomeCounts, PooledScoreboard, Score, Scoreboard } from './scoreboard-shape.js';

/** So many days are resampled whole, with all their symbols. */
const WHOLE_DAYS_MIN = 20;

type PooledDay = Omit<DayPart, 'lines'>;

/**
 * Takes one scoreboard after the other and keeps little of each: counts, four bytes a move, and four bytes a half hour
 * and line. Their order changes nothing.
 */
export class ScoreboardPool {
  private readonly keys: readonly ScoreKey[];
  private readonly lines: readonly PooledLine[];
  private readonly days = new Map<string, PooledDay>();

  constructor(keys: readonly ScoreKey[] = SCORE_KEYS) {
    this.keys = keys;
    this.lines = keys.map(() => new PooledLine());
  }

  /**
   * Throws a FlowbarsError of kind `data`, and takes nothing, if the scoreboard lacks a line or holds what none of
   * flowbars does. No symbol-day comes twice.
   */
  take(scoreboard: Scoreboard): void {
    const { lines, ...day } = dayPart(scoreboard, this.keys);
    const place = `${day.date} ${day.symbol}`;
    assert(!this.days.has(place), 'a symbol-day is pooled once');
    this.days.set(place, day);
    for (const [at, line] of lines.entries()) this.lines[at]?.add(line);
  }

  /** What was pooled, without its lines. */
  heading(feeBps: string): Omit<PooledScoreboard, 'scores'> {
    const dates = this.dates();
    return {
      schema_version: SCHEMA_VERSION,
      symbols: distinct(Array.from(this.days.values(), ({ symbol }) => symbol)),
      dates,
      symbol_days: this.days.size,
      resampled: areWhole(dates) ? 'days' : 'half hours',
      fee_bps: feeBps,
    };
  }

  /** The lines, each computed when it is asked for: resampling many half hours takes seconds. */
  *scores(): Generator<Score, void, undefined> {
    const days = [...this.days.values()].toSorted(
      (one, other) => compareNames(one.date, other.date) || compareNames(one.symbol, other.symbol),
    );
    const blocksOf = areWhole(this.dates()) ? wholeDays : halfHours;
    for (const [at, key] of this.keys.entries()) {
      const line = this.lines[at];
      if (line !== undefined) yield line.score(key, blocksOf(days, at));
    }
  }

  private dates(): string[] {
    return distinct(Array.from(this.days.values(), ({ date }) => date));
  }
}

function areWhole(dates: readonly string[]): boolean {
  return dates.length >= WHOLE_DAYS_MIN;
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)].toSorted(compareNames);
}

function halfHours(days: readonly PooledDay[], key: number): Blocks {
  const blocks = new Float64Array(2 * DAY_HALF_HOURS * days.length);
  let place = 0;
  for (const day of days) place = day.blocks.copyTo(blocks, place, key);
  return blocks.subarray(0, place);
}

/** Days with events, in order; each with all its symbols. */
function wholeDays(days: readonly PooledDay[], key: number): Blocks {
  const byDate = Map.groupBy(days, ({ date }) => date);
  const whole = Array.from(byDate.values(), (ofDate) => {
    const counts = [0, 0];
    for (const [at, count] of halfHours(ofDate, key).entries()) {
      counts[at % 2] = (counts[at % 2] ?? 0) + count;
    }
    return counts;
  });
  return Float64Array.from(whole.filter(([n = 0]) => n > 0).flat());
}

/** One pattern at one horizon. */
class PooledLine {
  private readonly events = noOutcomes();
  private readonly control = noOutcomes();
  private readonly base = { up: 0, down: 0 };
  private readonly expected = new ExpectedRate();
  private readonly moves = new MoveList();

  add({ score, moves }: LinePart): void {
    addCounts(this.events, score.events);
    addCounts(this.control, score.control);
    this.base.up += score.base.up;
    this.base.down += score.base.down;
    this.expected.add(score);
    this.moves.add(moves);
  }

  score(key: ScoreKey, blocks: Blocks): Score {
    return scoreOf(key, {
      events: this.events,
      control: this.control,
      base: this.base,
      expected: this.expected.rate(),
      interval: resampledInterval(blocks, seedOf(key)),
      mean: this.moves.mean(),
      median: this.moves.median(),
    });
  }
}

type Counts = { -readonly [Name in keyof OutcomeCounts]: number };

function noOutcomes(): Counts {
  return { n: 0, ties: 0, hits: 0, up: 0, down: 0 };
}

function addCounts(total: Counts, more: OutcomeCounts): void {
  total.n += more.n;
  total.ties += more.ties;
  total.hits += more.hits;
  total.up += more.up;
  total.down += more.down;
}
