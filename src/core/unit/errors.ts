/**
 * The errors of this project. A FlowbarsError reports bad input, or a failure of storage, network or
 * machine. It always has four parts: what, found, expected, where. Any other error is a bug in flowbars.
 */

export interface FourParts {
  /** What was done or checked, lower case, no full stop: `column qty`. */
  readonly what: string;
  readonly found: string;
  readonly expected: string;
  /** The object, line, option or address. */
  readonly where: string;
}

/**
 * usage: options or arguments. data: the recording. world: storage, network or machine. absent: a root
 * that does not exist, which is misspelt where an option has just named it. blocked: the world, until a
 * person acts: no right, no space. conflict: another writer was first. limit: a named limit was reached.
 */
export type ErrorKind = 'usage' | 'data' | 'world' | 'absent' | 'blocked' | 'conflict' | 'limit';

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

/** Throws if an invariant of the program does not hold: a bug. Never use it for bad input. */
export function assert(condition: boolean, invariant: string): asserts condition {
  if (!condition) throw new Error(`invariant broken: ${invariant}`);
}

/** Makes a switch over a closed union exhaustive. */
export function unreachable(value: never): never {
  throw new Error(`invariant broken: unexpected ${String(value)}`);
}
