/**
 * Type guards for JSON that is read back from a store: each says whether a value has the fields that
 * its readers rely on. The full shapes, strict and described, are the JSON Schemas in docs/schema.
 */
import { FlowbarsError } from '../unit/errors.js';
import { isDictionary, readJson } from '../unit/json.js';

export type Guard<T> = (value: unknown) => value is T;

/** Characters of an unreadable text that an error quotes. */
const START_CHARACTERS = 40;

export const isText: Guard<string> = (value): value is string => typeof value === 'string';
export const isTruth: Guard<boolean> = (value): value is boolean => typeof value === 'boolean';
export const isNumber: Guard<number> = (value): value is number => typeof value === 'number';

export function orNull<T>(guard: Guard<T>): Guard<T | null> {
  return (value): value is T | null => value === null || guard(value);
}

export function arrayOf<T>(guard: Guard<T>): Guard<readonly T[]> {
  return (value): value is readonly T[] =>
    Array.isArray(value) && value.every((item: unknown) => guard(item));
}

/** One of the keys; a record, so that the compiler asks for every member of the union. */
export function oneOf<T extends string>(members: Readonly<Record<T, true>>): Guard<T> {
  return (value): value is T => typeof value === 'string' && Object.hasOwn(members, value);
}

/** Every field by its guard. Fields that are not named here are let through unseen. */
export function objectOf<T extends object>(fields: {
  readonly [K in keyof T]-?: Guard<T[K]>;
}): Guard<T> {
  const guards: [string, (value: unknown) => boolean][] = Object.entries(fields);
  return (value): value is T =>
    isDictionary(value) && guards.every(([name, guard]) => guard(value[name]));
}

/** Parses a stored text. Throws a FlowbarsError of kind `data` when it is not JSON of that shape. */
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

/** How reports, manifests, records and summaries are stored. */
export function storedJson(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
