/** The market of a CSV file, by its name, its columns and its first row. */
import { type Market, marketOfExchange, marketOfSymbol } from '../source-market.js';
import type { NameHints } from './source-name.js';

/** What of a file may tell, cells from its first row. */
interface TellingCells {
  /** Its own, of the file's name, or as it is said to be. */
  readonly symbol: string | undefined;
  readonly exchange: string | undefined;
  readonly time: string | undefined;
  readonly path: string;
  readonly hasHeader: boolean;
}

const SPOT_COLUMNS = ['isBestMatch', 'is_best_match'];
const MICROSECOND_DIGITS = 16;

/** The first that tells: name, columns, symbol. Microseconds are those of spot archives; undefined if nothing does. */
export function toldMarket(
  names: readonly string[],
  named: NameHints,
  { symbol, exchange, time, path, hasHeader }: TellingCells,
): Market | undefined {
  // Elsewhere a column of that name may hold anything.
  const isTardis = names.includes('local_timestamp');
  if (exchange !== undefined && isTardis) return marketOfExchange(exchange, () => path);
  if (named.market !== undefined) return named.market;
  if (SPOT_COLUMNS.some((column) => names.includes(column))) return 'spot';
  if (names.includes('base_qty')) return 'coinm';
  const said = marketOfSymbol(symbol ?? '');
  if (said !== undefined) return said;
  if (names.includes('quote_qty') && hasHeader) return 'usdm';
  return named.isArchive && time?.length === MICROSECOND_DIGITS ? 'spot' : undefined;
}
