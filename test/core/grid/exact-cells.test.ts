/** Exact cells and sums against a bigint for each cell. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { ExactSums } from '../../../src/core/grid/exact-cells.js';

const CELLS = 3;
const LARGE = Number.MAX_SAFE_INTEGER;

type Action =
  | { readonly kind: 'set' | 'addWide'; readonly value: bigint }
  | { readonly kind: 'add'; readonly value: number }
  | { readonly kind: 'raise'; readonly decimals: number };

/** Runs the actions on the cells and on plain bigints, and compares every cell after every action. */
function check(actions: readonly (readonly [cell: number, action: Action])[]): ExactSums {
  const sums = new ExactSums(CELLS);
  const expected = Array.from({ length: CELLS }, () => 0n);
  for (const [cell, action] of actions) {
    const before = expected[cell] ?? 0n;
    switch (action.kind) {
      case 'set':
        sums.set(cell, action.value);
        expected[cell] = action.value;
        break;
      case 'addWide':
        sums.addWide(cell, action.value);
        expected[cell] = before + action.value;
        break;
      case 'add':
        sums.add(cell, action.value);
        expected[cell] = before + BigInt(action.value);
        break;
      case 'raise':
        sums.raise(action.decimals);
        for (const [index, value] of expected.entries()) {
          expected[index] = value * 10n ** BigInt(action.decimals);
        }
        break;
      default:
        action satisfies never;
    }
    expect(expected.map((_, index) => sums.at(index))).toEqual(expected);
  }
  return sums;
}

test('every cell is the exact integer after any actions', () => {
  const safe = fc.oneof(fc.maxSafeInteger(), fc.integer(), fc.constantFrom(LARGE, -LARGE, 0, 1));
  const action: fc.Arbitrary<Action> = fc.oneof(
    fc.record({ kind: fc.constantFrom('set' as const, 'addWide' as const), value: fc.bigInt() }),
    fc.record({ kind: fc.constant('add' as const), value: safe }),
    fc.record({ kind: fc.constant('raise' as const), decimals: fc.nat({ max: 4 }) }),
  );
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat({ max: CELLS - 1 }), action), { maxLength: 12 }),
      (actions) => {
        check(actions);
      },
    ),
    { numRuns: 1_000 },
  );
});

function add(value: number): [number, Action] {
  return [0, { kind: 'add', value }];
}

test('a sum crosses the safe integers and comes back', () => {
  expect(check([add(LARGE), add(0)]).wide.size).toBe(0);
  expect(check([add(LARGE), add(1)]).wide.size).toBe(1);
  expect(check([add(LARGE), add(2), add(LARGE), add(-LARGE), add(-3)]).at(0)).toBe(
    BigInt(LARGE) - 1n,
  );
  expect(check([add(-LARGE), add(-LARGE), add(LARGE), add(LARGE)]).at(0)).toBe(0n);
});
