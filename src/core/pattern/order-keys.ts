/** Doubles that stand for exact values and lie in the same order, so that a loop can compare them. */
import { Series } from './series.js';

export interface OrderKeys {
  /** By row; NaN: no value. */
  readonly keys: Float64Array;
  /** The value of a key. */
  exactOf(key: number): bigint;
}

/** Safe integers are their own keys; of others, the place among all values is. */
export function orderKeys(series: Series): OrderKeys {
  if (series.safe !== undefined) return { keys: series.safe, exactOf: BigInt };
  const cells = series.widenedTo(series.decimals);
  const places = rankKeys(cells, (one, two) => (one === two ? 0 : one < two ? -1 : 1));
  return { keys: places.keys, exactOf: (key) => places.values[key] ?? 0n };
}

export interface RankKeys<Value> {
  readonly keys: Float64Array;
  /** By key: the first of those that are equal. */
  readonly values: readonly Value[];
}

/** Equal values have the same key. `compare` is negative where the first value is less. */
export function rankKeys<Value>(
  cells: readonly (Value | undefined)[],
  compare: (one: Value, two: Value) => number,
): RankKeys<Value> {
  const present = cells.flatMap((value, row) => (value === undefined ? [] : [{ value, row }]));
  present.sort((one, two) => compare(one.value, two.value));
  const keys = new Float64Array(cells.length).fill(Number.NaN);
  const values: Value[] = [];
  let before: { readonly value: Value } | undefined;
  for (const each of present) {
    if (before === undefined || compare(before.value, each.value) !== 0) values.push(each.value);
    keys[each.row] = values.length - 1;
    before = each;
  }
  return { keys, values };
}
