/** JSON to values and back. */
import { raised } from '../run/workflow-errors.js';
import { isMap, type Value } from './values.js';

/** Throws a SyntaxError. */
export function parseJson(text: string): Value {
  return JSON.parse(text) as Value;
}

export function parsedOrUndefined(text: string): Value | undefined {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

/** Sorts keys, as every payload of the real service does. */
export function jsonText(value: Value): string {
  return JSON.stringify(value, (_key, inner: Value) => {
    if (inner instanceof Uint8Array) throw raised('TypeError', 'bytes cannot be encoded as JSON');
    if (!isMap(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
