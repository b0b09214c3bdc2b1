/**
 * Finds the symbol-days of which something is recorded, from the names of folders as far as they tell:
 * in the default layout two listings a symbol and one of the root. Reads no chunk.
 */
import {
  chunkReader,
  type FolderLevel,
  folderLevels,
  type NameTokens,
  type Place,
  placeOf,
  readFolder,
} from '../../core/recorded/folder-levels.js';
import type { RawLayout } from '../../core/rule/layout.js';
import { STREAMS, type StreamName, type SymbolDay } from '../../core/rule/symbol-day.js';
import { compareNames } from '../../core/unit/compare-names.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import type { SymbolName } from '../../core/unit/symbol.js';
import type { UtcDate } from '../../core/unit/utc-date.js';
import { mapBounded } from '../map-bounded.js';
import type { Store } from '../ports.js';

/** Listings of one search: 10,000 symbols in the default layout fit. */
export const RECORDED_LISTINGS_MAX = 50_000;
/** Folders of a level whose listings are in flight. */
const FOLDERS_AT_ONCE = 16;

export interface RecordedSearch {
  readonly layout: RawLayout;
  /** Undefined: all. */
  readonly symbols: readonly SymbolName[] | undefined;
  /** First and last day, included; undefined: any. */
  readonly from: UtcDate | undefined;
  readonly to: UtcDate | undefined;
}

export interface RecordedDay extends SymbolDay {
  /** Streams with something of the day, trades first. */
  readonly streams: readonly StreamName[];
}

export interface FoundDays {
  /** By symbol, then by date. */
  readonly days: readonly RecordedDay[];
  /** Listings that it took. */
  readonly listings: number;
}

/** Throws FlowbarsErrors of kind `world`, and a usage error beyond RECORDED_LISTINGS_MAX. */
export async function findRecordedDays(search: RecordedSearch, raw: Store): Promise<FoundDays> {
  const walk: Walk = {
    raw,
    search,
    levels: folderLevels(search.layout),
    wanted: search.symbols === undefined ? undefined : new Set(search.symbols),
    found: new Map(),
    listings: 0,
  };
  // Throws if the root does not exist, which a folder below it cannot tell.
  if (walk.levels[0]?.literal !== undefined) await raw.folders();
  await enter(walk, { prefix: '', depth: 0, tokens: {} });
  const days = [...walk.found.values()].flatMap((byDate) => [...byDate.values()]);
  return {
    days: days
      .map(({ symbol, date, streams }) => ({
        symbol,
        date,
        streams: STREAMS.filter((stream) => streams.has(stream)),
      }))
      .toSorted((a, b) => compareNames(a.symbol, b.symbol) || compareNames(a.date, b.date)),
    listings: walk.listings,
  };
}

interface Walk {
  readonly raw: Store;
  readonly search: RecordedSearch;
  readonly levels: readonly FolderLevel[];
  readonly wanted: ReadonlySet<SymbolName> | undefined;
  readonly found: Map<SymbolName, Map<UtcDate, SymbolDay & { readonly streams: Set<StreamName> }>>;
  listings: number;
}

interface Folder {
  readonly prefix: string;
  readonly depth: number;
  readonly tokens: NameTokens;
}

async function enter(walk: Walk, { prefix, depth, tokens }: Folder): Promise<void> {
  const place = placeOf(tokens, walk.search.layout);
  if (!isWanted(walk, place, tokens) || note(walk, place)) return;
  const level = walk.levels[depth];
  if (level === undefined) {
    await readChunks(walk, prefix);
    return;
  }
  if (level.literal !== undefined) {
    await enter(walk, { prefix: `${prefix}${level.literal}/`, depth: depth + 1, tokens });
    return;
  }
  countListing(walk);
  const names = await walk.raw.folders(prefix);
  const folders = names.flatMap((name): Folder[] => {
    const more = readFolder(level, name);
    const folder = { prefix: `${prefix}${name}/`, depth: depth + 1 };
    return more === undefined ? [] : [{ ...folder, tokens: { ...tokens, ...more } }];
  });
  await mapBounded(folders, FOLDERS_AT_ONCE, async (folder) => {
    await enter(walk, folder);
  });
}

/** Where the folders do not tell all, the names of the chunks do. */
async function readChunks(walk: Walk, prefix: string): Promise<void> {
  countListing(walk);
  const read = chunkReader(walk.search.layout);
  for (const { name } of await walk.raw.list(prefix)) {
    const place = read(name);
    if (place !== undefined && isWanted(walk, place, {})) note(walk, place);
  }
}

/** False for a place that cannot lead to a symbol-day of the search. */
function isWanted({ search, wanted }: Walk, { symbol, date }: Place, tokens: NameTokens): boolean {
  const { from, to } = search;
  const { year } = tokens;
  if (wanted !== undefined && symbol !== undefined && !wanted.has(symbol)) return false;
  if (
    from !== undefined &&
    (date ?? year ?? '9999') < (date === undefined ? from.slice(0, 4) : from)
  ) {
    return false;
  }
  return to === undefined || (date ?? year ?? '') <= to;
}

/** Notes a place that is whole; false if something is missing of it. */
function note({ found }: Walk, { symbol, date, stream }: Place): boolean {
  if (symbol === undefined || date === undefined || stream === undefined) return false;
  const byDate = found.get(symbol) ?? new Map<UtcDate, SymbolDay & { streams: Set<StreamName> }>();
  found.set(symbol, byDate);
  const day = byDate.get(date) ?? { symbol, date, streams: new Set<StreamName>() };
  day.streams.add(stream);
  byDate.set(date, day);
  return true;
}

function countListing(walk: Walk): void {
  walk.listings += 1;
  if (walk.listings > RECORDED_LISTINGS_MAX) throw tooManyListings(walk.raw);
}

export function tooManyListings({ root }: Store): FlowbarsError {
  return new FlowbarsError('usage', {
    where: root,
    what: 'listings to find what is recorded',
    found: `more than ${RECORDED_LISTINGS_MAX}`,
    expected: `at most ${RECORDED_LISTINGS_MAX} (narrow --symbols, --from or --to)`,
  });
}
