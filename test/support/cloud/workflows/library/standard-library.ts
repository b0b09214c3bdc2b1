/** Every function of the standard library that the interpreter has; what is not here is refused. */
import type { LibraryFunction } from './library.js';
import { SYSTEM_FUNCTIONS } from './library-system.js';
import { TEXT_FUNCTIONS } from './library-text.js';
import { VALUE_FUNCTIONS } from './library-values.js';

export const STANDARD_LIBRARY: ReadonlyMap<string, LibraryFunction> = new Map(
  Object.entries({ ...VALUE_FUNCTIONS, ...TEXT_FUNCTIONS, ...SYSTEM_FUNCTIONS }),
);
