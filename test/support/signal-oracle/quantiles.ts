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
  const byPercent = new Map<number, (T | undefined)[]>();
  return (percent, place) => {
    const ofBlocks =
      byPercent.get(percent) ??
      quantileRanks(ranks, percent, reach).map((rank) =>
        rank === undefined ? undefined : valueOfRank[rank],
      );
    byPercent.set(percent, ofBlocks);
    return ofBlocks[Math.floor(place / reach.block)];
  };
}

/** The rank of the quantile of each block: the window is kept sorted as it moves on. */
function quantileRanks(
  ranks: Int32Array,
  percent: number,
  { block, back, valuesMin }: Reach,
): (number | undefined)[] {
  let sorted = new Int32Array();
  return Array.from({ length: Math.ceil(ranks.length / block) }, (_, index) => {
    const end = index * block;
    const entering = ranks.subarray(Math.max(0, end - block), end);
    const leaving = ranks.subarray(Math.max(0, end - block - back), Math.max(0, end - back));
    sorted = moved(sorted, presentSorted(leaving), presentSorted(entering));
    // The place is the percentage of their number, rounded up; the first place is 1.
    const place = Math.floor((percent * sorted.length + 99) / 100);
    return sorted.length < valuesMin ? undefined : sorted[place - 1];
  });
}

/** Without those that leave, which are among them, and with those that enter; all in ascending order. */
function moved(
  sorted: Int32Array,
  leaving: Int32Array,
  entering: Int32Array,
): Int32Array<ArrayBuffer> {
  const merged = new Int32Array(sorted.length - leaving.length + entering.length);
  let [left, entered, size] = [0, 0, 0];
  for (const rank of sorted) {
    if (left < leaving.length && leaving[left] === rank) {
      left += 1;
      continue;
    }
    for (let other = entering[entered]; other !== undefined && other < rank;) {
      merged[size] = other;
      size += 1;
      entered += 1;
      other = entering[entered];
    }
    merged[size] = rank;
    size += 1;
  }
  merged.set(entering.subarray(entered), size);
  return merged;
}

function presentSorted(ranks: Int32Array): Int32Array {
  return ranks.filter((rank) => rank !== absent).sort();
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
