/** How the symbols of a day are shared among the tasks of the final step. */

/**
 * Symbols of a day that one task finalizes. Reading one back takes about 1 CPU-second and 1.5 s with
 * its waits, so 300 take 450 s: an eighth of a task's 3,600 s (deploy/), for slower disks and finer bars.
 */
export const FINALIZE_SYMBOLS_MAX = 300;

/** At least one slice, as equal as can be, in order. */
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
