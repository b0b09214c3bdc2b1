/** Divides the symbols of a day among the tasks of the final step. */

/**
 * Symbols of a day that one task finalizes. Reading one back with all outputs takes about 2 CPU-seconds, or 3 s with
 * waiting, so 300 take 900 s. A task's limit is 3,600 s (deploy/), which leaves room for finer bars.
 */
export const FINALIZE_SYMBOLS_MAX = 300;

/** At least one slice, in order; lengths differ by at most one. */
export function finalizeSlices<Item>(
  symbols: readonly Item[],
  symbolsMax: number = FINALIZE_SYMBOLS_MAX,
): Item[][] {
  const count = Math.max(1, Math.ceil(symbols.length / symbolsMax));
  const startOf = (slice: number): number => Math.floor((slice * symbols.length) / count);
  return Array.from({ length: count }, (_, slice) =>
    symbols.slice(startOf(slice), startOf(slice + 1)),
  );
}
