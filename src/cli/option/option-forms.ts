/** Parsers of the option values that are more than a number. */
import type { AllowEmpty } from '../../core/run/good.js';
import { readJson } from '../../core/unit/json.js';
import { symbolName } from '../../core/unit/symbol.js';
import type { SymbolChoice } from '../../jobs/plan/symbols.js';
import { quoted, readInstant, refuse } from '../../core/unit/typed-text.js';
import { utcDate } from '../../core/unit/utc-date.js';
import { isDayWord, type SaidDay } from '../../core/plan/relative-days.js';
import {
  isPattern,
  isSymbolPattern,
  type SymbolPatterns,
  SYMBOLS_MAX,
} from '../../core/plan/symbol-pattern.js';

const ALL = 'all';
const RUN_ID_PATTERN = /^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$/;

/** `A,B`, `["A","B"]` or `all`. */
export function parseSymbols(text: string, where: string): SymbolChoice {
  if (text === ALL) return ALL;
  const symbols = listOf(text, where).map((name) => symbolName(name, where));
  refuseOddList(symbols, where);
  return symbols;
}

/** As parseSymbols, but an entry may also be a pattern: `BTC*`. */
export function parseSymbolPatterns(text: string, where: string): SymbolChoice | SymbolPatterns {
  if (!isPattern(text)) return parseSymbols(text, where);
  const matching = listOf(text, where);
  for (const entry of matching) {
    if (isPattern(entry) && isSymbolPattern(entry)) continue;
    symbolName(entry, where);
  }
  refuseOddList(matching, where);
  return { matching };
}

function refuseOddList(entries: readonly string[], where: string): void {
  const seen = new Set<string>();
  const twice = entries.find((entry) => seen.size === seen.add(entry).size);
  if (twice !== undefined) refuse(where, 'symbols', `'${twice}' twice`, 'each symbol once');
  if (entries.length > SYMBOLS_MAX) {
    refuse(where, 'symbols', `${entries.length} symbols`, `at most ${SYMBOLS_MAX}, one per task`);
  }
}

/** As parseSymbols, but an empty JSON list is allowed. */
export function parseAllowEmpty(text: string, where: string): AllowEmpty {
  if (text === '[]') return [];
  const symbols = parseSymbols(text, where);
  return symbols === ALL ? 'found' : symbols;
}

/** A day, or a word for one: `2025-12-11`, `yesterday`. */
export function parseDay(text: string, where: string): SaidDay {
  return isDayWord(text) ? text : utcDate(text, where);
}

/** A day, or the first or last day of which something is recorded. */
export type DayChoice = SaidDay | RecordedWord;
type RecordedWord = (typeof RECORDED_WORDS)[number];

export const RECORDED_WORDS = ['first', 'last'] as const;

export function isRecordedWord(day: string): day is RecordedWord {
  return RECORDED_WORDS.some((word) => word === day);
}

export function parseDayChoice(text: string, where: string): DayChoice {
  return isRecordedWord(text) ? text : parseDay(text, where);
}

/** `7d`: a number of whole days up to yesterday. */
export function parseLast(text: string, where: string): number {
  const [, digits = ''] = /^(\d{1,4})d$/u.exec(text) ?? [];
  const days = Number(digits);
  if (days > 0) return days;
  return refuse(where, 'days', quoted(text), 'a number of days up to yesterday, such as 7d');
}

const LENGTH_UNITS_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };
const LENGTH_MS_MAX = 10_000 * 3_600_000;

/** `90s`, `10m`, `23h`, in milliseconds. */
export function parseLength(text: string, where: string): number {
  const [, digits = '', unit = ''] = /^(\d{1,6})([smh])$/u.exec(text) ?? [];
  const lengthMs = Number(digits) * (LENGTH_UNITS_MS[unit] ?? 0);
  if (lengthMs > 0 && lengthMs <= LENGTH_MS_MAX) return lengthMs;
  return refuse(where, 'length of time', quoted(text), 'a whole number of s, m or h, such as 10m');
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
