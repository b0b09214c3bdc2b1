/**
 * The oracle's reader of one side of a book: a strict JSON array of `[price, quantity]` pairs. Numbers are
 * taken from their source text and never pass through a float.
 */
import { parseDecimalE18 } from './decimal.js';

/** One price level, both at 18 decimals. */
export interface Level {
  priceE18: bigint;
  quantityE18: bigint;
}

/** More levels on a side make the row malformed. */
export const levelsMax = 20;

interface Cursor {
  text: string;
  at: number;
}

const numberToken = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;

const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/** The levels, best first; undefined unless the text is 0 to 20 pairs of numbers. */
export function levelsOf(text: string): Level[] | undefined {
  const cursor: Cursor = { text, at: 0 };
  const levels = arrayOf(cursor, level);
  if (levels === undefined) return undefined;
  skipSpace(cursor);
  if (cursor.at !== text.length || levels.length > levelsMax) return undefined;
  return levels;
}

function level(cursor: Cursor): Level | undefined {
  const pair = arrayOf(cursor, numberOrString);
  if (pair === undefined || pair.length !== 2) return undefined;
  const [priceText, quantityText] = pair;
  if (priceText === undefined || quantityText === undefined) return undefined;
  const priceE18 = parseDecimalE18(priceText);
  const quantityE18 = parseDecimalE18(quantityText);
  if (priceE18 === undefined || quantityE18 === undefined) return undefined;
  return { priceE18, quantityE18 };
}

function arrayOf<T>(cursor: Cursor, element: (cursor: Cursor) => T | undefined): T[] | undefined {
  if (!take(cursor, '[')) return undefined;
  const elements: T[] = [];
  if (take(cursor, ']')) return elements;
  for (;;) {
    const next = element(cursor);
    if (next === undefined) return undefined;
    elements.push(next);
    if (take(cursor, ']')) return elements;
    if (!take(cursor, ',')) return undefined;
  }
}

/** A number's source text, or a string's content: both hold what parseDecimalE18 reads. */
function numberOrString(cursor: Cursor): string | undefined {
  if (take(cursor, '"')) return stringRest(cursor);
  numberToken.lastIndex = cursor.at;
  const match = numberToken.exec(cursor.text);
  if (match === null) return undefined;
  cursor.at += match[0].length;
  return match[0];
}

function stringRest(cursor: Cursor): string | undefined {
  let content = '';
  for (;;) {
    const character = cursor.text[cursor.at];
    cursor.at += 1;
    if (character === undefined || character < ' ') return undefined;
    if (character === '"') return content;
    if (character !== '\\') {
      content += character;
      continue;
    }
    const escaped = escapeRest(cursor);
    if (escaped === undefined) return undefined;
    content += escaped;
  }
}

function escapeRest(cursor: Cursor): string | undefined {
  const kind = cursor.text[cursor.at];
  cursor.at += 1;
  if (kind === undefined) return undefined;
  if (kind !== 'u') return escapes[kind];
  const hex = cursor.text.slice(cursor.at, cursor.at + 4);
  if (!/^[0-9a-fA-F]{4}$/.test(hex)) return undefined;
  cursor.at += 4;
  return String.fromCharCode(Number.parseInt(hex, 16));
}

function take(cursor: Cursor, character: string): boolean {
  skipSpace(cursor);
  if (cursor.text[cursor.at] !== character) return false;
  cursor.at += 1;
  return true;
}

function skipSpace(cursor: Cursor): void {
  while (/[ \t\n\r]/.test(cursor.text[cursor.at] ?? '')) cursor.at += 1;
}
