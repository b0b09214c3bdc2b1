/** The first line in which two texts differ. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { firstDifference } from '../../../src/jobs/pattern/first-difference.js';

const lines = fc.array(fc.constantFrom('a', 'b', ''), { minLength: 1, maxLength: 5 });

test('all lines before it are equal, and it is not', () => {
  let seen = 0;
  fc.assert(
    fc.property(lines, lines, (ones, others) => {
      const found = firstDifference(ones.join('\n'), others.join('\n'));
      if (found === undefined) {
        expect(ones).toEqual(others);
        return;
      }
      seen += 1;
      const at = found.line - 1;
      expect(ones.slice(0, at)).toEqual(others.slice(0, at));
      expect([found.one, found.other]).toEqual([ones[at], others[at]]);
      expect(found.one).not.toBe(found.other);
    }),
  );
  expect(seen).toBeGreaterThan(10);
});
