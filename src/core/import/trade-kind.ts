/** Single trades and their aggregates have ids that count apart, so the same trade would count twice: a root holds one kind of a symbol-day. */
import { FlowbarsError } from '../unit/errors.js';

export type TradeKind = 'single trades' | 'aggregates';

/** Of the header of a chunk; undefined if it does not tell. */
export function tradeKindOf(header: string): TradeKind | undefined {
  const columns = header.split(',');
  if (columns.includes('agg_trade_id')) return 'aggregates';
  return columns.includes('trade_id') ? 'single trades' : undefined;
}

/** Throws a usage error for two kinds. */
export function refuseBothKinds(
  kind: TradeKind | undefined,
  there: TradeKind | undefined,
  { symbol, where }: { readonly symbol: string; readonly where: string },
): void {
  if (kind === undefined || there === undefined || kind === there) return;
  throw new FlowbarsError('usage', {
    where,
    what: 'trades',
    found: `${kind} of ${symbol} beside ${there}`,
    expected: `one of them, because they are the same trades (another --raw for the ${kind})`,
  });
}
