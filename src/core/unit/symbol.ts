/** Names of instruments, as used for folders. */
import { FlowbarsError } from './errors.js';

/** 1 to 64 letters or digits of any script, `_` and `-`, not beginning with `_` (Binance lists symbols in Chinese). */
export type SymbolName = string & { readonly brand: 'SymbolName' };

export const SYMBOL_CHARACTERS_MAX = 64;
const SYMBOL_PATTERN = /^(?!_)[\p{L}\p{Nd}_-]+$/u;
/** `BTC/USDT:USDT`, as other programs write a market. */
const MARKET_PATTERN = /^([\p{L}\p{Nd}]+)\/([\p{L}\p{Nd}]+)(?::[\p{L}\p{Nd}]+)?$/u;

/** In Unicode's composed form, so that a name is one symbol however it was typed or stored. */
export function parseSymbol(text: string): SymbolName | undefined {
  const name = text.normalize('NFC');
  const isName = SYMBOL_PATTERN.test(name) && [...name].length <= SYMBOL_CHARACTERS_MAX;
  return isName ? (name as SymbolName) : undefined;
}

export function symbolName(text: string, where: string): SymbolName {
  const symbol = parseSymbol(text);
  if (symbol !== undefined) return symbol;
  const [, base, quote] = MARKET_PATTERN.exec(text) ?? [];
  const suchAs = base === undefined ? '' : `, such as '${base}${quote ?? ''}'`;
  throw new FlowbarsError('usage', {
    where,
    what: 'symbol',
    found: `'${text}'`,
    expected: `1 to ${SYMBOL_CHARACTERS_MAX} letters, digits, '_' or '-', not beginning with '_'${suchAs}`,
  });
}
