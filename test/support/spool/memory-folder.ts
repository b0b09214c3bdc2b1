/** A spool's folder in memory, without the waits for a disk: for tests that repeat a session some hundred times. */
import type { SpoolEntry, SpoolFolder } from '../../../src/jobs/recorder-ports.js';
import { FlowbarsError } from '../../../src/core/unit/errors.js';

export function openMemoryFolder(): SpoolFolder {
  const files = new Map<string, Uint8Array>();
  const below = (folder: string): string[] =>
    [...files.keys()].filter((path) => path.startsWith(`${folder}/`));
  return {
    root: 'memory',
    list: async (folder) => {
      await Promise.resolve();
      const entries = new Map<string, SpoolEntry>();
      for (const path of below(folder)) {
        const [name = '', ...rest] = path.slice(folder.length + 1).split('/');
        const isFolder = rest.length > 0;
        const sizeBytes = isFolder ? 0 : (files.get(path)?.length ?? 0);
        entries.set(name, { name, sizeBytes, isFolder });
      }
      return [...entries.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
    },
    read: async function* read(path) {
      await Promise.resolve();
      const bytes = files.get(path);
      if (bytes === undefined) throw problem('read', 'nothing there', path);
      for (let at = 0; at < bytes.length; at += 1_000) yield bytes.subarray(at, at + 1_000);
    },
    create: async (path) => {
      await Promise.resolve();
      if (files.has(path)) throw problem('create', 'a file', path);
      files.set(path, new Uint8Array());
      return {
        append: async (text) => {
          await Promise.resolve();
          files.set(path, Buffer.concat([files.get(path) ?? Buffer.of(), Buffer.from(text)]));
        },
        sync: () => Promise.resolve(),
        close: () => Promise.resolve(),
      };
    },
    write: async (path, pieces) => {
      const all: Uint8Array[] = [];
      for await (const bytes of pieces) all.push(bytes);
      files.set(path, Buffer.concat(all));
    },
    move: async (from, to) => {
      await Promise.resolve();
      for (const path of [from, ...below(from)]) {
        const bytes = files.get(path);
        if (bytes !== undefined) files.set(to + path.slice(from.length), bytes);
        files.delete(path);
      }
    },
    remove: async (path) => {
      await Promise.resolve();
      for (const name of [path, ...below(path)]) files.delete(name);
    },
  };
}

function problem(what: string, found: string, where: string): FlowbarsError {
  return new FlowbarsError('world', { what, found, expected: 'other', where });
}
