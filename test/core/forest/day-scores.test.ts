/** Which minutes of a day have a score, and how it is written. */
import { expect, test } from 'vitest';
import {
  countScores,
  dayScores,
  SCORE_REASONS,
  scoreRows,
} from '../../../src/core/forest/day-scores.js';
import { goldenRow } from '../../../src/core/forest/golden.js';
import { probabilityOf } from '../../../src/core/forest/forest.js';
import { readForest } from '../../../src/core/forest/read-forest.js';
import { utcDate } from '../../../src/core/unit/utc-date.js';
import { goldenOf, modelText } from './golden-models.js';

const DATE = utcDate('2025-12-11', 'test');
const MINUTES = 1_440;

test('a minute has the first reason that holds, and a score that reads back as the same double', () => {
  const forest = readForest(modelText('nulls'), 'nulls');
  const golden = goldenOf('nulls');
  const rows = golden.rows.map(goldenRow);
  // One feature more than the model has, in front.
  const features = [
    new Float32Array(MINUTES),
    ...forest.features.map((_, at) =>
      Float32Array.from({ length: MINUTES }, (__, minute) => rows[minute % rows.length]?.[at] ?? 0),
    ),
  ];
  const unseen = Array.from({ length: MINUTES }, (_, minute) =>
    minute < 59 ? ('warming_up' as const) : minute < 100 ? ('gap_before' as const) : undefined,
  );
  const places = forest.features.map((_, at) => at + 1);
  const model = { forest, places, withoutNulls: new Set(['day_sine']) };
  const scores = dayScores(model, { features, unseen });
  const counts = countScores(scores);
  expect(counts).toMatchObject({ warming_up: 59, gap_before: 41 });
  expect(SCORE_REASONS.reduce((sum, reason) => sum + counts[reason], 0)).toBe(MINUTES);
  expect(counts.null_feature).toBeGreaterThan(50);
  expect([...scores.nulls]).toEqual([['day_sine', counts.null_feature]]);
  const written = [...scoreRows(scores, DATE)];
  expect(written).toHaveLength(MINUTES);
  for (const [minute, [stamp, decision, reason, raw, pUp]] of written.entries()) {
    const known = golden.raw[minute % rows.length] ?? Number.NaN;
    const isNull = golden.rows[minute % rows.length]?.[4] === null;
    expect(reason).toBe(unseen[minute] ?? (isNull ? 'null_feature' : 'ok'));
    expect([raw, pUp]).toEqual(
      reason === 'ok' ? [String(known), String(probabilityOf(known))] : ['', ''],
    );
    expect(Date.parse(decision ?? '') - Date.parse(stamp ?? '')).toBe(60_000);
  }
  expect(written.at(-1)?.[1]).toBe('2025-12-12T00:00:00Z');
});
