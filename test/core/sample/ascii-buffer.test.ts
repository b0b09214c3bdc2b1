/** Numbers as text, from integers alone. */
import { assert, maxSafeNat, property } from 'fast-check';
import { expect, test } from 'vitest';
import { AsciiBuffer } from '../../../src/core/sample/ascii-buffer.js';

function written(write: (buffer: AsciiBuffer) => void): string {
  const buffer = new AsciiBuffer();
  write(buffer);
  return Buffer.from(buffer.take()).toString('ascii');
}

test.each([
  [0, 0, '0'],
  [0, 3, '0.000'],
  [7, 2, '0.07'],
  [6_394_390, 2, '63943.90'],
  [2_147_483_647, 7, '214.7483647'],
  [2_147_483_647, 0, '2147483647'],
  [10, 1, '1.0'],
])('writes %d units with %d decimals as %s', (value, decimals, expected) => {
  expect(written((buffer) => buffer.fixed(value, decimals))).toBe(expected);
});

test('writes every safe whole number as JavaScript does', () => {
  assert(
    property(maxSafeNat(), (value) => {
      expect(written((buffer) => buffer.integer(value))).toBe(String(value));
    }),
  );
  expect(() => written((buffer) => buffer.integer(2 ** 53))).toThrow('invariant broken');
});

test('keeps its content when it grows', () => {
  const lines = Array.from({ length: 20_000 }, (_, index) => `line ${index}\n`);
  const text = written((buffer) => lines.forEach((line) => buffer.text(line)));
  expect(text).toBe(lines.join(''));
});
