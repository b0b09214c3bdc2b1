/** How a list of steps ends. */
import type { Value } from '../expression/values.js';

/** At its end, by a break out of the loop around, or with the routine's value. */
export type Completion =
  | { readonly kind: 'end' }
  | { readonly kind: 'break' }
  | { readonly kind: 'return'; readonly value: Value };

export const END: Completion = { kind: 'end' };
