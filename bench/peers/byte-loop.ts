/**
 * The floor: one loop over the bytes of snapshots that reads every number of every level and does nothing
 * else. It checks nothing and knows no line.
 */
const ZERO = 48;
const POINT = 46;

/** The sum of all numbers, their points ignored. */
export function sumOfLevels(bytes: Uint8Array): number {
  const { length } = bytes;
  let sum = 0;
  let index = 0;
  while (index < length) {
    let digit = digitAt(bytes, index++);
    if (digit > 9) continue;
    let value = 0;
    for (; digit <= 9; digit = digitAt(bytes, index++)) value = (value * 10 + digit) | 0;
    if (bytes[index - 1] === POINT) {
      digit = digitAt(bytes, index++);
      for (; digit <= 9; digit = digitAt(bytes, index++)) value = (value * 10 + digit) | 0;
    }
    sum += value;
  }
  return sum;
}

/** Above 9 for everything but a digit. */
function digitAt(bytes: Uint8Array, index: number): number {
  return ((bytes[index] as number) - ZERO) >>> 0;
}
