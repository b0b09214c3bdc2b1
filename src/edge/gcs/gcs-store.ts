/**
 * A Store below `gs://bucket/prefix`: translates between names below the root and names in the
 * bucket. The other files of this folder make and retry the requests.
 */
import { compareNames } from '../../core/unit/compare-names.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import type { Clock, Store } from '../../jobs/ports.js';
import { systemClock } from '../process/clock.js';
import { openGcsClient } from './gcs-client.js';
import { GCS_LIMITS, type GcsLimits, retryPolicyOf, shareOf } from './gcs-limits.js';
import { gcsCalls, listObjects } from './gcs-list.js';
import { type GcsReader, openGcsReader } from './gcs-read.js';
import { writeObject } from './gcs-write.js';
import { assertObjectName, isObjectName, splitPrefix } from '../format/object-name.js';

export interface GcsStoreOptions {
  readonly bucket: string;
  /** Folder within the bucket without `/` at either end; empty for the bucket itself. */
  readonly prefix: string;
  /** In place of Google's own endpoint, for emulators and regional endpoints. */
  readonly endpoint?: string | undefined;
  readonly clock?: Clock;
  readonly random?: () => number;
  readonly limits?: Partial<GcsLimits>;
}

export type GcsStore = Store & Required<Pick<Store, 'asOneOf'>>;

export function openGcsStore(options: GcsStoreOptions): GcsStore {
  const limits: GcsLimits = { ...GCS_LIMITS, ...options.limits };
  const retries = retryPolicyOf(limits, {
    clock: options.clock ?? systemClock,
    random: options.random ?? Math.random,
  });
  const client = openGcsClient(options.bucket, options.endpoint);
  const calls = gcsCalls(client, limits, retries);
  const readers = new Map<number, GcsReader>();
  // Kept from one day to the next, with its connections and with what it found out about the server.
  const readerOf = (count: number): GcsReader => {
    const reader = readers.get(count) ?? openGcsReader(client, shareOf(limits, count), retries);
    readers.set(count, reader);
    return reader;
  };
  const rootPrefix = options.prefix === '' ? '' : `${options.prefix}/`;
  const uriOf = (name: string): string => `gs://${options.bucket}/${rootPrefix}${name}`;
  const root = `gs://${options.bucket}${options.prefix === '' ? '' : `/${options.prefix}`}`;
  const readBy = (count: number): Pick<Store, 'readsAtOnce' | 'read'> => ({
    readsAtOnce: shareOf(limits, count).readsAtOnce,
    read: async (name, listed, allocate) => {
      assertObjectName(name);
      return await readerOf(count).read(rootPrefix + name, uriOf(name), listed, allocate);
    },
  });
  const store: GcsStore = {
    root,
    ...readBy(1),
    asOneOf: (count) => ({ ...store, ...readBy(count) }),
    list: async (prefix) => {
      splitPrefix(prefix);
      const listing = await listObjects(calls, rootPrefix + prefix, uriOf(prefix), false);
      return (
        listing.objects
          .map((object) => ({ ...object, name: object.name.slice(rootPrefix.length) }))
          // Skips the empty objects `folder/` with which consoles show an empty folder.
          .filter((object) => isObjectName(object.name))
          .sort((one, other) => compareNames(one.name, other.name))
      );
    },
    folders: async (prefix = '') => {
      splitPrefix(prefix);
      const parent = rootPrefix + prefix;
      const listing = await listObjects(calls, parent, prefix === '' ? root : uriOf(prefix), true);
      const found = listing.folderPrefixes.length + listing.objects.length;
      if (parent === rootPrefix && rootPrefix !== '' && found === 0) throw emptyRoot(root);
      return listing.folderPrefixes
        .map((folder) => folder.slice(parent.length, -1))
        .filter(isObjectName)
        .sort(compareNames);
    },
    write: async (name, bytes, replaces) => {
      assertObjectName(name);
      return await writeObject(calls, rootPrefix + name, uriOf(name), bytes, replaces);
    },
  };
  return store;
}

/** A prefix exists only while an object has it. */
function emptyRoot(root: string): FlowbarsError {
  return new FlowbarsError('world', {
    what: 'list',
    found: 'no object below it',
    expected: 'an existing folder in the bucket',
    where: root,
  });
}
