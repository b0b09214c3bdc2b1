/**
 * Says in words what lies in a root in which nothing was found, and which option or root may be meant.
 * It is made from a shallow look: the first folders, those below a few of them, and a file of each.
 */
import type { RawLayout } from '../rule/layout.js';
import { STREAMS } from '../rule/symbol-day.js';
import { counted } from '../unit/words.js';
import { folderLevels, readFolder } from './folder-levels.js';
import { isDate, isSymbolLike, isYear, streamMeant, unpackAdvice } from './name-meaning.js';
import { readPathLayout } from './path-layout.js';

/** Folders named in a message. */
const NAMED_MAX = 5;

export interface LookedFolder {
  readonly name: string;
  /** Names of the folders in it. */
  readonly folders: readonly string[];
  /** Path from the root of the first file found on the way down; undefined if there is none. */
  readonly example: string | undefined;
}

export interface RootLook {
  /** Number of the root's folders. */
  readonly count: number;
  /** The first of them. */
  readonly looked: readonly LookedFolder[];
  /** Names of the files in the root itself; only looked for in a root without folders. */
  readonly files: readonly string[];
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
  const examples = examplesOf(root);
  const fitting = examples.map((path) => ({ path, options: optionsFor(path, root, layout) }));
  const [best] = fitting.filter(({ options }) => options !== undefined && options !== '');
  if (best?.options !== undefined) {
    return { found: foundText(root, best.path), expected: best.options };
  }
  const [example] = examples;
  const advice = example === undefined ? undefined : fileAdvice(example, layout);
  if (advice !== undefined) return { found: foundText(root, example), expected: advice };
  return rootAdvice(root, example, layout);
}

/** True if a file was found that the layout reads as it is. */
export function isRightAsItIs(root: RootLook, layout: RawLayout): boolean {
  return examplesOf(root).some((path) => optionsFor(path, root, layout) === '');
}

function examplesOf({ files, looked }: RootLook): string[] {
  const [file] = files;
  return [file, ...looked.map(({ example }) => example)].filter((path) => path !== undefined);
}

/** The options or the root that fit the file; empty if it fits as it is. */
function optionsFor(path: string, root: RootLook, layout: RawLayout): string | undefined {
  if (unpackAdvice(path) !== undefined) return undefined;
  const read = readPathLayout(path, layout);
  if (read === undefined || read === 'whole day') return undefined;
  const { above, rawLayout, stream, streamText } = read;
  const texts = [streamText, ...root.looked.flatMap(({ name, folders }) => [name, ...folders])];
  const names = STREAMS.map((one) => {
    const own = one === stream ? [streamText] : texts;
    const name = own.find((text) => streamMeant(text, layout) === one) ?? layout.streamNames[one];
    return { stream: one, name, isNew: name !== layout.streamNames[one] };
  });
  const below = above === '' ? '' : `the raw root '${above.slice(0, -1)}' below it`;
  // The option is given anew: it has to say what it said before as well.
  const said = names.filter((one) => one.isNew || one.name !== one.stream);
  const renamed = said.map((one) => `${one.stream}=${one.name}`).join(',');
  const named = names.some(({ isNew }) => isNew) ? `--stream-names ${renamed}` : '';
  const laid = rawLayout === layout.rawLayout ? '' : `--raw-layout '${rawLayout}'`;
  const options = [laid, named].filter((text) => text !== '').join(' ');
  return [below, options].filter((text) => text !== '').join(' with ');
}

/** What to do with a file that no layout reads. */
function fileAdvice(path: string, layout: RawLayout): string | undefined {
  const unpack = unpackAdvice(path);
  if (unpack !== undefined) return `CSV, plain or packed with gzip (${unpack})`;
  return readPathLayout(path, layout) === 'whole day'
    ? 'an hour in the name (is it a whole day? name it as the hour 23, or cut it into hours)'
    : undefined;
}

/** Where no file tells which layout is meant. */
function rootAdvice(root: RootLook, example: string | undefined, layout: RawLayout): RootWords {
  const found = foundText(root, example);
  const names = root.looked.map(({ name }) => name);
  if (root.count === 0) {
    const expected =
      root.files.length === 0
        ? 'folders of symbols (is it the right root, and is something recorded?)'
        : `--raw-layout for names with symbol, stream, date and hour, such as '{symbol}-{stream}-{date}-{hour}.csv'`;
    return { found, expected };
  }
  const look = (what: string): string => {
    const looks = root.count === 1 ? `looks like a ${what}` : `look like ${what}s`;
    return foundText(root, example, `, which ${looks}`);
  };
  if (names.some((name) => streamMeant(name, layout) !== undefined)) {
    const expected = 'the folder above as raw root, which has a folder per symbol';
    return { found: look('stream'), expected };
  }
  if (names.every(isDate) || names.every(isYear)) {
    const expected = 'the folder of symbols above as raw root';
    return { found: look(names.every(isDate) ? 'day' : 'year'), expected };
  }
  const [first] = root.looked.filter(({ folders }) => folders.length > 0);
  const isAbove =
    first !== undefined && !isSymbolLike(first.name) && first.folders.some(isSymbolLike);
  return {
    found,
    expected: isAbove ? `the raw root '${first.name}' below it` : streamsWanted(layout),
  };
}

function streamsWanted({ rawLayout, streamNames }: RawLayout): string {
  return `files as ${rawLayout} says, with the streams '${streamNames.trades}' or '${streamNames.depth}' (--stream-names and --raw-layout say how they are called)`;
}

/** `2 folders, 'a', 'b'; in 'a': 'x', such as 'a/x/1.csv'`. */
function foundText(
  { count, looked, files }: RootLook,
  example: string | undefined,
  note: string = '',
): string {
  if (count === 0) {
    return files.length === 0
      ? 'no folder'
      : `no folder but ${counted(files.length, 'file')}, such as '${files[0] ?? ''}'`;
  }
  const names = listed(looked.map(({ name }) => name));
  const folders = `${count === 1 ? `the folder ${names}` : `${count} folders, ${names}`}${note}`;
  const inner = looked.find(({ name }) => example?.startsWith(`${name}/`) === true);
  const first = inner ?? looked.find((one) => one.folders.length > 0);
  if (first === undefined) {
    return `${folders}, without a folder or file in ${count === 1 ? 'it' : 'them'}`;
  }
  const inside = first.folders.length === 0 ? '' : `; in '${first.name}': ${listed(first.folders)}`;
  return `${folders}${inside}${example === undefined ? '' : `, such as '${example}'`}`;
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, NAMED_MAX).map((name) => `'${name}'`);
  return names.length > NAMED_MAX ? `${shown.join(', ')}, …` : shown.join(', ');
}
