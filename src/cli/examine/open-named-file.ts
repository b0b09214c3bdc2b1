/** Opens a file named by path or `gs://bucket/name`. */
import { basename, dirname } from 'node:path';
import { FlowbarsError } from '../../core/unit/errors.js';
import { errnoOf } from '../../edge/local/local-error.js';
import { openStore } from '../../edge/store-root.js';
import type { NamedFile } from '../../jobs/examine/read-named-file.js';
import type { Store } from '../../jobs/ports.js';
import { quoted, refuse } from '../../core/unit/typed-text.js';

const GCS_SCHEME = 'gs://';
/** Last path segments that cannot name a file. */
const NO_NAMES: readonly string[] = ['', '.', '..'];

/** Opens the folder that holds the file; reads nothing yet. `where`: the option or argument. */
export function openNamedFile(
  uri: string,
  where: string,
  gcsEndpoint: string | undefined,
): NamedFile {
  const isInCloud = uri.startsWith(GCS_SCHEME);
  const slash = uri.lastIndexOf('/');
  const name = isInCloud ? uri.slice(slash + 1) : basename(uri);
  const folder = isInCloud ? uri.slice(0, slash) : dirname(uri);
  const isBucket = isInCloud && slash < GCS_SCHEME.length;
  if (isBucket || uri.endsWith('/') || NO_NAMES.includes(name) || uri.includes('\0')) {
    refuse(where, 'file', quoted(uri), 'the path of a file, or gs://bucket/name');
  }
  const store = openStore(folder, { gcsEndpoint });
  return { uri, name, store: refusingFolder({ store, name }, where, uri) };
}

/** A folder in place of the file, or a file in place of its folder, is a usage error, not a storage failure. */
function refusingFolder(
  { store, name }: Pick<NamedFile, 'store' | 'name'>,
  where: string,
  uri: string,
): Store {
  return {
    ...store,
    read: async (wanted, listed) => {
      try {
        return await store.read(wanted, listed);
      } catch (error) {
        const isFolder = error instanceof FlowbarsError && errnoOf(error.cause) === 'EISDIR';
        if (!isFolder || wanted !== name) throw error;
        return refuse(where, 'file', `${quoted(uri)}, a folder`, 'the path of a file');
      }
    },
    write: async (wanted, bytes, replaces) => {
      try {
        return await store.write(wanted, bytes, replaces);
      } catch (error) {
        if (!(error instanceof FlowbarsError) || error.kind !== 'absent') throw error;
        const { found, expected, where: folder } = error.parts;
        return refuse(where, 'file', `${quoted(uri)}, with ${found}`, `${expected}: ${folder}`);
      }
    },
  };
}
