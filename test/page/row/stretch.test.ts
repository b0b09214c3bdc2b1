/** Which rows the chart holds for what is seen of the page. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  PART_ROWS,
  SEEN_ROWS_MAX,
  type Stretch,
  stretchFor,
  WHOLE_ROWS_MAX,
} from '../../../src/page/row/stretch.js';

const SECONDS = { name: '1s', seconds: 1 };
const MINUTES = { name: '1m', seconds: 60 };
const LEVELS = [SECONDS, MINUTES];
const DAY = 86_400;

test.each([
  ['a day in minutes', { from: 0, to: DAY }, MINUTES, 0, 1_440],
  ['an hour in minutes', { from: 3_600, to: 7_200 }, MINUTES, 0, 1_440],
  ['ten minutes in seconds around them', { from: 40_000, to: 40_600 }, SECONDS, 36_700, 43_900],
  ['the first minute in the first seconds', { from: 0, to: 60 }, SECONDS, 0, PART_ROWS],
  ['the last one in the last seconds', { from: DAY - 60, to: DAY }, SECONDS, DAY - PART_ROWS, DAY],
  [
    'beyond the day in the last seconds',
    { from: DAY, to: DAY + 60 },
    SECONDS,
    DAY - PART_ROWS,
    DAY,
  ],
])('%s', (_, seen, level, fromRow, toRow) => {
  expect(stretchFor(seen, LEVELS, DAY, undefined)).toEqual({ level, fromRow, toRow });
});

test('rows that are held stay while what is seen lies well inside them', () => {
  const held = { level: SECONDS, fromRow: 36_700, toRow: 43_900 };
  expect(stretchFor({ from: 41_000, to: 41_600 }, LEVELS, DAY, held)).toBe(held);
  expect(stretchFor({ from: 43_000, to: 43_600 }, LEVELS, DAY, held)?.fromRow).toBe(39_700);
});

test('seconds stay a little longer than they come, so that nothing flickers', () => {
  const held = stretchFor({ from: 40_000, to: 41_800 }, LEVELS, DAY, undefined);
  expect(held?.level).toBe(SECONDS);
  const wider = { from: 39_700, to: 42_100 };
  expect(stretchFor(wider, LEVELS, DAY, held)?.level).toBe(SECONDS);
  expect(stretchFor(wider, LEVELS, DAY, undefined)?.level).toBe(MINUTES);
});

test('with seconds alone a part of the day is held, however much is asked for', () => {
  const all = { from: 0, to: DAY };
  const held = stretchFor(all, [SECONDS], DAY, undefined);
  expect(held).toEqual({ level: SECONDS, fromRow: 39_600, toRow: 46_800 });
  expect(stretchFor(all, [SECONDS], DAY, held)).toBe(held);
});

test('what is seen is held, and asking again changes nothing', () => {
  const span = fc
    .tuple(fc.double({ min: 0, max: DAY * 3, noNaN: true }), fc.integer({ min: 3, max: 1_800 }))
    .map(([from, length]) => ({ from: Math.min(from, DAY * 3 - length), length }));
  fc.assert(
    fc.property(fc.array(span, { minLength: 1, maxLength: 8 }), (spans) => {
      let held: Stretch | undefined;
      for (const { from, length } of spans) {
        const seen = { from, to: from + length };
        held = stretchFor(seen, LEVELS, DAY * 3, held);
        expect(held?.level.name).toBe('1s');
        expect(held?.fromRow).toBeLessThanOrEqual(Math.ceil(seen.from));
        expect(held?.toRow).toBeGreaterThanOrEqual(Math.floor(seen.to));
        expect(stretchFor(seen, LEVELS, DAY * 3, held)).toEqual(held);
      }
    }),
  );
  expect(SEEN_ROWS_MAX * 1.5).toBeLessThan(PART_ROWS);
  expect(PART_ROWS).toBeLessThan(WHOLE_ROWS_MAX);
});
