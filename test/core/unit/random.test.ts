/** The numbers behind the samples. */
import { expect, test } from 'vitest';
import { Random } from '../../../src/core/unit/random.js';

/** sfc32 as published by PractRand, on BigInt words. */
function sfc32(a: bigint, b: bigint, c: bigint, counter: bigint): () => number {
  return () => {
    const sum = word(a + b + counter);
    counter = word(counter + 1n);
    a = b ^ (b >> 9n);
    b = word(c + (c << 3n));
    c = word(word((c << 21n) | (c >> 11n)) + sum);
    return Number(sum) / 2 ** 32;
  };
}

function word(value: bigint): bigint {
  return BigInt.asUintN(32, value);
}

function fnv1a(text: string): bigint {
  let hash = 0x811c9dc5n;
  for (const character of text) {
    hash = BigInt.asUintN(32, (hash ^ BigInt(character.charCodeAt(0))) * 0x01000193n);
  }
  return hash;
}

test('draws the numbers of sfc32 seeded by FNV-1a', () => {
  const expected = sfc32(fnv1a('a:x'), fnv1a('b:x'), fnv1a('c:x'), 1n);
  for (let round = 0; round < 12; round++) expected();
  const random = new Random('x');
  for (let draw = 0; draw < 1_000; draw++) expect(random.unit()).toBe(expected());
});

test('draws integers of a half-open range, each about as often', () => {
  const random = new Random('range');
  const counts = [0, 0, 0, 0, 0];
  for (let draw = 0; draw < 10_000; draw++) {
    const value = random.between(-2, 3);
    counts[value + 2] = (counts[value + 2] ?? 0) + 1;
  }
  expect(counts).toHaveLength(5);
  for (const count of counts) expect(Math.abs(count - 2_000)).toBeLessThan(200);
});
