/** Reads from a signals file the quote volumes of each minute of its day; rows of 1s add up exactly. */
import { cellChecksOnly, checkingFile, withoutRest } from '../check/file-checks.js';
import { SIGNALS } from '../column/signal-table.js';
import type { Resolution } from '../unit/resolution.js';
import { DAY_MINUTES, type UtcDate } from '../unit/utc-date.js';
import { refuseBroken } from './minute-bars.js';
import type { MinuteFigures, QuoteColumn } from './minute-figures.js';

const TOTAL_AT = SIGNALS.at('quote_total');
const BUY_AT = SIGNALS.at('quote_buy');
const MINUTE_SECONDS = 60;
const SIGNAL_CHECKS = cellChecksOnly(SIGNALS);

/** What the bars say that the signals beside them are. */
export interface SignalsExpectation {
  readonly date: UtcDate;
  readonly resolution: Resolution;
}

export type MinuteQuotes = Readonly<Record<QuoteColumn, bigint>>;

/**
 * `table`: every record of the signals file. Throws a FlowbarsError of kind `data` if it is not the signals
 * file of that day and resolution.
 */
export function minuteQuotes(
  table: Iterable<readonly string[]>,
  where: string,
  { date, resolution }: SignalsExpectation,
): MinuteQuotes[] {
  const quotes = Array.from({ length: DAY_MINUTES }, () => ({
    quote_volume: 0n,
    taker_buy_quote_volume: 0n,
  }));
  const expectation = { name: where, date, resolution, carried: '' };
  let rows = 0;
  const { checks } = withoutRest(
    checkingFile(table, SIGNAL_CHECKS, expectation, (values) => {
      const minute = quotes[Math.floor((rows * resolution.seconds) / MINUTE_SECONDS)];
      rows += 1;
      if (minute === undefined) return;
      minute.quote_volume += values[TOTAL_AT] ?? 0n;
      minute.taker_buy_quote_volume += values[BUY_AT] ?? 0n;
    }),
  );
  refuseBroken(checks, { where, kind: 'signals' });
  return quotes;
}

/** The minutes of bars with the quote volumes of their signals. */
export function withQuotes(
  minutes: readonly MinuteFigures[],
  quotes: readonly MinuteQuotes[],
): MinuteFigures[] {
  return minutes.map((minute, index) => ({ ...minute, ...quotes[index] }));
}
