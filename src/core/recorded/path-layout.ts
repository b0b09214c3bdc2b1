/** Reads a layout off the path of one file, where the path has a form that can be recognised. */
import { checkLayout, type RawLayout } from '../rule/layout.js';
import type { StreamName } from '../rule/symbol-day.js';
import { FlowbarsError } from '../unit/errors.js';
import { parseSymbol } from '../unit/symbol.js';
import { chunkReader } from './folder-levels.js';
import { dateToken, isDate, isSymbolLike, isYear, streamMeant } from './name-meaning.js';

export interface PathLayout {
  /** Folders above the first token: the raw root is below them. `data/` or empty. */
  readonly above: string;
  readonly rawLayout: string;
  readonly stream: StreamName;
  /** How the path calls the stream. */
  readonly streamText: string;
}

/** `whole day`: all is there but the hour. Undefined: nobody can tell. */
export function readPathLayout(
  path: string,
  layout: RawLayout,
): PathLayout | 'whole day' | undefined {
  const reading: Reading = { layout, tokens: new Map(), literals: [], repeated: 0 };
  const segments = path.replace(/\.gz$/u, '').split('/');
  const file = segments.pop() ?? '';
  const folders = segments.map((segment, index) => readSegment(reading, segment, index));
  const dot = file.lastIndexOf('.');
  const ending = dot < 0 ? '' : file.slice(dot);
  const stem = readStem(reading, dot < 0 ? file : file.slice(0, dot));
  if (!reading.tokens.has('{symbol}')) takeSymbol(reading, folders);
  const head = folders.findIndex((folder) => folder.includes('{'));
  const above = head > 0 ? `${folders.slice(0, head).join('/')}/` : '';
  const rawLayout = [...folders.slice(Math.max(0, head)), `${stem}${ending}`].join('/');
  const streamText = reading.tokens.get('{stream}');
  const stream = streamText && streamMeant(streamText, layout);
  if (streamText === undefined || stream === undefined || stream === '') return undefined;
  const names = { ...layout.streamNames, [stream]: streamText };
  const isOnce = reading.repeated === 0;
  if (isOnce && fits({ rawLayout, streamNames: names }, path.slice(above.length))) {
    return { above, rawLayout, stream, streamText };
  }
  const { tokens } = reading;
  const isDay = tokens.has('{date}') || tokens.has('{day}');
  return isDay && tokens.has('{symbol}') && !tokens.has('{hour}') ? 'whole day' : undefined;
}

/** What the pieces so far were read as. */
interface Reading {
  readonly layout: RawLayout;
  /** Token to its text. */
  readonly tokens: Map<string, string>;
  /** Indices of folders that mean nothing by themselves. */
  readonly literals: number[];
  /** Pieces that say a second time what a layout has once. */
  repeated: number;
}

/** A folder's name as a piece of a template; `key=` stays in front of a value. */
function readSegment(reading: Reading, segment: string, index: number): string {
  const [, key = '', value = segment] = /^(\w+=)?(.*)$/su.exec(segment) ?? [];
  const token = readPiece(reading, value);
  if (token === undefined) reading.literals.push(index);
  return `${key}${token ?? value}`;
}

/** Pieces of a file's name are parted by `-`, `_`, `.` and `T`; what follows the clock is a part. */
function readStem(reading: Reading, stem: string): string {
  const date = /\d{4}-\d{2}-\d{2}|(?<!\d)\d{8}(?!\d)/u.exec(stem)?.[0] ?? '';
  if (date !== '') readPiece(reading, date);
  const dated = date === '' ? stem : stem.replace(date, dateToken(date));
  const pieces = dated.split(/([-_.]|(?<=\}|\d)T(?=\d))/u);
  const read = pieces.map((piece) => readPiece(reading, piece) ?? piece).join('');
  return reading.tokens.has('{hour}') ? read.replace(/(?<=\})_[A-Za-z0-9-]+$/u, '') : read;
}

/** Undefined if it is no token, or one that was there, which no layout has twice. */
function readPiece(reading: Reading, piece: string): string | undefined {
  const { tokens, layout } = reading;
  const take = (token: string): string | undefined => {
    if (tokens.has(token)) {
      reading.repeated += 1;
      return undefined;
    }
    tokens.set(token, piece);
    return token;
  };
  const hasDay = tokens.has('{date}') || tokens.has('{day}');
  if (isDate(piece)) {
    if (tokens.has('{year}')) reading.repeated += 1;
    return take('{date}') && dateToken(piece);
  }
  if (/^\d{2}$/u.test(piece)) return take(nextClock(tokens, hasDay));
  if (hasDay && !tokens.has('{hour}') && /^\d{4}$/u.test(piece)) {
    tokens.set('{hour}', piece);
    return '{hour}{minute}';
  }
  if (!hasDay && isYear(piece)) return take('{year}');
  if (streamMeant(piece, layout) !== undefined) return take('{stream}');
  return isSymbolLike(piece) ? take('{symbol}') : undefined;
}

/** What two digits mean at this place. */
function nextClock(tokens: Reading['tokens'], hasDay: boolean): string {
  if (!hasDay && tokens.has('{year}')) return tokens.has('{month}') ? '{day}' : '{month}';
  return tokens.has('{hour}') ? '{minute}' : '{hour}';
}

/** Of folders that mean nothing by themselves, the last can be a symbol of unusual form. */
function takeSymbol({ tokens, literals }: Reading, folders: string[]): void {
  const at = literals.at(-1);
  const name = at === undefined ? undefined : folders[at];
  if (at === undefined || name === undefined || parseSymbol(name) === undefined) return;
  tokens.set('{symbol}', name);
  folders[at] = '{symbol}';
}

/** Whether the layout reads the path back. */
function fits(layout: RawLayout, path: string): boolean {
  try {
    checkLayout(layout.rawLayout, 'path');
  } catch (error) {
    if (error instanceof FlowbarsError) return false;
    throw error;
  }
  const place = chunkReader(layout)(path);
  return [place?.symbol, place?.stream, place?.date].every((part) => part !== undefined);
}
