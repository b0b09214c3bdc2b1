/** Scoreboards pooled one after the other. */
import { ScoreboardPool } from '../../../src/core/score/scoreboard-pool.js';
import { SCORE_KEYS, type ScoreKey } from '../../../src/core/score/score.js';
import type { PooledScoreboard, Scoreboard } from '../../../src/core/score/scoreboard-shape.js';

export function pooledScoreboard(
  boards: readonly Scoreboard[],
  feeBps: string,
  keys: readonly ScoreKey[] = SCORE_KEYS,
): PooledScoreboard {
  const pool = new ScoreboardPool(keys);
  for (const board of boards) pool.take(board);
  return { ...pool.heading(feeBps), scores: [...pool.scores()] };
}
