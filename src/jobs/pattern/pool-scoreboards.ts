/** Pools the scoreboards of published symbol-days. */
import type { PatternName } from '../../core/column/pattern-table.js';
import { SCORE_KEYS } from '../../core/score/score.js';
import type { Scores } from '../../core/score/pattern-documents.js';
import { ScoreboardPool } from '../../core/score/scoreboard-pool.js';
import { isScoreboard, type Score, type Scoreboard } from '../../core/score/scoreboard-shape.js';
import { parseStored } from '../../core/stored/json-shape.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import type { Effects } from '../ports.js';
import type { PublishedSearch } from './published-days.js';
import { areGood, readListedFiles, type ReadFile } from './read-listed.js';

/** Each keeps some 30 kB in memory, most of it four bytes for each event and horizon. */
export const POOLED_DAYS_MAX = 10_000;

export interface PatternSearch extends PublishedSearch {
  readonly patterns: readonly PatternName[];
  /** Called after each symbol-day. */
  readonly onDone: (done: number, total: number) => void;
}

export interface Pooling extends PatternSearch {
  /** Beside the moves. */
  readonly feeBps: string;
  /** Called after each line is resampled, which takes seconds for many half hours. */
  readonly onLine: (done: number, total: number) => void;
}

/** Throws a usage error for more than POOLED_DAYS_MAX symbol-days. */
export async function poolScoreboards(
  { patterns, feeBps, onLine, ...search }: Pooling,
  effects: Pick<Effects, 'out' | 'codec' | 'clock'>,
): Promise<Scores> {
  const keys = SCORE_KEYS.filter(({ pattern }) => patterns.includes(pattern));
  const pool = new ScoreboardPool(keys);
  const read = (file: ReadFile): void => pool.take(scoreboardIn(file, effects));
  const limited = { ...search, daysMax: POOLED_DAYS_MAX };
  const found = await readListedFiles({ ...limited, kind: 'scoreboard', read }, effects);
  const scores: Score[] = [];
  // Lines of nothing would read as a result.
  const lines = found.values.length === 0 ? [] : pool.scores();
  for (const score of lines) {
    scores.push(score);
    onLine(scores.length, keys.length);
    // A signal to stop is heard between two lines.
    await effects.clock.turn();
  }
  return {
    ...pool.heading(feeBps),
    scores,
    out: effects.out.root,
    from: search.dates.at(0) ?? '',
    to: search.dates.at(-1) ?? '',
    good: areGood(found),
    left_out: found.leftOut,
    unreadable_manifests: found.unreadable,
  };
}

function scoreboardIn(
  { day, name, bytes }: ReadFile,
  { codec }: Pick<Effects, 'codec'>,
): Scoreboard {
  const place = { what: 'scoreboard', where: name };
  const scoreboard = parseStored(codec.decode(bytes), isScoreboard, place);
  const { symbol, date } = scoreboard;
  if (symbol === day.symbol && date === day.date) return scoreboard;
  const [found, expected] = [`that of ${symbol} ${date}`, `that of ${day.symbol} ${day.date}`];
  throw new FlowbarsError('data', { ...place, found, expected });
}
