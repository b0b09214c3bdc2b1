/** What the name of a file says: of Binance's archive, and of tardis.dev. A name is a hint; the content decides what it can. */
import type { Market } from '../source-market.js';

export interface NameHints {
  readonly symbol: string | undefined;
  readonly market: Market | undefined;
  /** A kind of file that holds neither trades nor snapshots: `klines`. */
  readonly refused: string | undefined;
  readonly isArchive: boolean;
}

/** `BTCUSDT-trades-2024-07-18.zip`, `spot_BTCUSD_PERP-aggTrades-2024-07.csv.gz`. */
const ARCHIVE_PATTERN =
  /^(?:([a-z][a-z_-]*)[_-])?([\p{Lu}\p{Lo}\p{Nd}]+(?:_(?:PERP|\d{6}))?)[-_](T_DEPTH|S_DEPTH|[A-Za-z0-9]+)[-_]\d{4}-\d{2}/u;
const TAKEN = ['trades', 'aggTrades'];
const ARCHIVE_KINDS: Readonly<Record<string, string>> = {
  T_DEPTH: 'changes of the book (T_DEPTH)',
  S_DEPTH: 'snapshots of the book at the beginning of changes (S_DEPTH)',
  bookTicker: 'best prices (bookTicker)',
  bookDepth: 'volumes near the price (bookDepth)',
  metrics: 'metrics',
  fundingRate: 'funding rates',
  liquidationSnapshot: 'liquidations',
};

/** `binance-futures_trades_2024-07-18_BTCUSDT.csv.gz`. */
const TARDIS_PATTERN =
  /(?:^|_)(liquidations|incremental_book_L2|quotes|derivative_ticker|options_chain|book_ticker)_\d{4}-/u;

export function nameHints(path: string): NameHints {
  const name = path.slice(path.search(/[^/\\]*$/u)).normalize('NFC');
  const [archive, prefix = '', symbol, kind = ''] = ARCHIVE_PATTERN.exec(name) ?? [];
  const market = marketOfPath(path, prefix);
  const tardis = TARDIS_PATTERN.exec(name)?.[1];
  const isTaken = archive === undefined || TAKEN.includes(kind);
  return {
    symbol,
    market,
    isArchive: archive !== undefined,
    refused: isTaken ? tardis : (ARCHIVE_KINDS[kind] ?? `klines (${kind})`),
  };
}

/** The folders of the archive, `data/spot/daily/…` and `data/futures/um/…`, or a prefix of that kind. */
function marketOfPath(path: string, prefix: string): Market | undefined {
  const words = [...path.split(/[/\\]/u).slice(0, -1), ...prefix.split(/[_-]/u)];
  const has = (...some: readonly string[]): boolean => some.some((word) => words.includes(word));
  if (has('spot')) return 'spot';
  if (has('um', 'usdm')) return 'usdm';
  return has('cm', 'coinm') ? 'coinm' : undefined;
}
