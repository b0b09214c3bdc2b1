/** A finding of the check: where, what was found and what was expected. */

export interface Finding {
  /** Relative to the folder that is checked. */
  readonly file: string;
  readonly line: number;
  /** The block, such as `google_storage_bucket.out: versioning`. */
  readonly where: string;
  readonly found: string;
  readonly expected: string;
}

export type Report = (finding: Finding) => void;

export function findingText({ file, line, where, found, expected }: Finding): string {
  return `${file}:${line}: ${where}: found ${found}, expected ${expected}`;
}

const NAMES_SHOWN = 12;

/** `'known'` for the one likely name; else all known names, or the nearest of many. */
export function nearMatch(name: string, known: Iterable<string>): string {
  const ranked = [...known]
    .map((each) => ({ each, distance: editDistance(name, each) }))
    .sort((one, other) => one.distance - other.distance);
  const best = ranked[0];
  if (best !== undefined && best.distance <= Math.max(2, name.length / 3)) return `'${best.each}'`;
  if (ranked.length === 0) return 'none';
  const shown = ranked.slice(0, NAMES_SHOWN).map(({ each }) => each);
  return `one of ${shown.sort().join(', ')}${ranked.length > NAMES_SHOWN ? ', …' : ''}`;
}

function editDistance(one: string, other: string): number {
  let previous = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const replaced = at(previous, column - 1) + (one[row - 1] === other[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, at(previous, column) + 1, at(current, column - 1) + 1));
    }
    previous = current;
  }
  return at(previous, other.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
