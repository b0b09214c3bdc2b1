/** Stores whose errors say which option named the root that failed. */
import { FlowbarsError } from '../../core/unit/errors.js';
import type { Store } from '../../jobs/ports.js';
import type { Roots } from './request.js';

/** For the steps before the first task: listing the raw root and writing one small object. */
export function namedRoots({ raw, out }: Roots): Roots {
  return { raw: named('--raw', raw), out: named('--out', out) };
}

function named(where: string, store: Store): Store {
  return {
    ...store,
    folders: async (prefix) => await naming(where, store, async () => await store.folders(prefix)),
    read: async (name, listed) =>
      await naming(where, store, async () => await store.read(name, listed)),
    write: async (name, bytes, replaces) =>
      await naming(where, store, async () => await store.write(name, bytes, replaces)),
  };
}

/** A usage error already names its place, and a conflict is not a fault of the root. */
async function naming<T>(where: string, store: Store, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof FlowbarsError)) throw error;
    if (error.kind === 'usage' || error.kind === 'conflict') throw error;
    const { expected, found: foundThere } = error.parts;
    const found = `'${store.root}': ${foundThere}`;
    throw new FlowbarsError(error.kind, { where, what: 'root', found, expected }, error);
  }
}
