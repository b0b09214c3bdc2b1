/** Stores whose errors say which option named the root that failed. */
import { FlowbarsError, type FourParts } from '../../core/unit/errors.js';
import type { Store } from '../../jobs/ports.js';
import type { Roots } from './request.js';

/** For the steps before the first task: listing the raw root and writing one small object. */
export function namedRoots({ raw, out }: Roots): Roots {
  return { raw: named('--raw', raw), out: named('--out', out) };
}

/** The same for a task: nobody has just typed its roots, so a missing one is a failure that a retry may mend. */
export function namedRootsOfTask({ raw, out }: Roots): Roots {
  return { raw: named('--raw', raw, 'world'), out: named('--out', out, 'world') };
}

/** For a command that works on roots as a person typed them: only a root that does not exist is a usage error. */
export function typedRoots({ raw, out }: Roots): Roots {
  return { raw: typedRoot('--raw', raw), out: typedRoot('--out', out) };
}

/** `where`: the option that named the root. */
export function typedRoot(where: string, store: Store): Store {
  return renaming(store, (error) =>
    error.kind === 'absent' ? misspelt(where, store, error) : error,
  );
}

/** For work that makes a missing folder itself, and only a bucket has to be there. */
export async function inTypedRoot<T>(where: string, store: Store, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const isAbsent = error instanceof FlowbarsError && error.kind === 'absent';
    throw isAbsent ? misspelt(where, store, error) : error;
  }
}

/** A usage error already names its place, and a conflict is not a fault of the root. */
function named(where: string, store: Store, absent: 'usage' | 'world' = 'usage'): Store {
  return renaming(store, (error) => {
    if (error.kind === 'usage' || error.kind === 'conflict') return error;
    const kind = error.kind === 'absent' ? absent : error.kind;
    return new FlowbarsError(kind, rootParts(where, store, error), error);
  });
}

function misspelt(where: string, store: Store, error: FlowbarsError): FlowbarsError {
  return new FlowbarsError('usage', rootParts(where, store, error), error);
}

function rootParts(where: string, { root }: Store, { parts }: FlowbarsError): FourParts {
  return { where, what: 'root', found: `'${root}': ${parts.found}`, expected: parts.expected };
}

/** The store with each of its errors replaced by another, but for those of `readNow`: only days that are computed read so, from plain roots. */
function renaming(store: Store, renamed: (error: FlowbarsError) => FlowbarsError): Store {
  const asRenamed = (error: unknown): unknown =>
    error instanceof FlowbarsError ? renamed(error) : error;
  const naming = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      throw asRenamed(error);
    }
  };
  const asOneOf: Store['asOneOf'] = (readers) =>
    renaming(store.asOneOf?.(readers) ?? store, renamed);
  const checksum: Store['checksum'] = async (listed) =>
    await naming(store.checksum?.(listed) ?? Promise.resolve(undefined));
  return {
    ...store,
    list: async (prefix) => await naming(store.list(prefix)),
    folders: async (prefix) => await naming(store.folders(prefix)),
    read: async (name, listed, allocate) => await naming(store.read(name, listed, allocate)),
    ...(store.asOneOf === undefined ? {} : { asOneOf }),
    ...(store.checksum === undefined ? {} : { checksum }),
    write: async (name, bytes, replaces) => await naming(store.write(name, bytes, replaces)),
  };
}
