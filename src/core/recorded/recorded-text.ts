/** What is recorded, in a few words: symbols, first and last day. */
import type { SymbolDay } from '../rule/symbol-day.js';
import { counted } from '../unit/words.js';

/** Symbols named in the line. */
const NAMED_MAX = 5;

/** `2 symbols (AUSDT, BUSDT), 4 symbol-days from 2025-12-11 to 2025-12-20`. */
export function recordedText(days: readonly SymbolDay[]): string {
  const symbols = [...new Set(days.map(({ symbol }) => symbol))].toSorted();
  const dates = days.map(({ date }) => date).toSorted();
  const [first] = dates;
  if (first === undefined) return 'nothing';
  const named = symbols.slice(0, NAMED_MAX).join(', ');
  const more = symbols.length > NAMED_MAX ? ', …' : '';
  return `${counted(symbols.length, 'symbol')} (${named}${more}), ${counted(dates.length, 'symbol-day')} from ${first} to ${dates.at(-1) ?? first}`;
}
