/** The oracle's quote rule of docs/EVIDENCE.md: every trade against every snapshot. */
import type { DepthRow, TradeRow } from './chunk.js';

export interface QuoteFigures {
  /** Trades with a snapshot at most 1,000 ms older. */
  trades: number;
  above: number;
  aboveBuyers: number;
  below: number;
  belowSellers: number;
  /** Trades whose snapshots before and after say different aggressors. */
  clockTrades: number;
  clockAgree: number;
}

const reachMs = 1000;

/** `trades` used, `quotes` used and short, both without late rows; quotes in Order. */
export function quoteFigures(trades: TradeRow[], quotes: DepthRow[]): QuoteFigures {
  const compared = trades.flatMap((trade) => {
    const before = quotes.findLast(({ timeMs }) => timeMs < trade.timeMs);
    if (before === undefined || trade.timeMs - before.timeMs > reachMs) return [];
    const after = quotes.find(({ timeMs }) => timeMs > trade.timeMs);
    const isNear = after !== undefined && after.timeMs - trade.timeMs <= reachMs;
    return [
      {
        taker: trade.takerSide,
        saidBefore: aggressorOf(trade, before),
        saidAfter: isNear ? aggressorOf(trade, after) : undefined,
      },
    ];
  });
  const above = compared.filter(({ saidBefore }) => saidBefore === 'buy');
  const below = compared.filter(({ saidBefore }) => saidBefore === 'sell');
  const clocks = [...above, ...below].filter(
    ({ saidBefore, saidAfter }) => saidAfter !== undefined && saidAfter !== saidBefore,
  );
  return {
    trades: compared.length,
    above: above.length,
    aboveBuyers: above.filter(({ taker }) => taker === 'buy').length,
    below: below.length,
    belowSellers: below.filter(({ taker }) => taker === 'sell').length,
    clockTrades: clocks.length,
    clockAgree: clocks.filter(({ taker, saidBefore }) => taker === saidBefore).length,
  };
}

/** Undefined at the mid. */
function aggressorOf({ priceE18 }: TradeRow, { bids, asks }: DepthRow): 'buy' | 'sell' | undefined {
  const bid = bids[0];
  const ask = asks[0];
  if (bid === undefined || ask === undefined) throw new Error('a usable snapshot has both sides');
  const doubledMidE18 = bid.priceE18 + ask.priceE18;
  if (2n * priceE18 === doubledMidE18) return undefined;
  return 2n * priceE18 > doubledMidE18 ? 'buy' : 'sell';
}
