/** Signals files of a day without a book: what they say of quote volumes is right, the rest only readable. */
import { type SignalColumn, SIGNALS } from '../../../src/core/column/signal-table.js';
import { formatSafe } from '../../../src/core/unit/decimal.js';
import type { Resolution } from '../../../src/core/unit/resolution.js';
import { DAY_SECONDS, dayStartMs, isoStamp } from '../../../src/core/unit/utc-date.js';
import type { TestDay, TestTrade } from '../day/bar-table.js';

/** Cents have two decimals and thousandths three. */
const QUOTE_DECIMALS = 5;

/** The header and one row for every bar of the day. */
export function quoteSignals(
  { date, trades }: Pick<TestDay, 'date' | 'trades'>,
  { seconds }: Resolution,
): string[][] {
  const byBar = Map.groupBy(trades, ({ second }) => Math.floor(second / seconds));
  const rows = Array.from({ length: DAY_SECONDS / seconds }, (_, bar) => {
    const inBar = byBar.get(bar) ?? [];
    const cells: Partial<Record<SignalColumn, string>> = {
      timestamp: isoStamp(dayStartMs(date) + bar * seconds * 1_000),
      fill_reason: inBar.length === 0 ? 'quiet' : 'traded',
      quote_total: quoteOf(inBar),
      quote_buy: quoteOf(inBar.filter(({ isBuy }) => isBuy)),
      cvd: '0',
    };
    return SIGNALS.columns.map(({ name, nothing }) => {
      const whenMissing = nothing === 'zero' ? '0' : '';
      return cells[name] ?? whenMissing;
    });
  });
  return [[...SIGNALS.header], ...rows];
}

function quoteOf(trades: readonly TestTrade[]): string {
  const total = trades.reduce((sum, { cents, thousandths }) => sum + cents * thousandths, 0);
  return formatSafe(total, QUOTE_DECIMALS);
}
