/** Decimals as a page shows them. */
import { expect, test } from 'vitest';
import { formatRounded } from '../../../src/cli/screen/figures.js';

test.each([
  ['0.2951', 2, '0.30'],
  ['-0.005', 2, '0.00'],
  ['-0.0051', 2, '-0.01'],
  ['0.005', 2, '0.01'],
  ['12', 2, '12.00'],
  ['-1.5', 0, '-1'],
  ['90071992547409.935', 2, '90071992547409.94'],
  ['none', 2, 'none'],
])('%s with %i decimals is %s', (text, decimals, shown) => {
  expect(formatRounded(text, decimals)).toBe(shown);
});
