/**
 * The folders of a raw root, level by level, and what their names say: the way from a root to the
 * symbol-days of which something is recorded, without listing a chunk where folders alone tell.
 */
import {
  chunkPattern,
  escapeText,
  minuteIn,
  patternSource,
  type RawLayout,
} from '../rule/layout.js';
import { STREAMS, type StreamName } from '../rule/symbol-day.js';
import { parseSymbol, type SymbolName } from '../unit/symbol.js';
import { parseUtcDate, type UtcDate } from '../unit/utc-date.js';

/** What the names of some folders say so far, by token. */
export type NameTokens = Readonly<Record<string, string | undefined>>;

export interface FolderLevel {
  /** The level's name if it is the same in every folder. */
  readonly literal: string | undefined;
  /** Its named groups are tokens. */
  readonly pattern: RegExp;
}

/** The place that names give, as far as they do. */
export interface Place {
  readonly symbol: SymbolName | undefined;
  readonly stream: StreamName | undefined;
  readonly date: UtcDate | undefined;
}

/** The folders above the chunks, from the root down. */
export function folderLevels(layout: RawLayout): readonly FolderLevel[] {
  const sources = tokenSources(layout);
  const folders = layout.rawLayout.split('/').slice(0, -1);
  return folders.map((piece) => ({
    literal: piece.includes('{') ? undefined : piece,
    pattern: new RegExp(`^${patternSource(piece, sources)}$`, 'u'),
  }));
}

/** Reads the whole name of a chunk; undefined for other names. */
export function chunkReader(
  layout: RawLayout,
): (name: string) => (Place & { readonly minute: number; readonly isPart: boolean }) | undefined {
  const pattern = chunkPattern(layout.rawLayout, tokenSources(layout));
  return (name) => {
    const groups = pattern.exec(name.normalize('NFC'))?.groups;
    const minute = groups && minuteIn(groups);
    return groups === undefined || minute === undefined
      ? undefined
      : { ...placeOf(groups, layout), minute, isPart: groups['part'] !== undefined };
  };
}

/** The tokens of a folder's name; undefined if the name does not fit its level. */
export function readFolder({ pattern }: FolderLevel, name: string): NameTokens | undefined {
  const found = pattern.exec(name.normalize('NFC'));
  return found === null ? undefined : (found.groups ?? {});
}

export function placeOf(tokens: NameTokens, { streamNames }: RawLayout): Place {
  const { symbol, stream, date, year, month, day } = tokens;
  return {
    symbol: symbol === undefined ? undefined : parseSymbol(symbol),
    stream: STREAMS.find((one) => streamNames[one].normalize('NFC') === stream),
    date: parseUtcDate(date ?? `${year}-${month}-${day}`),
  };
}

function tokenSources({ streamNames }: RawLayout): Readonly<Record<string, string>> {
  const names = STREAMS.map((stream) => escapeText(streamNames[stream].normalize('NFC')));
  return {
    symbol: String.raw`(?<symbol>(?!_)[\p{L}\p{Nd}_-]+)`,
    stream: `(?<stream>${names.join('|')})`,
    date: String.raw`(?<date>\d{4}-\d{2}-\d{2})`,
    year: String.raw`(?<year>\d{4})`,
    month: String.raw`(?<month>\d{2})`,
    day: String.raw`(?<day>\d{2})`,
    hour: String.raw`(?<hour>\d{2})`,
    minute: String.raw`(?<minute>\d{2})`,
  };
}
