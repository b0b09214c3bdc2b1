/** Whether the quote rule (docs/EVIDENCE.md) doubts the recorded aggressors, or the clocks of the two streams. */
import type { QuoteRule } from '../stored/quality-report.js';
import { comparedToShare } from '../unit/share.js';

/** Fewer trades beside the mid prove nothing about their sides. */
export const SIDE_TRADES_MIN = 1_000;
/** Fewer trades between snapshots that disagree prove nothing about the clocks. */
export const CLOCK_TRADES_MIN = 200;

/** Why the recorded sides are doubtful; undefined if they are not. */
export function sideDoubt(figures: QuoteRule, sideMin: number): string | undefined {
  const { above, above_buyers: buyers, below, below_sellers: sellers } = figures;
  if (above + below < SIDE_TRADES_MIN) return undefined;
  const isDoubtful =
    comparedToShare(buyers, above, sideMin) < 0 || comparedToShare(sellers, below, sideMin) < 0;
  if (!isDoubtful) return undefined;
  return (
    `${buyers} of ${above} trades above the mid of the snapshot before are the buyers',` +
    ` ${sellers} of ${below} below it the sellers': a share of ${sideMin} is expected of each`
  );
}

/** Why the clocks are doubtful; undefined if they are not. */
export function clocksDoubt(figures: QuoteRule): string | undefined {
  const { clock_trades: trades, clock_agree: agree } = figures;
  if (trades < CLOCK_TRADES_MIN || agree * 2 >= trades) return undefined;
  return (
    `of ${trades} trades between two snapshots that disagree about the aggressor, ${agree} agree` +
    ' with the one before: the clocks of trades and depth differ by 0.2 s or more'
  );
}
