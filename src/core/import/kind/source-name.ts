/** What the name of a file says: of Binance's archive, and of tardis.dev. A name is a hint; the content decides what it can. */
import type { Market } from '../source-market.js';

export interface NameHints {
  readonly symbol: string | undefined;
  readonly market: Market | undefined;
  /** What of the path says the market. */
  readonly marketBy: string;
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
  const told = archive === undefined ? undefined : marketOfPath(path.normalize('NFC'), prefix);
  const tardis = TARDIS_PATTERN.exec(name)?.[1];
  const isTaken = archive === undefined || TAKEN.includes(kind);
  return {
    symbol,
    market: told?.market,
    marketBy: told?.by ?? 'nothing',
    isArchive: archive !== undefined,
    refused: isTaken ? tardis : (ARCHIVE_KINDS[kind] ?? `klines (${kind})`),
  };
}

const MARKET_WORDS: Readonly<Record<string, Market>> = {
  spot: 'spot',
  um: 'usdm',
  usdm: 'usdm',
  cm: 'coinm',
  coinm: 'coinm',
};
/** `data/spot/daily/…` and `data/futures/um/monthly/trades/BTCUSDT/…`. */
const TREE_PATTERN =
  /(?:^|[/\\])(spot|futures[/\\](?:um|cm))[/\\](?:daily|monthly)(?:[/\\](?:trades|aggTrades))?(?:[/\\][\p{Lu}\p{Lo}\p{Nd}_]+)?[/\\][^/\\]*$/u;
/** The folder in which the file is. */
const FOLDER_PATTERN = /(?:^|[/\\])(spot|um|cm|usdm|coinm)[/\\][^/\\]*$/u;

/** A prefix of the name, or the nearest folders, if they are those of the archive. Others may be called anything. */
function marketOfPath(
  path: string,
  prefix: string,
): { readonly market: Market; readonly by: string } | undefined {
  for (const word of prefix.split(/[_-]/u)) {
    const market = MARKET_WORDS[word];
    if (market !== undefined) return { market, by: `the prefix '${prefix}' of its name` };
  }
  const folder = (TREE_PATTERN.exec(path) ?? FOLDER_PATTERN.exec(path))?.[1];
  const market = MARKET_WORDS[folder?.split(/[/\\]/u).at(-1) ?? ''];
  return market === undefined ? undefined : { market, by: `its folder '${folder}'` };
}
