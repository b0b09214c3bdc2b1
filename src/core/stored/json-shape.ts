/** Writes stored JSON, and reads it back under a guard. */
import type { Guard } from '../shape/guard.js';
import { FlowbarsError } from '../unit/errors.js';
import { readJson } from '../unit/json.js';

/** Characters of an unreadable text that an error quotes. */
const START_CHARACTERS = 40;

/** Parses a stored text. Throws a FlowbarsError of kind `data` if it is not JSON of that shape. */
export function parseStored<T>(
  text: string,
  guard: Guard<T>,
  place: { readonly what: string; readonly where: string },
): T {
  const value = readJson(text);
  if (guard(value)) return value;
  const start = text.slice(0, START_CHARACTERS).replaceAll('\n', ' ');
  throw new FlowbarsError('data', {
    ...place,
    found: value === undefined ? `no JSON: '${start}'` : `other fields: '${start}'`,
    expected: `JSON as docs/schema describes a ${place.what}`,
  });
}

/** The stored text of reports, manifests, records and summaries. */
export function storedJson(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
