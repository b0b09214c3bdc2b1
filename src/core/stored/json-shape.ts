/** Writes stored JSON, and reads it back under a guard. */
import type { Guard } from '../shape/guard.js';
import { SCHEMA_VERSION } from '../shape/shape.js';
import { FlowbarsError } from '../unit/errors.js';
import { isDictionary, readJson } from '../unit/json.js';

/** Characters of an unreadable text that an error quotes. */
const START_CHARACTERS = 40;

/** Parses a stored text. Throws a FlowbarsError of kind `data` if it is not JSON of that shape. */
export function parseStored<T>(
  text: string,
  guard: Guard<T>,
  place: {
    readonly what: string;
    readonly where: string;
    /** What to do with an object of an older version of the program. */
    readonly remedy?: string;
  },
): T {
  const value = readJson(text);
  if (guard(value)) return value;
  const { remedy, ...parts } = place;
  const version = versionOf(value);
  if (remedy !== undefined && version !== undefined && version !== SCHEMA_VERSION) {
    const way = version < SCHEMA_VERSION ? remedy : 'a newer flowbars wrote it, start that one';
    const expected = `schema version ${SCHEMA_VERSION}: ${way}`;
    throw new FlowbarsError('data', { ...parts, found: `schema version ${version}`, expected });
  }
  const start = text.slice(0, START_CHARACTERS).replaceAll('\n', ' ');
  throw new FlowbarsError('data', {
    ...parts,
    found: value === undefined ? `no JSON: '${start}'` : `other fields: '${start}'`,
    expected: `JSON as docs/schema describes a ${place.what}`,
  });
}

function versionOf(value: unknown): number | undefined {
  const version = isDictionary(value) ? value['schema_version'] : undefined;
  return typeof version === 'number' ? version : undefined;
}

/** The stored text of reports, manifests, records and summaries. */
export function storedJson(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
