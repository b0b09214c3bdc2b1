/** Where two texts differ first, line by line. */

export interface LineDifference {
  /** From 1. */
  readonly line: number;
  /** Undefined: the text has ended. */
  readonly one: string | undefined;
  readonly other: string | undefined;
}

/** Undefined for equal texts. */
export function firstDifference(one: string, other: string): LineDifference | undefined {
  const [ones, others] = [one.split('\n'), other.split('\n')];
  const count = Math.max(ones.length, others.length);
  for (let at = 0; at < count; at++) {
    if (ones[at] !== others[at]) return { line: at + 1, one: ones[at], other: others[at] };
  }
  return undefined;
}
