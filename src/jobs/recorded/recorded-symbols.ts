/** The symbols of a raw root: its folders in which a stream, or what else the layout puts there, has one. */
import { folderLevels, readFolder } from '../../core/recorded/folder-levels.js';
import type { RawLayout } from '../../core/rule/layout.js';
import { SIDECAR_FOLDER } from '../../core/sidecar/sidecar.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import { parseSymbol, type SymbolName } from '../../core/unit/symbol.js';
import { mapBounded } from '../map-bounded.js';
import type { Store } from '../ports.js';
import { RECORDED_LISTINGS_MAX, tooManyListings } from './recorded-days.js';

/** Listings in flight: one for each folder of the root. */
const FOLDERS_AT_ONCE = 32;

export interface FoundFolders {
  /** In the order of their folders. */
  readonly symbols: readonly SymbolName[];
  /** Folders that are not symbols, without that of the recorders' sidecars. */
  readonly skipped: readonly string[];
  readonly count: number;
}

/** For a layout that begins with {symbol}/. Throws a usage error for two folders of one symbol. */
export async function recordedSymbols(layout: RawLayout, raw: Store): Promise<FoundFolders> {
  const folders = await raw.folders();
  if (folders.length > RECORDED_LISTINGS_MAX) throw tooManyListings(raw);
  refuseTwins(folders, raw);
  // Where the chunks lie in the symbol's own folder, looking for them would list them all.
  const [, next] = folderLevels(layout);
  const found = await mapBounded(folders, FOLDERS_AT_ONCE, async (folder) => {
    const symbol = parseSymbol(folder);
    if (symbol === undefined || next === undefined) return symbol;
    const below = await raw.folders(`${folder}/`);
    return below.some((name) => readFolder(next, name) !== undefined) ? symbol : undefined;
  });
  return {
    symbols: found.flatMap((symbol) => symbol ?? []),
    skipped: folders.filter((name, index) => found[index] === undefined && name !== SIDECAR_FOLDER),
    count: folders.length,
  };
}

/** One symbol in two Unicode forms: nobody can tell which is meant. */
export function refuseTwins(folders: readonly string[], raw: Store): void {
  const seen = new Map<string, string>();
  for (const folder of folders) {
    const form = folder.normalize('NFC');
    if (seen.has(form)) {
      throw new FlowbarsError('usage', {
        where: raw.root,
        what: 'folders',
        found: `'${form}' twice, in two Unicode forms`,
        expected: 'one folder of that name (move the chunks of the two into one)',
      });
    }
    seen.set(form, folder);
  }
}
