/** Scales and figures of drawings. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  fixed,
  percent,
  rangeText,
  signedFixed,
  signedPercent,
} from '../../../src/core/learned/figure-text.js';
import { decimalsOf, placeOf, scaleOf, ticksOf } from '../../../src/core/learned/page/plot.js';

test('a scale holds its values, and its ticks are few, round, in order and within it', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.integer({ min: -1e6, max: 1e6 }).map((tenthousandths) => tenthousandths / 1e4),
        { minLength: 1, maxLength: 20 },
      ),
      fc.integer({ min: 2, max: 8 }),
      (values, most) => {
        const scale = scaleOf(values, { from: 10, to: 350 });
        for (const value of values) {
          expect(placeOf(scale, value)).toBeGreaterThanOrEqual(10);
          expect(placeOf(scale, value)).toBeLessThanOrEqual(350);
        }
        const ticks = ticksOf(scale, most);
        expect(ticks.length).toBeLessThanOrEqual(most + 1);
        expect(ticks).toEqual([...ticks].toSorted((a, b) => a - b));
        const slack = (scale.high - scale.low) * 1e-6;
        for (const tick of ticks) {
          expect(tick).toBeGreaterThanOrEqual(scale.low - slack);
          expect(tick).toBeLessThanOrEqual(scale.high + slack);
        }
        const texts = ticks.map((tick) => tick.toFixed(Math.min(20, decimalsOf(ticks))));
        expect(new Set(texts).size).toBe(ticks.length);
      },
    ),
  );
});

test('figures have a true minus, none before a zero, and a dash where there is none', () => {
  expect([
    signedPercent(0.00123),
    signedPercent(-0.003),
    signedPercent(-0.00001),
    signedPercent(null),
  ]).toEqual(['+0.12 %', '−0.30 %', '0.00 %', '–']);
  expect([percent(0.5213), fixed(0.51249), signedFixed(-1.5), signedFixed(0)]).toEqual([
    '52.1 %',
    '0.512',
    '−1.50',
    '0.00',
  ]);
  expect([rangeText(0.1, 0.2, fixed), rangeText(null, 0.2, fixed)]).toEqual([
    '0.100 to 0.200',
    '–',
  ]);
});
