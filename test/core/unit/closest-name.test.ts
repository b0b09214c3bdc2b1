import { expect, test } from 'vitest';
import { closestName } from '../../../src/core/unit/closest-name.js';

test.for<[string, string | undefined]>([
  ['symbls', 'symbols'],
  ['egde-minutes', 'edge-minutes'],
  ['colour', undefined],
])('the closest name of %s is %s', ([name, expected]) => {
  expect(closestName(name, ['symbols', 'seed-minutes', 'edge-minutes'])).toBe(expected);
});

test('a name of four letters has one of them wrong at most', () => {
  expect(closestName('nope', ['open'])).toBeUndefined();
  expect(closestName('opne', ['open'])).toBe('open');
});

test('without names there is no closest name', () => {
  expect(closestName('BTCUSD', new Set())).toBeUndefined();
});
