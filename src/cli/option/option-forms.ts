/** Parsers of the option values that are more than a number. */
import type { AllowEmpty } from '../../core/run/good.js';
import { readJson } from '../../core/unit/json.js';
import { symbolName, type SymbolName } from '../../core/unit/symbol.js';
import { type UtcDate, utcDate } from '../../core/unit/utc-date.js';
import { type SymbolChoice, SYMBOLS_MAX } from '../../jobs/plan/symbols.js';
import { quoted, readInstant, refuse } from '../../core/unit/typed-text.js';

const ALL = 'all';
const RUN_ID_PATTERN = /^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$/;

/** `A,B`, `["A","B"]` or `all`. */
export function parseSymbols(text: string, where: string): SymbolChoice {
  if (text === ALL) return ALL;
  const symbols = listOf(text, where).map((name) => symbolName(name, where));
  const seen = new Set<SymbolName>();
  const twice = symbols.find((symbol) => seen.size === seen.add(symbol).size);
  if (twice !== undefined) refuse(where, 'symbols', `'${twice}' twice`, 'each symbol once');
  if (symbols.length > SYMBOLS_MAX) {
    refuse(where, 'symbols', `${symbols.length} symbols`, `at most ${SYMBOLS_MAX}, one per task`);
  }
  return symbols;
}

/** As parseSymbols, but an empty JSON list is allowed. */
export function parseAllowEmpty(text: string, where: string): AllowEmpty {
  if (text === '[]') return [];
  const symbols = parseSymbols(text, where);
  return symbols === ALL ? 'found' : symbols;
}

/** A day, or the first or last day of which something is recorded. */
export type DayChoice = UtcDate | 'first' | 'last';

export function parseDayChoice(text: string, where: string): DayChoice {
  return text === 'first' || text === 'last' ? text : utcDate(text, where);
}

/** An instant in UTC, in milliseconds since the epoch. */
export function parseInstant(text: string, where: string): number {
  const expected = 'an instant in UTC, such as 2024-07-18T10:00:00Z';
  return readInstant(text) ?? refuse(where, 'instant', quoted(text), expected);
}

/** A name that is valid as a folder and within an object name. */
export function parseRunId(text: string, where: string): string {
  if (RUN_ID_PATTERN.test(text)) return text;
  return refuse(where, 'run id', quoted(text), "1 to 128 letters, digits, '_' or '-'");
}

function listOf(text: string, where: string): string[] {
  if (!text.startsWith('[')) return text.split(',').map((name) => name.trim());
  const list = jsonList(text);
  if (list !== undefined && list.length > 0) return list;
  return refuse(where, 'symbols', quoted(text), 'a JSON list of symbols');
}

function jsonList(text: string): string[] | undefined {
  const value = readJson(text);
  if (!Array.isArray(value)) return undefined;
  const names = value.filter((name): name is string => typeof name === 'string');
  return names.length === value.length ? names : undefined;
}
