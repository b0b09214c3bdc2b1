/** No row that is trained on knows anything of the block that judges it. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { LABEL_DEFAULTS } from '../../../src/core/label/label-options.js';
import { REASON_OK } from '../../../src/core/label/reasons.js';
import type { SplitOptions } from '../../../src/core/split/split-options.js';
import { type Fold, foldOf, splitOf } from '../../../src/core/split/split.js';
import {
  addDays,
  dateOf,
  datesBetween,
  dayRange,
  dayStartMs,
  MINUTE_MS,
} from '../../../src/core/unit/utc-date.js';
import { FIRST_DATE, steadySeconds } from '../../support/label-oracle/second-paths.js';
import { labelsOf, worldOf } from '../../support/label-oracle/worlds.js';
import { isFitted, isJudging, isTested, isTrained, type Row } from '../../support/split/rows.js';

const LOOK_BACK_MS = 60 * MINUTE_MS;
const OPTIONS: SplitOptions = {
  folds: 5,
  rollingDays: undefined,
  sealedPercent: 20,
  embargoMs: 65 * MINUTE_MS,
  horizonMs: 5 * MINUTE_MS,
  lookBackMs: LOOK_BACK_MS,
};

function foldsOf(days: number, options: Partial<SplitOptions>): readonly Fold[] {
  const dates = datesBetween(FIRST_DATE, addDays(FIRST_DATE, days - 1));
  const { folds, sealed } = splitOf(dates, { ...OPTIONS, ...options });
  return sealed === undefined ? folds : [...folds, sealed];
}

/** Whether one second is in both: a row reaches from its look-back to the end of its label. */
function overlaps(one: Row, other: Row): boolean {
  return (
    one.decisionMs - LOOK_BACK_MS < other.labelEndMs &&
    other.decisionMs - LOOK_BACK_MS < one.labelEndMs
  );
}

test('wherever labels end, no trained row touches what a tested row saw or was judged by', () => {
  const seen = { trained: 0, purged: 0, fitted: 0, judging: 0 };
  fc.assert(
    fc.property(
      fc.integer({ min: 5, max: 40 }),
      fc.record({
        folds: fc.integer({ min: 1, max: 8 }),
        rollingDays: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
        sealedPercent: fc.integer({ min: 0, max: 50 }),
        embargoMs: fc.integer({ min: 65, max: 300 }).map((minutes) => minutes * MINUTE_MS),
      }),
      fc.array(fc.record({ at: fc.nat(), ends: fc.integer({ min: 1, max: 3_000 }) }), {
        minLength: 20,
        maxLength: 200,
      }),
      (days, options, ends) => {
        for (const fold of foldsOf(days, options)) {
          // Half of the rows decide within hours of the block's begin, where it matters.
          const rows = ends.map(({ at, ends: minutes }, index): Row => {
            const near = fold.testFromMs - dayStartMs(FIRST_DATE);
            const place = index % 2 === 0 ? at % (days * 1_440) : near / MINUTE_MS - (at % 400);
            const decisionMs = dayStartMs(FIRST_DATE) + Math.max(1, Math.floor(place)) * MINUTE_MS;
            return { decisionMs, labelEndMs: decisionMs + minutes * 1_000 };
          });
          const tested = rows.filter((row) => isTested(fold, row));
          const trained = rows.filter((row) => isTrained(fold, row));
          // The block's first row, which may not be among them, is the one to fear.
          const first = { decisionMs: fold.testFromMs, labelEndMs: fold.testFromMs + 1 };
          for (const row of trained) {
            expect(row.labelEndMs).toBeLessThanOrEqual(fold.testFromMs - options.embargoMs);
            expect([first, ...tested].some((other) => overlaps(row, other))).toBe(false);
          }
          const judging = rows.filter((row) => isJudging(fold, row));
          const fitted = rows.filter((row) => isFitted(fold, row));
          for (const row of fitted) {
            expect(judging.some((other) => overlaps(row, other))).toBe(false);
          }
          const isBefore = ({ decisionMs }: Row): boolean =>
            decisionMs >= fold.trainFromMs && decisionMs < fold.testFromMs;
          seen.trained += trained.length;
          seen.purged += rows.filter((row) => isBefore(row) && !isTrained(fold, row)).length;
          seen.fitted += fitted.length;
          seen.judging += judging.length;
        }
      },
    ),
    { numRuns: 60 },
  );
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(300);
});

test('a label that reaches over the START of a test block is purged', () => {
  const [fold] = foldsOf(10, {});
  if (fold === undefined) throw new Error('there is a fold');
  const decisionMs = fold.testFromMs - MINUTE_MS;
  // Ends inside of the block's first label, so before that label's end: the widely copied code compares with this end alone.
  const planted = { decisionMs, labelEndMs: fold.testFromMs + 4 * MINUTE_MS };
  const firstLabelEndMs = fold.testFromMs + 301_000;
  expect(planted.labelEndMs <= firstLabelEndMs).toBe(true);
  expect(isTrained(fold, planted)).toBe(false);
  const last = { decisionMs: fold.trainUntilMs - 301_000, labelEndMs: fold.trainUntilMs };
  expect(isTrained(fold, last)).toBe(true);
  expect(isTrained(fold, { ...last, labelEndMs: last.labelEndMs + 1_000 })).toBe(false);
});

test('of real labels, those are purged whose end lies within an hour and five minutes of the block', () => {
  const [, fold] = foldsOf(5, { sealedPercent: 0 });
  if (fold === undefined) throw new Error('there is a fold');
  const before = addDays(fold.firstDate, -1);
  const parts = [before, fold.firstDate].map((date) => steadySeconds(dayRange(date)));
  const labels = labelsOf(worldOf(parts, before, fold.firstDate), before, LABEL_DEFAULTS);
  const purged = [...labels.endMs]
    .map((labelEndMs, minute): Row => {
      return { decisionMs: labels.dayStartMs + (minute + 1) * MINUTE_MS, labelEndMs };
    })
    .filter((row, minute) => labels.reason[minute] === REASON_OK && !isTrained(fold, row));
  // 22:56 less 5 min 2 s: 22:50 is the last that stays.
  expect(purged.map(({ decisionMs }) => new Date(decisionMs).toISOString().slice(11, 16))).toEqual(
    Array.from({ length: 70 }, (_, at) =>
      new Date(Date.parse('2025-12-02T22:51Z') + at * MINUTE_MS).toISOString().slice(11, 16),
    ),
  );
});

test('every row belongs to the fold of its minute, and midnight to the day before', () => {
  const dates = datesBetween(FIRST_DATE, addDays(FIRST_DATE, 9));
  const split = splitOf(dates, OPTIONS);
  const all = split.sealed === undefined ? [] : [...split.folds, split.sealed];
  expect(all).toHaveLength(6);
  for (const date of dates) {
    for (const minutes of [1, 2, 720, 1_439, 1_440]) {
      const row = { decisionMs: dayStartMs(date) + minutes * MINUTE_MS, labelEndMs: 0 };
      const tests = all.filter((fold) => isTested(fold, row)).map(({ fold }) => fold);
      const fold = foldOf(split, dateOf(row.decisionMs - MINUTE_MS));
      expect(tests).toEqual(fold === 0 ? [] : [fold]);
    }
  }
});
