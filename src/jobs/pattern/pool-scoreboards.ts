/** Pools the scoreboards of published symbol-days. */
import type { PatternName } from '../../core/column/pattern-table.js';
import type { Scores } from '../../core/score/pattern-documents.js';
import { pooledScoreboard } from '../../core/score/pooled-scoreboard.js';
import { isScoreboard, type Scoreboard } from '../../core/score/scoreboard-shape.js';
import { parseStored } from '../../core/stored/json-shape.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import type { Effects } from '../ports.js';
import type { PublishedSearch } from './published-days.js';
import { areGood, readListedFiles, type ReadFile } from './read-listed.js';

/** So many scoreboards are in memory at once, at some 120 kB each. */
export const POOLED_DAYS_MAX = 10_000;

export interface PatternSearch extends PublishedSearch {
  readonly patterns: readonly PatternName[];
}

/** `feeBps`: beside the moves. Throws a usage error for more than POOLED_DAYS_MAX symbol-days. */
export async function poolScoreboards(
  { patterns, ...search }: PatternSearch,
  feeBps: string,
  effects: Pick<Effects, 'out' | 'codec'>,
): Promise<Scores> {
  const read = (file: ReadFile): Scoreboard => scoreboardIn(file, effects);
  const limited = { ...search, daysMax: POOLED_DAYS_MAX };
  const found = await readListedFiles(limited, 'scoreboard', read, effects);
  const { scores, ...pooled } = pooledScoreboard(found.values, feeBps);
  return {
    ...pooled,
    scores: scores.filter(({ pattern }) => patterns.includes(pattern)),
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
