/** The oracle's quantiles of the trailing past: exact ranks of exact values, looked up when first needed. */

/** Which places look back on what. */
export interface Reach {
  /** Places of one block look back on the same ones: those before its first place. */
  block: number;
  /** How many places, fewer at the begin of the day. */
  back: number;
  /** Values there must at least be. */
  valuesMin: number;
}

/** The quantile of so many percent at a place; undefined without enough values. */
export type Quantile<T> = (percent: number, place: number) => T | undefined;

/** Seconds look back on the hour that ends where their minute begins. */
export const trailingHour: Reach = { block: 60, back: 3600, valuesMin: 1800 };
/** Minutes look back on the 240 before them. */
export const trailingMinutes: Reach = { block: 1, back: 240, valuesMin: 60 };

export function ascending(a: bigint, b: bigint): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** `values` has undefined where a value does not count. */
export function quantileOf<T>(
  values: (T | undefined)[],
  compare: (a: T, b: T) => number,
  reach: Reach,
): Quantile<T> {
  const { ranks, valueOfRank } = ranked(values, compare);
  const sortedByBlock = new Map<number, Int32Array>();
  const ranksBefore = (block: number): Int32Array => {
    const end = block * reach.block;
    const window = ranks.slice(Math.max(0, end - reach.back), end);
    return Int32Array.from(window.filter((rank) => rank !== absent)).sort();
  };
  return (percent, place) => {
    const block = Math.floor(place / reach.block);
    const sorted = sortedByBlock.get(block) ?? ranksBefore(block);
    sortedByBlock.set(block, sorted);
    if (sorted.length < reach.valuesMin) return undefined;
    // The rank is the percentage of their number, rounded up; the first rank is 1.
    const rank = sorted[Math.floor((percent * sorted.length + 99) / 100) - 1];
    return rank === undefined ? undefined : valueOfRank[rank];
  };
}

const absent = -1;

/** Each value's place among the different values, in ascending order. */
function ranked<T>(
  values: (T | undefined)[],
  compare: (a: T, b: T) => number,
): { ranks: Int32Array; valueOfRank: T[] } {
  const present = values.flatMap((value, place) => (value === undefined ? [] : [{ value, place }]));
  const ranks = new Int32Array(values.length).fill(absent);
  const valueOfRank: T[] = [];
  let last: T | undefined;
  for (const { value, place } of present.sort((a, b) => compare(a.value, b.value))) {
    if (last === undefined || compare(last, value) !== 0) valueOfRank.push(value);
    ranks[place] = valueOfRank.length - 1;
    last = value;
  }
  return { ranks, valueOfRank };
}
