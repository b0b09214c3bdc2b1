/**
 * Says in words what lies in a root in which no symbol was found, and which option or root may be meant.
 * It is made from a shallow look: the first folders and those below a few of them.
 */
import type { RawLayout } from '../rule/layout.js';
import { STREAMS, type StreamName } from '../rule/symbol-day.js';
import { folderLevels, readFolder } from './folder-levels.js';

/** Folders named in a message. */
const NAMED_MAX = 5;

export interface LookedFolder {
  readonly name: string;
  /** Names of the folders in it. */
  readonly folders: readonly string[];
}

export interface RootLook {
  /** Number of the root's folders. */
  readonly count: number;
  /** The first of them. */
  readonly looked: readonly LookedFolder[];
}

/** True if a looked-at folder holds what the layout puts below a symbol. */
export function holdsSymbols({ looked }: RootLook, layout: RawLayout): boolean {
  const [, next] = folderLevels(layout);
  const fits = (name: string): boolean =>
    next !== undefined && readFolder(next, name) !== undefined;
  return looked.some(({ folders }) => folders.some(fits));
}

/** Two of the four parts of an error. */
export interface RootWords {
  readonly found: string;
  readonly expected: string;
}

export function describeRoot(root: RootLook, layout: RawLayout): RootWords {
  const names = root.looked.map(({ name }) => name);
  const below = root.looked.flatMap(({ folders }) => folders);
  const found = foldersText(root, names);
  if (root.count === 0) {
    return {
      found,
      expected: 'folders of symbols (is it the right root, and is something recorded?)',
    };
  }
  if (names.some((name) => streamMeant(name, layout) !== undefined)) {
    return below.some(isSymbolLike)
      ? {
          found: `${found}, with symbols in them`,
          expected: `--raw-layout ${layoutOf('{stream}', '{symbol}', '{date}')}`,
        }
      : {
          found: `${found}, which look like streams`,
          expected: 'the folder above as raw root, which has a folder per symbol',
        };
  }
  if (names.every(isDate)) return datedRoot(found, dateToken(names), below, layout);
  if (names.every(isYear)) return datedRoot(found, '{year}/{month}/{day}', [], layout);
  return symbolRoot(found, root, layout);
}

/** The first folders are days or years. */
function datedRoot(
  found: string,
  date: string,
  below: readonly string[],
  layout: RawLayout,
): RootWords {
  const streamsNext = below.some((name) => streamMeant(name, layout) !== undefined);
  const next = streamsNext ? ['{stream}', '{symbol}'] : ['{symbol}', '{stream}'];
  const what = date.includes('/') ? 'years' : 'days';
  return {
    found: `${found}, which look like ${what}`,
    expected: `--raw-layout ${layoutOf(date, ...next)}, or the folder of symbols above as raw root`,
  };
}

/** The first folders could be symbols, but none has a folder of a stream. */
function symbolRoot(found: string, { looked }: RootLook, layout: RawLayout): RootWords {
  const below = looked.flatMap(({ folders }) => folders);
  const [first] = looked.filter(({ folders }) => folders.length > 0);
  if (first === undefined) {
    return { found: `${found}, without a folder in them`, expected: streamsWanted(layout) };
  }
  const inFirst = `${found}; in '${first.name}': ${listed(first.folders)}`;
  if (below.every(isDate)) {
    const expected = `--raw-layout ${layoutOf('{symbol}', dateToken(below), '{stream}')}`;
    return { found: inFirst, expected };
  }
  if (below.every(isYear)) {
    const expected = `--raw-layout ${layoutOf('{symbol}', '{year}/{month}/{day}', '{stream}')}`;
    return { found: inFirst, expected };
  }
  const renamed = renamedStreams(below, layout);
  if (renamed !== '') return { found: inFirst, expected: `--stream-names ${renamed}` };
  const isAbove = first.folders.some(isSymbolLike);
  return {
    found: inFirst,
    expected: isAbove ? `the raw root '${first.name}' below it` : streamsWanted(layout),
  };
}

function streamsWanted({ streamNames }: RawLayout): string {
  return `folders '${streamNames.trades}' or '${streamNames.depth}' in those of symbols (--stream-names and --raw-layout say how they are called)`;
}

/** `trades=aggTrade,depth=depth20`, as far as the names tell. */
function renamedStreams(names: readonly string[], layout: RawLayout): string {
  return STREAMS.flatMap((stream) => {
    const name = names.find((one) => streamMeant(one, layout) === stream);
    return name === undefined || name === layout.streamNames[stream] ? [] : [`${stream}=${name}`];
  }).join(',');
}

/** The stream that a folder's name suggests. */
function streamMeant(name: string, { streamNames }: RawLayout): StreamName | undefined {
  const own = STREAMS.find((stream) => streamNames[stream] === name);
  if (own !== undefined) return own;
  if (/^(?:agg|raw|public|futures)?[_-]?trades?$/i.test(name)) return 'trades';
  return /^(?:partial)?[_-]?(?:depth|book|order_?book|l2_?book|snapshots?)/i.test(name)
    ? 'depth'
    : undefined;
}

/** Binance's way of writing symbols, in either case. */
function isSymbolLike(name: string): boolean {
  return /^[\p{L}\p{Nd}]+(?:USDT|USDC|USD|BUSD|BTC|ETH|PERP)(?:[_-]\w+)?$/iu.test(name);
}

function isDate(name: string): boolean {
  return /^\d{4}-?\d{2}-?\d{2}$/.test(name);
}

/** `2025-12-20` or `20251220`. */
function dateToken([name = '']: readonly string[]): string {
  return name.includes('-') ? '{date}' : '{year}{month}{day}';
}

function isYear(name: string): boolean {
  return /^(?:19|20)\d{2}$/.test(name);
}

/** A template in quotes, to be copied. */
function layoutOf(...folders: readonly string[]): string {
  return `'${folders.join('/')}/{hour}-{minute}.csv'`;
}

function foldersText({ count }: RootLook, names: readonly string[]): string {
  if (count === 0) return 'no folder';
  return count === 1 ? `the folder ${listed(names)}` : `${count} folders, ${listed(names)}`;
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, NAMED_MAX).map((name) => `'${name}'`);
  return names.length > NAMED_MAX ? `${shown.join(', ')}, …` : shown.join(', ');
}
