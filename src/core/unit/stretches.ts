/** Cuts ordered items into stretches, wherever an item does not continue the one before. */
export function stretchesOf<T>(
  items: readonly T[],
  goesOn: (before: T, item: T) => boolean,
): (readonly [T, ...T[]])[] {
  const stretches: [T, ...T[]][] = [];
  for (const item of items) {
    const stretch = stretches.at(-1);
    const before = stretch?.at(-1);
    if (stretch !== undefined && before !== undefined && goesOn(before, item)) stretch.push(item);
    else stretches.push([item]);
  }
  return stretches;
}
