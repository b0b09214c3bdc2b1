/** A process computes with one thread at least, and with so many at most. */
import { expect, test } from 'vitest';
import { threadsOption } from '../../../src/cli/option/options.js';

test.each(['0', '65', '-1', '1.5', ''])('refuses %j threads', (text) => {
  expect(() => threadsOption.parse(text, '--threads')).toThrow('expected a whole number');
});

test.each(['1', '64'])('takes %s', (text) => {
  expect(threadsOption.parse(text, '--threads')).toBe(Number(text));
});
