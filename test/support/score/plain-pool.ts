/** The pooled scoreboard with all days in memory, on lists and big integers: the model of the pool. */
import { OUTCOME_DECIMALS } from '../../../src/core/pattern/known-rows.js';
import { SCHEMA_VERSION } from '../../../src/core/shape/shape.js';
import { compareNames } from '../../../src/core/unit/compare-names.js';
import { divideHalfUp, parseDecimal, powerOfTen } from '../../../src/core/unit/decimal.js';
import { assert } from '../../../src/core/unit/errors.js';
import { Random } from '../../../src/core/unit/random.js';
import { type Fraction, fraction, sumOfFractions } from '../../../src/core/score/fraction.js';
import type { RateInterval } from '../../../src/core/score/resample.js';
import { type ScoreKey, scoreOf, seedOf } from '../../../src/core/score/score.js';
import type {
  DayScore,
  HalfHour,
  OutcomeCounts,
  PooledScoreboard,
  Score,
  Scoreboard,
} from '../../../src/core/score/scoreboard-shape.js';

/** So many days are resampled whole, with all their symbols. */
const WHOLE_DAYS_MIN = 20;

export function plainPool(
  scoreboards: readonly Scoreboard[],
  feeBps: string,
  keys: readonly ScoreKey[],
): PooledScoreboard {
  const sorted = scoreboards.toSorted(
    (one, other) => compareNames(one.date, other.date) || compareNames(one.symbol, other.symbol),
  );
  const symbols = distinct(sorted.map(({ symbol }) => symbol));
  const dates = distinct(sorted.map(({ date }) => date));
  const places = distinct(sorted.map(({ date, symbol }) => `${date} ${symbol}`));
  assert(places.length === sorted.length, 'a symbol-day is pooled once');
  const resampled = dates.length >= WHOLE_DAYS_MIN ? 'days' : 'half hours';
  return {
    schema_version: SCHEMA_VERSION,
    symbols,
    dates,
    symbol_days: sorted.length,
    resampled,
    fee_bps: feeBps,
    scores: keys.map((key) => pooledScore(key, sorted, resampled)),
  };
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)].toSorted(compareNames);
}

function pooledScore(
  key: ScoreKey,
  scoreboards: readonly Scoreboard[],
  resampled: PooledScoreboard['resampled'],
): Score {
  const days = scoreboards.map((scoreboard) => ({
    scoreboard,
    score: scoreIn(scoreboard, key),
  }));
  const scores = days.map(({ score }) => score);
  const blocks = days.flatMap(({ scoreboard, score }): DatedBlock[] =>
    score.half_hours.map(({ n, hits }) => ({ date: scoreboard.date, n, hits })),
  );
  const moves = days.flatMap(({ score }) => score.half_hours.flatMap(movesOf));
  return scoreOf(key, {
    events: totalCounts(scores.map(({ events }) => events)),
    control: totalCounts(scores.map(({ control }) => control)),
    base: {
      up: totalOf(scores, ({ base }) => base.up),
      down: totalOf(scores, ({ base }) => base.down),
    },
    expected: expectedRate(scores),
    interval: interval(
      (resampled === 'days' ? wholeDays(blocks) : blocks).filter(({ n }) => n > 0),
      seedOf(key),
    ),
    mean: meanOf(moves),
    median: medianOf(moves),
  });
}

function scoreIn(scoreboard: Scoreboard, { pattern, horizonSeconds }: ScoreKey): DayScore {
  const found = scoreboard.scores.find(
    (score) => score.pattern === pattern && score.horizon_seconds === horizonSeconds,
  );
  assert(found !== undefined, 'a scoreboard has every line');
  return found;
}

function totalOf<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}

function totalCounts(counts: readonly OutcomeCounts[]): OutcomeCounts {
  return {
    n: totalOf(counts, ({ n }) => n),
    ties: totalOf(counts, ({ ties }) => ties),
    hits: totalOf(counts, ({ hits }) => hits),
    up: totalOf(counts, ({ up }) => up),
    down: totalOf(counts, ({ down }) => down),
  };
}

interface Block {
  readonly n: number;
  readonly hits: number;
}

interface DatedBlock extends Block {
  readonly date: string;
}

function wholeDays(blocks: readonly DatedBlock[]): Block[] {
  return Array.from(Map.groupBy(blocks, ({ date }) => date).values(), (ofDay) => ({
    n: totalOf(ofDay, ({ n }) => n),
    hits: totalOf(ofDay, ({ hits }) => hits),
  }));
}

/** In units of 10^-OUTCOME_DECIMALS bps. */
function movesOf({ moves_bps: text }: HalfHour): bigint[] {
  return text.split(' ').map((word) => {
    const move = parseDecimal(word);
    assert(move !== undefined && move.decimals <= OUTCOME_DECIMALS, 'moves are decimals');
    return move.mantissa * powerOfTen(OUTCOME_DECIMALS - move.decimals);
  });
}

function meanOf(moves: readonly bigint[]): bigint | undefined {
  if (moves.length === 0) return undefined;
  const sum = moves.reduce((total, move) => total + move, 0n);
  return divideHalfUp(sum, BigInt(moves.length));
}

function medianOf(moves: readonly bigint[]): bigint | undefined {
  const sorted = moves.toSorted((one, other) => (one === other ? 0 : one < other ? -1 : 1));
  const above = sorted[Math.floor(sorted.length / 2)];
  const below = sorted[Math.ceil(sorted.length / 2) - 1];
  return above === undefined || below === undefined ? undefined : divideHalfUp(below + above, 2n);
}

function expectedRate(scores: readonly DayScore[]): Fraction | undefined {
  const counted = scores.filter(({ events, base }) => events.n > 0 && base.up + base.down > 0);
  if (counted.length === 0) return undefined;
  const { numerator, denominator } = sumOfFractions(
    counted.map(({ events, base }) => ({
      numerator: BigInt(events.up) * BigInt(base.up) + BigInt(events.down) * BigInt(base.down),
      denominator: BigInt(base.up + base.down),
    })),
  );
  const n = totalOf(counted, ({ events }) => events.n);
  return { numerator, denominator: denominator * BigInt(n) };
}

/** The ends are the 25th and the 975th of 1,000 rates in ascending order. */
function interval(blocks: readonly Block[], seedText: string): RateInterval | undefined {
  if (blocks.length < 6) return undefined;
  const random = new Random(seedText);
  const rates = Array.from({ length: 1_000 }, () => {
    const drawn = blocks.map(() => blocks[random.below(blocks.length)]);
    return {
      n: totalOf(drawn, (block) => block?.n ?? 0),
      hits: totalOf(drawn, (block) => block?.hits ?? 0),
    };
  });
  rates.sort((one, other) => one.hits * other.n - other.hits * one.n);
  const [low, high] = [rates[24], rates[974]].map((rate) =>
    fraction(rate?.hits ?? 0, rate?.n ?? 0),
  );
  assert(low !== undefined && high !== undefined, 'blocks hold events');
  return { low, high };
}
