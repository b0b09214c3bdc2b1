/** What is published of a symbol where a day of it is not, in words. */
import { qualityName } from '../../core/stored/output-names.js';
import { closestName } from '../../core/unit/closest-name.js';
import type { SymbolName } from '../../core/unit/symbol.js';
import { parseUtcDate, type UtcDate } from '../../core/unit/utc-date.js';
import type { Store } from '../ports.js';

/** Symbols named where none is near. */
const SYMBOLS_NAMED_MAX = 5;

/** `wordsOf`: of the first and the last published day; else a symbol that is published is named. */
export async function publishedInstead(
  symbol: SymbolName,
  out: Store,
  wordsOf: (first: UtcDate, last: UtcDate) => string,
): Promise<string> {
  const listed = await out.list(`${symbol}/`);
  const dates = listed.flatMap(({ name }) => {
    const date = parseUtcDate(name.slice(symbol.length + 1).replace('_quality.json', ''));
    return date !== undefined && name === qualityName({ symbol, date }) ? [date] : [];
  });
  const [first, last] = [dates.at(0), dates.at(-1)];
  if (first !== undefined && last !== undefined) return wordsOf(first, last);
  const symbols = (await out.folders()).filter((folder) => !folder.startsWith('_'));
  const closest = closestName(symbol, symbols);
  if (closest !== undefined) return `a published symbol, such as ${closest}`;
  const named = symbols.slice(0, SYMBOLS_NAMED_MAX).join(', ');
  return `a symbol of ${out.root}: ${named === '' ? 'it has none (flowbars run publishes days)' : named}`;
}
