/**
 * csv-parse and csv-stringify, each loaded with the first text that needs it. Loading both takes 40 ms, and
 * most commands and threads need neither.
 */
import { createRequire } from 'node:module';
import type * as parser from 'csv-parse/sync';
import type * as stringifier from 'csv-stringify/sync';
import { assert } from '../../core/unit/errors.js';

type Parser = Pick<typeof parser, 'CsvError' | 'parse'>;
type Stringifier = Pick<typeof stringifier, 'stringify'>;

const load: (name: string) => unknown = createRequire(import.meta.url);
let loadedParser: Parser | undefined;
let loadedStringifier: Stringifier | undefined;

export function csvParser(): Parser {
  if (loadedParser !== undefined) return loadedParser;
  const library = load('csv-parse/sync');
  assert(isParser(library), 'csv-parse parses');
  loadedParser = library;
  return library;
}

export function csvStringifier(): Stringifier {
  if (loadedStringifier !== undefined) return loadedStringifier;
  const library = load('csv-stringify/sync');
  assert(isStringifier(library), 'csv-stringify writes');
  loadedStringifier = library;
  return library;
}

function isParser(library: unknown): library is Parser {
  return typeof library === 'object' && library !== null && 'parse' in library;
}

function isStringifier(library: unknown): library is Stringifier {
  return typeof library === 'object' && library !== null && 'stringify' in library;
}
