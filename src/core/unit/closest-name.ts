/** Suggests a known name for an unknown one. */

/** Largest edit distance of a suggestion, as a share of the name's length, and at least 1. */
const SUGGESTION_DISTANCE_SHARE_MAX = 1 / 3;

/** The closest of the names; undefined if none is close. */
export function closestName(name: string, names: Iterable<string>): string | undefined {
  const ranked = [...names]
    .map((candidate) => ({
      candidate,
      distance: editDistance(name.toLowerCase(), candidate.toLowerCase()),
    }))
    .toSorted((a, b) => a.distance - b.distance);
  const [best] = ranked;
  return best !== undefined &&
    best.distance <= Math.max(1, Math.round(name.length * SUGGESTION_DISTANCE_SHARE_MAX))
    ? best.candidate
    : undefined;
}

/** Levenshtein's distance, in which two neighbouring letters that changed places count as one edit. */
function editDistance(one: string, other: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1] ? 0 : 1;
      const isSwap = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      current.push(
        Math.min(
          (previous[column - 1] ?? 0) + same,
          (previous[column] ?? 0) + 1,
          (current[column - 1] ?? 0) + 1,
          isSwap ? (before[column - 2] ?? Infinity) + 1 : Infinity,
        ),
      );
    }
    before = previous;
    previous = current;
  }
  return previous[other.length] ?? 0;
}
