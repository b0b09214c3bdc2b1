/** One scoreboard of several symbol-days, from theirs alone and exactly: nothing that was rounded is pooled. */
import { OUTCOME_DECIMALS } from '../pattern/known-rows.js';
import { SCHEMA_VERSION } from '../shape/shape.js';
import { compareNames } from '../unit/compare-names.js';
import { parseDecimal, powerOfTen } from '../unit/decimal.js';
import { assert, FlowbarsError } from '../unit/errors.js';
import { expectedRate } from './expected-rate.js';
import type { Block } from './resample.js';
import { SCORE_KEYS, type ScoreKey, scoreOf } from './score.js';
import type {
  DayScore,
  HalfHour,
  OutcomeCounts,
  PooledScoreboard,
  Score,
  Scoreboard,
} from './scoreboard-shape.js';

/** So many days are resampled whole, with all their symbols. */
const WHOLE_DAYS_MIN = 20;

/**
 * The order of the scoreboards changes nothing. Throws a FlowbarsError of kind `data` if one lacks a line
 * or holds moves that are no decimals. No symbol-day comes twice.
 */
export function pooledScoreboard(
  scoreboards: readonly Scoreboard[],
  feeBps: string,
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
    scores: SCORE_KEYS.map((key) => pooledScore(key, sorted, resampled)),
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
  return scoreOf(key, {
    events: totalCounts(scores.map(({ events }) => events)),
    control: totalCounts(scores.map(({ control }) => control)),
    base: {
      up: totalOf(scores, ({ base }) => base.up),
      down: totalOf(scores, ({ base }) => base.down),
    },
    expected: expectedRate(scores),
    moves: days.flatMap(({ scoreboard, score }) =>
      score.half_hours.flatMap((halfHour) => movesOf(halfHour, scoreboard)),
    ),
    blocks: (resampled === 'days' ? wholeDays(blocks) : blocks).filter(({ n }) => n > 0),
  });
}

function scoreIn(scoreboard: Scoreboard, { pattern, horizonSeconds }: ScoreKey): DayScore {
  const found = scoreboard.scores.find(
    (score) => score.pattern === pattern && score.horizon_seconds === horizonSeconds,
  );
  if (found !== undefined) return found;
  throw new FlowbarsError('data', {
    where: `scoreboard of ${scoreboard.symbol} on ${scoreboard.date}`,
    what: 'scores',
    found: `none of ${pattern} at ${horizonSeconds} s`,
    expected: 'one of each pattern and horizon',
  });
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
function movesOf({ moves_bps: text }: HalfHour, { symbol, date }: Scoreboard): bigint[] {
  return text.split(' ').map((word) => {
    const move = parseDecimal(word);
    if (move !== undefined && move.decimals <= OUTCOME_DECIMALS) {
      return move.mantissa * powerOfTen(OUTCOME_DECIMALS - move.decimals);
    }
    throw new FlowbarsError('data', {
      where: `scoreboard of ${symbol} on ${date}`,
      what: 'moves_bps',
      found: `'${word}'`,
      expected: `decimals with at most ${OUTCOME_DECIMALS} digits behind the point`,
    });
  });
}
