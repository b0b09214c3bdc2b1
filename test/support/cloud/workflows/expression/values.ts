/**
 * The values of the workflows language: what a variable may hold, and its name for people. An integer is a bigint and a double a number, so that 2 and 2.0 differ.
 */

/** Never changed in place: an assignment into a map makes a new one, so that no two variables share. */
export type Value = null | boolean | bigint | number | string | Uint8Array | List | WorkflowMap;
export type List = readonly Value[];
export type WorkflowMap = ReadonlyMap<string, Value>;

export type TypeName =
  | 'boolean'
  | 'bytes'
  | 'double'
  | 'integer'
  | 'list'
  | 'map'
  | 'null'
  | 'string';

export function isList(value: Value): value is List {
  return Array.isArray(value);
}

export function isMap(value: Value): value is WorkflowMap {
  return value instanceof Map;
}

/** As get_type names them. */
export function typeName(value: Value): TypeName {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'bigint') return 'integer';
  if (typeof value === 'number') return 'double';
  if (typeof value === 'string') return 'string';
  if (isList(value)) return 'list';
  return isMap(value) ? 'map' : 'bytes';
}

export function mapOf(entries: Readonly<Record<string, Value | undefined>>): WorkflowMap {
  const map = new Map<string, Value>();
  for (const [key, value] of Object.entries(entries)) if (value !== undefined) map.set(key, value);
  return map;
}
