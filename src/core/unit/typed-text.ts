/**
 * Reads text from a command line or a variable as a value. Each reader gets the place of the text and
 * throws a usage error that names it.
 */
import { FlowbarsError } from './errors.js';
import { isoStampMs } from './utc-date.js';

/** Reads a text; `where` is the option or the variable that held it. */
export type TextReader<T> = (text: string, where: string) => T;

const INSTANT_PATTERN = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?Z$/;

export function refuse(where: string, what: string, found: string, expected: string): never {
  throw new FlowbarsError('usage', { where, what, found, expected });
}

/** Quotes user input for an error. */
export function quoted(text: string): string {
  return text === '' ? 'nothing' : `'${text}'`;
}

/** Reads any text except the empty one. */
export function parseText(text: string, where: string): string {
  return text === '' ? refuse(where, 'value', 'nothing', 'a value') : text;
}

/** A reader of whole numbers from min to max, both included. */
export function wholeNumber(min: number, max: number): TextReader<number> {
  return (text, where) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= min && value <= max) return value;
    return refuse(where, 'number', quoted(text), `a whole number from ${min} to ${max}`);
  };
}

/** A reader of plain decimal numbers from min to max, both included. */
export function decimalNumber(min: number, max: number, unit = ''): TextReader<number> {
  return (text, where) => {
    const value = /^\d{1,15}(?:\.\d{1,15})?$/.test(text) ? Number(text) : Number.NaN;
    if (value >= min && value <= max) return value;
    const expected = `a number${unit === '' ? '' : ` of ${unit}`} from ${min} to ${max}`;
    return refuse(where, 'number', quoted(text), expected);
  };
}

/** A reader of one of a few words. */
export function oneOf<const T extends string>(words: readonly T[]): TextReader<T> {
  return (text, where) =>
    words.find((word) => word === text) ??
    refuse(where, 'value', quoted(text), words.map((word) => `'${word}'`).join(' or '));
}

/** Stands for an empty list. */
export const NONE = 'none';

/** A reader of some of a few words, `A,B`, or `none`. Their order is that of `words`. */
export function someOf<const T extends string>(words: readonly T[]): TextReader<readonly T[]> {
  const one = oneOf(words);
  return (text, where) => {
    if (text === NONE) return [];
    const found = text.split(',').map((word) => one(word, where));
    return words.filter((word) => found.includes(word));
  };
}

export function printWords(words: readonly string[]): string {
  return words.length === 0 ? NONE : words.join(',');
}

export function parseBoolean(text: string, where: string): boolean {
  if (['true', '1', 'yes'].includes(text)) return true;
  if (['false', '0', 'no'].includes(text)) return false;
  return refuse(where, 'flag', quoted(text), `'true' or 'false'`);
}

/** An instant in UTC, in milliseconds since the epoch; undefined for any other text. */
export function readInstant(text: string): number | undefined {
  if (!INSTANT_PATTERN.test(text)) return undefined;
  const instant = Date.parse(text);
  if (!Number.isFinite(instant)) return undefined;
  // Date.parse accepts 2024-02-30 and 24:00 and rolls them over: the stamp must stay the same.
  return isoStampMs(instant).startsWith(text.slice(0, 16)) ? instant : undefined;
}
