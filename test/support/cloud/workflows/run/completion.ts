/** How steps end, and where the run goes on from there. */
import type { Jump } from '../read/program.js';
import type { Value } from '../expression/values.js';

/** How a list of steps ended: at its end, by a jump to a step above, or with the routine's value. */
export type Completion =
  | { readonly kind: 'end' }
  | { readonly kind: 'jump'; readonly target: string }
  | { readonly kind: 'return'; readonly value: Value };

export const END: Completion = { kind: 'end' };

export function jumpTo(next: Jump | undefined): Completion {
  if (next === undefined) return END;
  if (next.target === 'end') return { kind: 'return', value: null };
  return { kind: 'jump', target: next.target };
}

/** What follows steps inside a step: a jump out of them goes before the step's own. */
export function followedBy(completion: Completion, next: Jump | undefined): Completion {
  return completion.kind === 'end' ? jumpTo(next) : completion;
}

/** Both ends included; a first above the last gives nothing. */
export function* integers(first: bigint, last: bigint): Generator<bigint> {
  for (let value = first; value <= last; value += 1n) yield value;
}
