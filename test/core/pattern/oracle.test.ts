/** Patterns and scoreboards of random days against the slow second implementation, byte for byte. */
import { expect, test } from 'vitest';
import { PATTERN_EVENTS, PATTERNS } from '../../../src/core/column/pattern-table.js';
import type { DayFiles } from '../../../src/core/pattern/day-cells.js';
import { type DayPatterns, dayPatterns } from '../../../src/core/pattern/day-patterns.js';
import { patternRows } from '../../../src/core/pattern/pattern-file.js';
import { dayScoreboard } from '../../../src/core/score/day-scoreboard.js';
import { codec } from '../../../src/edge/format/codec.js';
import { csvTables } from '../../../src/edge/format/csv-table.js';
import type { CellFiles } from '../../support/signal-oracle/day-cells.js';
import { oraclePatterns } from '../../support/signal-oracle/oracle-patterns.js';
import { oracleScoreboard } from '../../support/signal-oracle/oracle-scoreboard.js';
import { DATE, dayFiles, randomWalk, SYMBOL } from './made-day.js';

interface Day {
  readonly found: DayPatterns;
  readonly cells: CellFiles;
}

function dayOf(seed: string, streams: DayFiles['streams']): Day {
  const texts = randomWalk({ seed, streams });
  return {
    found: dayPatterns(dayFiles(texts, streams)),
    cells: { bars1s: texts.bars, signals1s: texts.signals, streams, date: DATE },
  };
}

function fileText({ events }: DayPatterns): string {
  return codec.decode(csvTables.write(PATTERN_EVENTS.header, patternRows(events)));
}

/** The lines of a scoreboard in the words of the oracle. */
function plainScores(found: DayPatterns): object[] {
  const { scores } = dayScoreboard(found, { symbol: SYMBOL, date: DATE, feeBps: '10' });
  return scores.map((score) => ({
    pattern: score.pattern,
    horizonSeconds: score.horizon_seconds,
    ...score.events,
    control: score.control,
    base: score.base,
    hitRate: shareText(score.hit_rate),
    controlHitRate: shareText(score.control_hit_rate),
    expectedHitRate: shareText(score.expected_hit_rate),
  }));
}

function shareText(share: number | null): string | undefined {
  return share === null ? undefined : String(share);
}

function patternsOf({ events }: DayPatterns): string[] {
  return [...new Set(events.map(({ pattern }) => pattern))].toSorted();
}

test('the patterns file of a random day is that of the second implementation', () => {
  const { found, cells } = dayOf('one', 'both');
  expect(patternsOf(found)).toEqual(PATTERNS);
  expect(fileText(found)).toBe(oraclePatterns(cells));
});

test('so is the scoreboard', () => {
  const { found, cells } = dayOf('two', 'both');
  expect(patternsOf(found)).toEqual(PATTERNS);
  expect(plainScores(found)).toEqual(oracleScoreboard(cells));
});

test('without a book the day has the patterns of minutes alone', () => {
  const { found, cells } = dayOf('trades', 'trades');
  expect(patternsOf(found)).toEqual(['divergence', 'retail_fomo', 'whale']);
  expect(fileText(found)).toBe(oraclePatterns(cells));
});
