/** The values of the workflows language: those of JSON, and bytes. A number is an integer or a double. */

/** Never changed in place, so no two variables share one. */
export type Value = null | boolean | number | string | Uint8Array | List | WorkflowMap;
export type List = readonly Value[];
export interface WorkflowMap {
  readonly [key: string]: Value;
}

export function isList(value: Value): value is List {
  return Array.isArray(value);
}

export function isMap(value: Value): value is WorkflowMap {
  if (value === null || typeof value !== 'object') return false;
  return !Array.isArray(value) && !(value instanceof Uint8Array);
}

/** As get_type names them, except that it tells integers from doubles. */
export function typeName(value: Value): string {
  if (value === null) return 'null';
  if (isList(value)) return 'list';
  if (value instanceof Uint8Array) return 'bytes';
  return typeof value === 'object' ? 'map' : typeof value;
}

/** A text, or an empty one for anything else. */
export function textOrEmpty(value: Value | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** Null for a missing key or a value that is not a map. */
export function memberOrNull(value: Value, key: string): Value {
  return isMap(value) && Object.hasOwn(value, key) ? (value[key] ?? null) : null;
}
