/** HOT. Folds over the seconds of each minute. NaN is an absent value: folds pass over it, and give it where there is no other. */
import { MINUTE_ROWS } from '../pattern/minute-cells.js';
import { DAY_MINUTES } from '../unit/utc-date.js';

/** One value a minute, from the values of its seconds; `end` is exclusive. */
export function byMinute(fold: (from: number, end: number) => number): Float64Array {
  const values = new Float64Array(DAY_MINUTES);
  for (let minute = 0; minute < DAY_MINUTES; minute++) {
    values[minute] = fold(minute * MINUTE_ROWS, (minute + 1) * MINUTE_ROWS);
  }
  return values;
}

/** Added in order. */
export function sums(of: Float64Array): Float64Array {
  return byMinute((from, end) => {
    let sum = Number.NaN;
    for (let row = from; row < end; row++) {
      const value = of[row] ?? Number.NaN;
      if (!Number.isNaN(value)) sum = (Number.isNaN(sum) ? 0 : sum) + value;
    }
    return sum;
  });
}

/** How many values there are; never absent. */
export function counts(of: Float64Array): Float64Array {
  return byMinute((from, end) => {
    let count = 0;
    for (let row = from; row < end; row++) if (!Number.isNaN(of[row])) count += 1;
    return count;
  });
}

export function firsts(of: Float64Array): Float64Array {
  return byMinute((from, end) => {
    let row = from;
    while (row < end && Number.isNaN(of[row])) row += 1;
    return row < end ? (of[row] ?? Number.NaN) : Number.NaN;
  });
}

export function lasts(of: Float64Array): Float64Array {
  return byMinute((from, end) => {
    let row = end - 1;
    while (row >= from && Number.isNaN(of[row])) row -= 1;
    return row >= from ? (of[row] ?? Number.NaN) : Number.NaN;
  });
}

/** The largest for sign 1, the smallest for sign -1. */
export function extremes(of: Float64Array, sign: 1 | -1): Float64Array {
  return byMinute((from, end) => {
    let best = Number.NaN;
    for (let row = from; row < end; row++) {
      const value = of[row] ?? Number.NaN;
      if (Number.isNaN(best) || (value - best) * sign > 0) best = value;
    }
    return best;
  });
}

/** Σ of the squared returns from one value to the next; absent with fewer than two values. */
export function squaredReturns(of: Float64Array): Float64Array {
  return byMinute((from, end) => {
    let sum = Number.NaN;
    let before = Number.NaN;
    for (let row = from; row < end; row++) {
      const value = of[row] ?? Number.NaN;
      if (Number.isNaN(value)) continue;
      const part = (value - before) / before;
      if (!Number.isNaN(before)) sum = (Number.isNaN(sum) ? 0 : sum) + part * part;
      before = value;
    }
    return sum;
  });
}
