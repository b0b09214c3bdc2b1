/** Listings by names that may come in two Unicode forms. */
import { FlowbarsError } from '../../core/unit/errors.js';
import type { Store, StoredObject } from '../ports.js';

/** A name may be stored in another Unicode form than it was typed, as some systems and copies do. */
export async function listForms(prefix: string, raw: Store): Promise<StoredObject[]> {
  const forms = new Set([prefix, prefix.normalize('NFC'), prefix.normalize('NFD')]);
  let found: StoredObject[] = [];
  for (const form of forms) {
    const objects = await raw.list(form);
    // A file system that takes both forms for one shows the same files twice.
    if (objects.length === 0 || isSame(objects, found)) continue;
    if (found.length > 0) {
      throw new FlowbarsError('data', {
        where: `${raw.root}/${prefix}`,
        what: 'list',
        found: 'chunks under two Unicode forms of one name',
        expected: 'one folder of that name (move the chunks of the two into one)',
      });
    }
    found = objects;
  }
  return found;
}

function isSame(one: readonly StoredObject[], other: readonly StoredObject[]): boolean {
  const known = new Set(other.map(formOf));
  return one.length === other.length && one.every((object) => known.has(formOf(object)));
}

function formOf({ name, sizeBytes }: StoredObject): string {
  return `${name.normalize('NFC')} ${sizeBytes}`;
}
