/**
 * The errors of this project. A FlowbarsError means that the world or the input is wrong and always
 * carries four parts: what, found, expected, where. Anything else that is thrown is a bug of ours.
 */

export interface FourParts {
  /** What was being done or looked at, lower case, no full stop: `column qty`. */
  readonly what: string;
  readonly found: string;
  readonly expected: string;
  /** The object, line, option or address. */
  readonly where: string;
}

/** usage: the caller's words. data: the recording. world: storage, network, machine. conflict: someone else wrote first. limit: a named limit was reached. */
export type ErrorKind = 'usage' | 'data' | 'world' | 'conflict' | 'limit';

export class FlowbarsError extends Error {
  readonly kind: ErrorKind;
  readonly parts: FourParts;

  constructor(kind: ErrorKind, parts: FourParts, cause?: unknown) {
    super(fourPartMessage(parts), cause === undefined ? {} : { cause });
    this.name = 'FlowbarsError';
    this.kind = kind;
    this.parts = parts;
  }
}

export function fourPartMessage(parts: FourParts): string {
  return `${parts.where} ${parts.what}: found ${parts.found}, expected ${parts.expected}`;
}

/** Throws when we are wrong: an invariant of the program does not hold. Never for bad input. */
export function assert(condition: boolean, invariant: string): asserts condition {
  if (!condition) throw new Error(`invariant broken: ${invariant}`);
}

/** Makes a switch over a closed union exhaustive. */
export function unreachable(value: never): never {
  throw new Error(`invariant broken: unexpected ${String(value)}`);
}
