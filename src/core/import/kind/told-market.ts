/** The market of a CSV file, by its name, its columns and its first row: whatever tells is asked, and has to agree. */
import { FlowbarsError } from '../../unit/errors.js';
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

interface Telling {
  readonly what: string;
  readonly market: Market | undefined;
}

const SPOT_COLUMNS = ['isBestMatch', 'is_best_match'];
const MICROSECOND_DIGITS = 16;

/**
 * Undefined if nothing tells. `given` settles what contradicts itself, which is a usage error otherwise. Where nothing
 * else tells, a header with `quote_qty` is of USD-M, and an archive in microseconds of spot.
 */
export function toldMarket(
  names: readonly string[],
  named: NameHints,
  cells: TellingCells,
  given: Market | undefined,
): Market | undefined {
  const told = tellings(names, named, cells).filter(({ market }) => market !== undefined);
  const [first] = told;
  const other = told.find(({ market }) => market !== first?.market);
  if (first !== undefined && other !== undefined) {
    if (given !== undefined) return given;
    throw new FlowbarsError('usage', {
      where: cells.path,
      what: 'market',
      found: `'${first.market}' by ${first.what}, '${other.market}' by ${other.what}`,
      expected: 'one market (--market says which)',
    });
  }
  if (first !== undefined) return first.market;
  if (names.includes('quote_qty') && cells.hasHeader) return 'usdm';
  return named.isArchive && cells.time?.length === MICROSECOND_DIGITS ? 'spot' : undefined;
}

function tellings(
  names: readonly string[],
  named: NameHints,
  { symbol, exchange, path, hasHeader }: TellingCells,
): Telling[] {
  // Elsewhere a column of that name may hold anything.
  const isTardis = exchange !== undefined && names.includes('local_timestamp');
  const isSpot = SPOT_COLUMNS.some((column) => names.includes(column));
  const isFutures = named.isArchive && hasHeader && names.includes('quote_qty') && !isSpot;
  return [
    {
      what: `its exchange '${exchange}'`,
      market: isTardis ? marketOfExchange(exchange, () => path) : undefined,
    },
    { what: named.marketBy, market: named.market },
    { what: 'its column is_best_match', market: isSpot ? 'spot' : undefined },
    { what: 'its column base_qty', market: names.includes('base_qty') ? 'coinm' : undefined },
    { what: 'its column quote_qty', market: isFutures ? 'usdm' : undefined },
    { what: `its symbol '${symbol}'`, market: marketOfSymbol(symbol ?? '') },
  ];
}
