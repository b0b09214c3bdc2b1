/** How the inputs of a symbol-day differ, and the words for it. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  describeDifference,
  type InputDifference,
  isEmptyDifference,
  listedDifference,
  type PlannedInput,
  plannedInputs,
} from '../../../src/core/stale/input-difference.js';
import type { InputObject } from '../../../src/core/stored/quality-report.js';

const A: InputObject = { name: 'a.csv', size: 10, crc32c: '0000000a', role: 'chunk' };
const B: InputObject = { name: 'b.csv', size: 20, crc32c: '0000000b', role: 'seed' };

function planned({ name, size, crc32c, role }: InputObject, isBlind = false): PlannedInput {
  const listed = { name, sizeBytes: size, generation: undefined };
  return { object: { ...listed, crc32c: isBlind ? undefined : crc32c }, role };
}

function sorted(names: readonly string[]): string[] {
  return names.toSorted();
}

function check(
  now: readonly PlannedInput[],
  before: readonly InputObject[],
  expected: Partial<InputDifference>,
): void {
  const difference = listedDifference(now, before);
  expect(difference).toEqual({ added: [], removed: [], changed: [], ...expected });
  expect(isEmptyDifference(difference)).toBe(Object.keys(expected).length === 0);
}

describe('inputs', () => {
  test('that are unchanged do not differ', () => {
    check([planned(B), planned(A)], [A, B], {});
    check([planned(A, true)], [A], {});
    check([], [], {});
  });

  test('differ by objects that came and went', () => {
    check([planned(A), planned(B)], [A], { added: ['b.csv'] });
    check([planned(A)], [A, B], { removed: ['b.csv'] });
    check([planned(B)], [A], { added: ['b.csv'], removed: ['a.csv'] });
  });

  test.for<[string, Partial<InputObject>]>([
    ['size', { size: 11 }],
    ['checksum', { crc32c: '0000000c' }],
    ['role', { role: 'edge' }],
  ])('differ by another %s', ([, change]) => {
    check([planned({ ...A, ...change })], [A], { changed: ['a.csv'] });
  });

  test('of a folder without checksums differ by size alone', () => {
    check([planned({ ...A, crc32c: '0000000c' }, true)], [A], {});
    check([planned({ ...A, size: 11 }, true)], [A], { changed: ['a.csv'] });
  });

  test('differ with the opposite sign when before and after are swapped', () => {
    const inputs = fc.uniqueArray(
      fc.record({
        name: fc.constantFrom('a', 'b', 'c', 'd'),
        size: fc.constantFrom(1, 2),
        crc32c: fc.constantFrom('0000000a', '0000000b'),
        role: fc.constantFrom('chunk', 'edge', 'seed'),
      }),
      { selector: ({ name }) => name },
    );
    fc.assert(
      fc.property(inputs, inputs, (one, other) => {
        const there = listedDifference(
          one.map((input) => planned(input)),
          other,
        );
        const back = listedDifference(
          other.map((input) => planned(input)),
          one,
        );
        expect(sorted(there.added)).toEqual(sorted(back.removed));
        expect(sorted(there.removed)).toEqual(sorted(back.added));
        expect(sorted(there.changed)).toEqual(sorted(back.changed));
      }),
    );
  });
});

test('the inputs of a plan are its objects with what they are read for, in reading order', () => {
  const [a, b] = [planned(A).object, planned(B).object];
  const step = { stream: 'trades', minute: 0, role: 'chunk', servesSeed: true } as const;
  const seed = { ...step, role: 'seed' } as const;
  expect(
    plannedInputs({
      steps: [
        { ...seed, objects: [b] },
        { ...step, objects: [a] },
      ],
      skipped: { count: 0, first: undefined },
    }),
  ).toEqual([
    { object: b, role: 'seed' },
    { object: a, role: 'chunk' },
  ]);
});

test.for<[InputDifference, string]>([
  [{ added: ['a'], removed: [], changed: [] }, '1 object added (a)'],
  [{ added: ['a', 'b'], removed: [], changed: [] }, '2 objects added (a …)'],
  [
    { added: ['a'], removed: ['d'], changed: ['b', 'c'] },
    '1 object added (a), 2 objects changed (b …), 1 object removed (d)',
  ],
  [{ added: [], removed: [], changed: [] }, ''],
])('a difference is described in words: %o', ([difference, words]) => {
  expect(describeDifference(difference)).toBe(words);
});
