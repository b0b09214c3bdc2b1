/** What the axes of the chart say. */
import { expect, test } from 'vitest';
import { numberText, tickTexts } from '../../../src/page/chart/axis-text.js';

test.each<[string, number[], string[]]>([
  ['of large numbers', [-4_000, 0, 4_000], ['-4000', '0', '4000']],
  ['that differ in the third decimal', [28.97, 28.975, 28.98], ['28.970', '28.975', '28.980']],
  ['with as many decimals as the finest', [0, 2.5, 5], ['0', '2.5', '5.0']],
  ['of sums that are off in their last bits', [0.1 + 0.2, 0.4], ['0.3', '0.4']],
  ['of a number close to zero', [-1e-17, 0.1], ['0', '0.1']],
  ['of one alone', [28.9751], ['28.9751']],
  ['of none', [], []],
])('ticks %s', (_, values, expected) => {
  expect(tickTexts(values)).toEqual(expected);
});

test.each([
  [0, '0'],
  [28.9751, '28.9751'],
  [1_234_567.8, '1234568'],
  [-0.0000004, '-4e-7'],
])('a number by itself: %d', (value, expected) => {
  expect(numberText(value)).toBe(expected);
});
