/**
 * The raw layout: a template of chunk names below the raw root (docs/INPUT.md). It gives prefixes to
 * list, and reads the minute back from a name. layout-levels.ts reads the folders above the chunks.
 */
import { FlowbarsError } from '../unit/errors.js';
import type { SymbolName } from '../unit/symbol.js';
import type { UtcDate } from '../unit/utc-date.js';
import type { StreamNames } from './stream-names.js';
import type { StreamName } from './symbol-day.js';

/** What names the chunks of a recording; the rules of a day are one. */
export interface RawLayout {
  /** The template. */
  readonly rawLayout: string;
  readonly streamNames: StreamNames;
}

export interface ChunkFolder {
  readonly symbol: SymbolName;
  readonly stream: StreamName;
  readonly date: UtcDate;
}

type Texts<T> = Readonly<Record<keyof T, string>>;

/** What a recorder or an import writes where a chunk holds an hour. */
export const HOUR_LAYOUT = '{symbol}/{stream}/{date}/{hour}.csv';

const ALWAYS = ['symbol', 'stream', 'hour'] as const;
const DATE_PARTS = ['year', 'month', 'day'] as const;
const TOKENS: readonly string[] = [...ALWAYS, 'date', ...DATE_PARTS, 'minute'];

/** Throws a usage error unless the template is a relative name with each token at most once and no other. */
export function checkLayout(template: string, where: string): void {
  const found = tokensOf(template);
  const has = (name: string): boolean => found.includes(name);
  const isComplete = ALWAYS.every(has) && DATE_PARTS.every((part) => has(part) !== has('date'));
  const isPlain = found.every(
    (name, index) => TOKENS.includes(name) && found.indexOf(name) === index,
  );
  if (isComplete && isPlain && !/^\/|\/\/|\/$|(^|\/)\.{1,2}(\/|$)/.test(template)) return;
  throw new FlowbarsError('usage', {
    where,
    what: 'raw layout',
    found: `'${template}'`,
    expected:
      'a relative name with {symbol}, {stream}, {hour}, {minute} (unless a chunk holds an hour), and {date} or {year}, {month}, {day}, once each',
  });
}

function tokensOf(template: string): string[] {
  return [...template.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] ?? '');
}

/** Minutes that a chunk covers: 60 if the template has no `{minute}`. */
export function chunkSpanMinutes(template: string): 1 | 60 {
  return template.includes('{minute}') ? 1 : 60;
}

/** A window of chunk minutes in whole chunks: 2 minutes are an hour where a chunk covers one. */
export function wholeChunks({ rawLayout }: Pick<RawLayout, 'rawLayout'>, minutes: number): number {
  const span = chunkSpanMinutes(rawLayout);
  return Math.ceil(minutes / span) * span;
}

/** Name prefix of a stream's chunks of a day, or of one `hour` if the template allows it. */
export function listPrefix(layout: RawLayout, folder: ChunkFolder, hour?: number): string {
  const [stem] = stemAndEnding(layout.rawLayout);
  const filled = fillFolder(stem, layout, folder);
  const withHour = hour === undefined ? filled : filled.replace('{hour}', twoDigits(hour));
  const cut = withHour.search(/\{hour\}|\{minute\}/);
  return cut < 0 ? withHour : withHour.slice(0, cut);
}

/** Name of a chunk, without a part. */
export function chunkName(
  layout: RawLayout,
  folder: Texts<Pick<ChunkFolder, 'symbol' | 'date'>> & Pick<ChunkFolder, 'stream'>,
  minuteOfDay: number,
): string {
  return fillFolder(layout.rawLayout, layout, folder)
    .replace('{hour}', twoDigits(Math.floor(minuteOfDay / 60)))
    .replace('{minute}', twoDigits(minuteOfDay % 60));
}

/** True if the hour comes before the symbol, stream or date: then a day is listed hour by hour. */
export function hasHourFirst(template: string): boolean {
  const hourAt = template.indexOf('{hour}');
  const ofFolder = ['symbol', 'stream', 'date', ...DATE_PARTS];
  return ofFolder.some((token) => template.indexOf(`{${token}}`) > hourAt);
}

/** True if the first folders of a root in this layout are its symbols. */
export function hasSymbolFirst(template: string): boolean {
  return template.startsWith('{symbol}/');
}

/** Reads names back: the chunk's first minute of the day, or undefined if the name is not a chunk of this folder. */
export function minuteOf(
  layout: RawLayout,
  folder: ChunkFolder,
): (name: string) => number | undefined {
  const [year = '', month = '', day = ''] = folder.date.split('-');
  const texts = { ...folder, stream: layout.streamNames[folder.stream], year, month, day };
  const known: Record<string, string> = {};
  for (const [token, text] of Object.entries(texts)) {
    known[token] = escapeText(text.normalize('NFC'));
  }
  const pattern = chunkPattern(layout.rawLayout, known);
  return (name) => {
    const groups = pattern.exec(name.normalize('NFC'))?.groups;
    return groups === undefined ? undefined : minuteIn(groups);
  };
}

/** Undefined for an hour or minute that no day has. */
export function minuteIn(groups: Readonly<Record<string, string | undefined>>): number | undefined {
  const hour = Number(groups['hour']);
  const minute = Number(groups['minute'] ?? 0);
  return hour < 24 && minute < 60 ? hour * 60 + minute : undefined;
}

/**
 * A chunk's name: the template with `_{part}` before its extension and `.gz` after it, both optional.
 * `sources`: a pattern for each token that is neither hour nor minute.
 */
export function chunkPattern(template: string, sources: Readonly<Record<string, string>>): RegExp {
  const [stem, ending] = stemAndEnding(template);
  const all = { ...sources, ...CLOCK_PATTERNS, part: '(?<part>_[A-Za-z0-9-]+)?' };
  return new RegExp(String.raw`^${patternSource(`${stem}{part}${ending}`, all)}(?:\.gz)?$`, 'u');
}

const CLOCK_PATTERNS = {
  hour: String.raw`(?<hour>\d{2})`,
  minute: String.raw`(?<minute>\d{2})`,
} as const;

/** The source of a pattern for a piece of a template; text that is no token stands for itself. */
export function patternSource(piece: string, sources: Readonly<Record<string, string>>): string {
  return piece
    .split(/\{(\w+)\}/)
    .map((text, index) => (index % 2 === 0 ? escapeText(text) : (sources[text] ?? '')))
    .join('');
}

/** Cut before the extension of the last segment: a part stands between the two. */
function stemAndEnding(template: string): readonly [stem: string, ending: string] {
  const slash = template.lastIndexOf('/');
  const dot = template.lastIndexOf('.');
  const stemEnd = dot > slash ? dot : template.length;
  return [template.slice(0, stemEnd), template.slice(stemEnd)];
}

function fillFolder(
  template: string,
  { streamNames }: RawLayout,
  {
    symbol,
    stream,
    date,
  }: Texts<Pick<ChunkFolder, 'symbol' | 'date'>> & Pick<ChunkFolder, 'stream'>,
): string {
  const [year = '', month = '', day = ''] = date.split('-');
  const texts: Readonly<Record<string, string>> = {
    symbol,
    stream: streamNames[stream],
    date,
    year,
    month,
    day,
  };
  return template.replaceAll(/\{(\w+)\}/g, (token, name: string) => texts[name] ?? token);
}

export function escapeText(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
