/**
 * A Store in memory with generations and listed checksums, as Google Cloud Storage has them; for
 * tests of the jobs. It fails only where a test asks it to.
 */
import { compareNames } from '../../src/core/unit/compare-names.js';
import { FlowbarsError } from '../../src/core/unit/errors.js';
import { crc32cHex } from '../../src/edge/format/crc32c.js';
import { assertObjectName, splitPrefix } from '../../src/edge/format/object-name.js';
import type {
  Replaces,
  Store,
  StoredContent,
  StoredObject,
  WriteResult,
} from '../../src/jobs/ports.js';

export interface MemoryStoreOptions {
  readonly root?: string;
  readonly readsAtOnce?: number;
  /** Content to begin with, by name. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** A folder's listings have no checksums, and it keeps no generations. */
  readonly isFolder?: boolean;
  /** A root that does not exist until something is written. */
  readonly missing?: boolean;
  /** Called before every operation; the store throws what it throws. */
  readonly before?: (operation: 'list' | 'folders' | 'read' | 'write', name: string) => void;
}

export interface MemoryStore extends Store {
  /** Names of what is stored, in order. */
  names(): string[];
  text(name: string): string;
  /** Names of the objects that were written (not `unchanged`), in the order of the writes. */
  readonly written: readonly string[];
  put(name: string, content: string | Uint8Array): void;
  remove(name: string): void;
}

export function openMemoryStore(options: MemoryStoreOptions = {}): MemoryStore {
  const root = options.root ?? 'memory';
  const contents = new Map<string, StoredContent>();
  const written: string[] = [];
  let generation = 1_700_000_000_000_000;
  const put = (name: string, content: string | Uint8Array): StoredContent => {
    assertObjectName(name);
    generation += 1;
    const bytes =
      typeof content === 'string' ? new TextEncoder().encode(content) : Uint8Array.from(content);
    const kept = options.isFolder === true ? undefined : String(generation);
    const stored = { bytes, crc32c: crc32cHex(bytes), generation: kept };
    contents.set(name, stored);
    return stored;
  };
  for (const [name, content] of Object.entries(options.files ?? {})) put(name, content);

  const before = async (operation: 'list' | 'folders' | 'read' | 'write', name: string) => {
    await Promise.resolve();
    options.before?.(operation, name);
    if (operation !== 'write' && operation !== 'read' && options.missing && contents.size === 0) {
      const parts = { what: 'list', found: 'nothing there', expected: 'an existing folder' };
      throw new FlowbarsError('absent', { ...parts, where: root });
    }
  };
  return {
    root,
    readsAtOnce: options.readsAtOnce ?? 24,
    written,
    names: () => [...contents.keys()].sort(compareNames),
    text: (name) => new TextDecoder().decode(contents.get(name)?.bytes),
    put,
    remove: (name) => {
      contents.delete(name);
    },
    list: async (prefix) => {
      await before('list', prefix);
      splitPrefix(prefix);
      return [...contents]
        .filter(([name]) => name.startsWith(prefix))
        .map(([name, content]) => listedAs(name, content))
        .sort((one, other) => compareNames(one.name, other.name));
    },
    folders: async (prefix = '') => {
      splitPrefix(prefix);
      await before('folders', prefix);
      const below = [...contents.keys()]
        .filter((name) => name.startsWith(prefix))
        .map((name) => name.slice(prefix.length).split('/'));
      const folders = below.flatMap(([folder = '', ...rest]) => (rest.length === 0 ? [] : folder));
      return [...new Set(folders)].sort(compareNames);
    },
    read: async (name, listed) => {
      await before('read', name);
      assertObjectName(name);
      const content = contents.get(name);
      if (listed !== undefined && content?.generation !== listed.generation) {
        throw worldError('read', 'another generation', 'the listed one', `${root}/${name}`);
      }
      return content === undefined ? undefined : { ...content, bytes: content.bytes.slice() };
    },
    write: async (name, bytes, replaces) => {
      await before('write', name);
      assertObjectName(name);
      const stored = contents.get(name);
      const crc32c = crc32cHex(bytes);
      if (stored?.crc32c === crc32c && stored.bytes.length === bytes.length) {
        return { outcome: 'unchanged', crc32c, generation: stored.generation };
      }
      refuseConflict(`${root}/${name}`, stored, replaces);
      written.push(name);
      const { generation: newGeneration } = put(name, bytes);
      return { outcome: 'written', crc32c, generation: newGeneration } satisfies WriteResult;
    },
  };
}

function listedAs(name: string, content: StoredContent): StoredObject {
  const { bytes, crc32c, generation } = content;
  const listedCrc32c = generation === undefined ? undefined : crc32c;
  return { name, sizeBytes: bytes.length, crc32c: listedCrc32c, generation };
}

function refuseConflict(
  where: string,
  stored: StoredContent | undefined,
  replaces: Replaces,
): void {
  if (replaces === 'anything' || (replaces === 'nothing' && stored === undefined)) return;
  const isSame = (one: StoredContent): boolean =>
    one.generation === stored?.generation && one.crc32c === stored?.crc32c;
  if (replaces !== 'nothing' && isSame(replaces.content)) return;
  throw new FlowbarsError('conflict', {
    what: 'write',
    found: stored === undefined ? 'nothing there now' : 'other content',
    expected: replaces === 'nothing' ? 'nothing there' : 'the content as read',
    where,
  });
}

function worldError(what: string, found: string, expected: string, where: string): FlowbarsError {
  return new FlowbarsError('world', { what, found, expected, where });
}
