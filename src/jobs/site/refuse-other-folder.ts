/** Refuses to begin a site where something else is stored. */
import { isPageOf } from '../../core/page/document.js';
import { INDEX_NAME } from '../../core/site/links.js';
import { type ErrorKind, FlowbarsError } from '../../core/unit/errors.js';
import { quoted, refuse } from '../../core/unit/typed-text.js';
import type { Store } from '../ports.js';
import type { SiteEffects } from './write-symbol.js';

/** Of a folder without an index: those of a site hold no folders, those of a recording one for each stream. */
const FOLDERS_LOOKED_INTO = 3;

/** A site begins in a place of its own: nothing of it may lie among chunks, or replace a page of somebody else. */
export async function refuseOtherFolder({
  site,
  codec,
}: Pick<SiteEffects, 'site' | 'codec'>): Promise<void> {
  const refuseIt = (found: string): never =>
    refuse('--site', 'root', `${quoted(site.root)}, ${found}`, 'a new folder, or one with a site');
  const index = await readIfThere(INDEX_NAME, site);
  if (index !== undefined) {
    if (isPageOf('view --site', codec.decode(index))) return;
    refuseIt(`whose ${INDEX_NAME} is another page`);
  }
  const folders = await foldersIfThere(site);
  for (const folder of folders.slice(0, FOLDERS_LOOKED_INTO)) {
    const [inner] = await site.folders(`${folder}/`);
    if (inner !== undefined) refuseIt(`which holds other things, such as ${folder}/${inner}`);
  }
}

async function readIfThere(name: string, site: Store): Promise<Uint8Array | undefined> {
  return await orNothing(async () => (await site.read(name))?.bytes, ['absent']);
}

/** A prefix without an object is an error of its bucket; if that cannot be reached, the first write says so. */
async function foldersIfThere(site: Store): Promise<readonly string[]> {
  return (await orNothing(async () => await site.folders(), ['absent', 'world'])) ?? [];
}

async function orNothing<Found>(
  find: () => Promise<Found>,
  kinds: readonly ErrorKind[],
): Promise<Found | undefined> {
  try {
    return await find();
  } catch (error) {
    if (error instanceof FlowbarsError && kinds.includes(error.kind)) return undefined;
    throw error;
  }
}
