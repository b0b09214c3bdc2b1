/** Symbols and markets as sources write them, in the exchange's own words, which name folders. */
import { FlowbarsError } from '../unit/errors.js';
import { parseSymbol, type SymbolName } from '../unit/symbol.js';
import { quoted } from '../unit/typed-text.js';
import { utf8Of } from './byte-text.js';
import type { Where } from './import-row.js';

export const MARKETS = ['usdm', 'coinm', 'spot'] as const;
export type Market = (typeof MARKETS)[number];

/** Names of tardis.dev. */
const EXCHANGES: Readonly<Record<string, Market>> = {
  'binance-futures': 'usdm',
  'binance-delivery': 'coinm',
  binance: 'spot',
};

/** Throws a data error for another exchange's. */
export function marketOfExchange(name: string, where: Where): Market {
  const market = EXCHANGES[name];
  if (market !== undefined) return market;
  const expected = `${Object.keys(EXCHANGES).join(', ')} (flowbars reads Binance)`;
  throw new FlowbarsError('data', {
    where: where(),
    what: 'column exchange',
    found: quoted(name),
    expected,
  });
}

/** `BTC/USDT`, `BTC/USDT:USDT`, `BTC/USD:BTC-260327`. */
const UNIFIED_PATTERN = /^([\p{L}\p{Nd}]+)\/([\p{L}\p{Nd}]+)(?::([\p{L}\p{Nd}]+)(?:-(\d{6}))?)?$/u;

/** Of a symbol in ccxt's form or the exchange's own, if it tells. */
export function marketOfSymbol(text: string): Market | undefined {
  const [isUnified, , quote, settled] = UNIFIED_PATTERN.exec(text) ?? [];
  if (isUnified === undefined) return /USD_(?:PERP|\d{6})$/u.test(text) ? 'coinm' : undefined;
  if (settled === undefined) return 'spot';
  return settled === quote ? 'usdm' : 'coinm';
}

/** `BTCUSDT` of `BTC/USDT:USDT`, `btcusdt` or itself; `text` in Latin-1. Throws a data error for what names no folder. */
export function sourceSymbol(text: string, where: Where): SymbolName {
  const symbol = parseSymbol(exchangeForm(utf8Of(text)));
  if (symbol !== undefined) return symbol;
  throw new FlowbarsError('data', {
    where: where(),
    what: 'column symbol',
    found: quoted(utf8Of(text)),
    expected: 'a symbol such as BTCUSDT or BTC/USDT:USDT (--symbol says what another means)',
  });
}

function exchangeForm(text: string): string {
  const [isUnified, base = '', quote = '', , expiry] = UNIFIED_PATTERN.exec(text) ?? [];
  if (isUnified === undefined) return text.toUpperCase();
  const pair = `${base}${quote}`.toUpperCase();
  if (expiry !== undefined) return `${pair}_${expiry}`;
  return marketOfSymbol(text) === 'coinm' ? `${pair}_PERP` : pair;
}
