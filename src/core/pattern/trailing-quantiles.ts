/**
 * HOT. Quantiles of what came before: of a sliding window that moves by whole blocks of rows. The window is
 * kept sorted, and each step merges the block that enters and drops the one that leaves.
 */

export interface Window {
  /** Rows of a block; the window of a block ends where it begins. */
  readonly blockRows: number;
  /** Blocks of the window; at the begin of the day there are fewer. */
  readonly blocks: number;
  /** With fewer values there is no quantile. */
  readonly leastValues: number;
}

/** The trailing hour, at each minute. */
export const HOUR_BEFORE: Window = { blockRows: 60, blocks: 60, leastValues: 1_800 };
/** The trailing 240 minutes, where a row is a minute. */
export const MINUTES_BEFORE: Window = { blockRows: 1, blocks: 240, leastValues: 60 };

/**
 * One list for each of `percents`: by block, the value of rank ⌈percent·n/100⌉ of the n values in its
 * window; NaN: there are too few. `keys` are NaN where a row has no value.
 */
export function trailingQuantiles(
  keys: Float64Array,
  percents: readonly number[],
  { blockRows, blocks, leastValues }: Window,
): Float64Array[] {
  const blockCount = Math.ceil(keys.length / blockRows);
  const found = percents.map(() => new Float64Array(blockCount).fill(Number.NaN));
  const sortedBlocks: Float64Array[] = [];
  let window = new Float64Array(blocks * blockRows);
  let spare = new Float64Array(blocks * blockRows);
  let count = 0;
  for (let block = 0; block < blockCount; block++) {
    if (count >= leastValues) {
      for (const [place, percent] of percents.entries()) {
        const quantiles = found[place];
        const rank = Math.ceil((percent * count) / 100);
        if (quantiles !== undefined) quantiles[block] = window[rank - 1] ?? Number.NaN;
      }
    }
    const entering = sortedValues(keys.subarray(block * blockRows, (block + 1) * blockRows));
    sortedBlocks.push(entering);
    const leaving = sortedBlocks[block - blocks] ?? NOTHING;
    count = exchange({ window, count, leaving, entering, into: spare });
    [window, spare] = [spare, window];
  }
  return found;
}

const NOTHING = new Float64Array(0);

function sortedValues(keys: Float64Array): Float64Array {
  const sorted = new Float64Array(keys.length);
  let count = 0;
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at] ?? Number.NaN;
    if (Number.isNaN(key)) continue;
    let place = count;
    while (place > 0 && (sorted[place - 1] ?? 0) > key) {
      sorted[place] = sorted[place - 1] ?? 0;
      place -= 1;
    }
    sorted[place] = key;
    count += 1;
  }
  return sorted.subarray(0, count);
}

interface Exchange {
  readonly window: Float64Array;
  /** Values in the window. */
  readonly count: number;
  /** All of them are in the window. */
  readonly leaving: Float64Array;
  readonly entering: Float64Array;
  readonly into: Float64Array;
}

/** Writes the window without what leaves and with what enters, all sorted. Returns its count. */
function exchange({ window, count, leaving, entering, into }: Exchange): number {
  let left = 0;
  let entered = 0;
  let nextLeaving = leaving[0] ?? Number.NaN;
  let nextEntering = entering[0] ?? Infinity;
  let end = 0;
  for (let at = 0; at < count; at++) {
    const key = window[at] ?? 0;
    if (key === nextLeaving) {
      nextLeaving = leaving[++left] ?? Number.NaN;
      continue;
    }
    while (nextEntering < key) {
      into[end++] = nextEntering;
      nextEntering = entering[++entered] ?? Infinity;
    }
    into[end++] = key;
  }
  for (; entered < entering.length; entered++) into[end++] = entering[entered] ?? 0;
  return end;
}
