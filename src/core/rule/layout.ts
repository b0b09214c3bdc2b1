/**
 * The raw layout: a template of chunk names below the raw root (docs/INPUT.md). It gives prefixes to
 * list, and reads the minute back from a name.
 */
import { FlowbarsError } from '../unit/errors.js';
import type { SymbolName } from '../unit/symbol.js';
import type { UtcDate } from '../unit/utc-date.js';
import type { StreamName } from './symbol-day.js';

const TOKENS = ['symbol', 'stream', 'date', 'hour', 'minute'] as const;

/** Throws a usage error unless the template is a relative name with each token once and no other. */
export function checkLayout(template: string, where: string): void {
  const found = [...template.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] ?? '');
  const isComplete = TOKENS.every((token) => found.filter((name) => name === token).length === 1);
  if (
    isComplete &&
    found.length === TOKENS.length &&
    !/^\/|\/\/|\/$|(^|\/)\.{1,2}(\/|$)/.test(template)
  ) {
    return;
  }
  throw new FlowbarsError('usage', {
    where,
    what: 'raw layout',
    found: `'${template}'`,
    expected: `a relative name with ${TOKENS.map((token) => `{${token}}`).join(', ')} once each`,
  });
}

export interface ChunkFolder {
  readonly symbol: SymbolName;
  readonly stream: StreamName;
  readonly date: UtcDate;
}

type Texts<T> = Readonly<Record<keyof T, string>>;

/** Name prefix of a stream's chunks of a day, or of one `hour` if the template allows it. */
export function listPrefix(template: string, folder: ChunkFolder, hour?: number): string {
  const filled = fillFolder(template, folder);
  const withHour = hour === undefined ? filled : filled.replace('{hour}', twoDigits(hour));
  const cut = withHour.search(/\{hour\}|\{minute\}/);
  return cut < 0 ? withHour : withHour.slice(0, cut);
}

/** Name of a chunk, without a part. */
export function chunkName(
  template: string,
  folder: Texts<ChunkFolder>,
  minuteOfDay: number,
): string {
  return fillFolder(template, folder)
    .replace('{hour}', twoDigits(Math.floor(minuteOfDay / 60)))
    .replace('{minute}', twoDigits(minuteOfDay % 60));
}

/** True if the hour comes before the symbol, stream or date: then a day is listed hour by hour. */
export function hasHourFirst(template: string): boolean {
  const hourAt = template.indexOf('{hour}');
  return ['{symbol}', '{stream}', '{date}'].some((token) => template.indexOf(token) > hourAt);
}

/** True if the first folders of a root in this layout are its symbols. */
export function hasSymbolFirst(template: string): boolean {
  return template.startsWith('{symbol}/');
}

/** Reads names back: the minute of the day, or undefined if the name is not a chunk of this folder. */
export function minuteOf(
  template: string,
  folder: ChunkFolder,
): (name: string) => number | undefined {
  const pattern = chunkPattern(template, folder);
  return (name) => {
    const groups = pattern.exec(name)?.groups;
    if (groups === undefined) return undefined;
    const hour = Number(groups['hour']);
    const minute = Number(groups['minute']);
    return hour < 24 && minute < 60 ? hour * 60 + minute : undefined;
  };
}

/** The template with `_{part}` before its extension and `.gz` after it, both optional. */
function chunkPattern(template: string, folder: ChunkFolder): RegExp {
  const slash = template.lastIndexOf('/');
  const dot = template.lastIndexOf('.');
  const stemEnd = dot > slash ? dot : template.length;
  const sources: Readonly<Record<string, string>> = {
    symbol: escapeText(folder.symbol),
    stream: escapeText(folder.stream),
    date: escapeText(folder.date),
    hour: String.raw`(?<hour>\d{2})`,
    minute: String.raw`(?<minute>\d{2})`,
    part: '(?:_[A-Za-z0-9-]+)?',
  };
  const source = `${template.slice(0, stemEnd)}{part}${template.slice(stemEnd)}`
    .split(/\{(\w+)\}/)
    .map((text, index) => (index % 2 === 0 ? escapeText(text) : (sources[text] ?? '')))
    .join('');
  return new RegExp(String.raw`^${source}(?:\.gz)?$`, 'u');
}

function fillFolder(template: string, { symbol, stream, date }: Texts<ChunkFolder>): string {
  return template
    .replace('{symbol}', () => symbol)
    .replace('{stream}', () => stream)
    .replace('{date}', () => date);
}

function escapeText(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
