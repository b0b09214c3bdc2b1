/** Looks at what lies in a raw root, without reading all of it: the first folders, and one file of each. */
import type { LookedFolder, RootLook } from '../../core/recorded/root-look.js';
import { isAside } from '../../core/recorded/name-meaning.js';
import { mapBounded } from '../map-bounded.js';
import type { Store } from '../ports.js';

/** Folders of which a refusal tells what is in them. */
const LOOKED_MAX = 8;
/** Folders from the root down to a file. */
const DEPTH_MAX = 10;

/** `first`: the folder to look at before others, if it is there. */
export async function lookAtRoot(raw: Store, first?: string): Promise<RootLook> {
  const folders = (await raw.folders()).filter((name) => !isAside(name));
  const inOrder = folders.toSorted((a, b) => Number(b === first) - Number(a === first));
  const looked = await mapBounded(inOrder.slice(0, LOOKED_MAX), LOOKED_MAX, async (name) =>
    lookInto(name, raw),
  );
  // Below a root with folders the listing would name every chunk.
  const files = folders.length === 0 ? await raw.list('') : [];
  const names = files.map(({ name }) => name).filter((name) => !isAside(name));
  return { count: folders.length, looked, files: names };
}

async function lookInto(name: string, raw: Store): Promise<LookedFolder> {
  const folders = await raw.folders(`${name}/`);
  let prefix = `${name}/`;
  let next = folders.find((folder) => !isAside(folder));
  for (let depth = 2; next !== undefined && depth < DEPTH_MAX; depth += 1) {
    prefix += `${next}/`;
    const below = await raw.folders(prefix);
    next = below.find((folder) => !isAside(folder));
  }
  const files = next === undefined ? await raw.list(prefix) : [];
  return { name, folders, example: files.find((file) => !isAside(file.name))?.name };
}
