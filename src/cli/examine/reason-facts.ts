/** Why rows of signals hold what they hold, as facts of a page. */
import type { SignalsInspection } from '../../core/inspect/inspection.js';
import { formatCount, formatShare } from '../screen/figures.js';
import type { Fact } from '../screen/page.js';

type Reasons = Pick<SignalsInspection, 'fill_reasons' | 'trades_missing_ms' | 'depth_missing_ms'>;

/** Reasons without a row are left out; `--json` has all of them. */
export function reasonFacts(
  { fill_reasons: reasons, trades_missing_ms: tradesMs, depth_missing_ms: depthMs }: Reasons,
  rows: number,
): Fact[] {
  return [
    ...reasons
      .filter((reason) => reason.rows > 0)
      .map(({ reason, rows: count }): Fact => {
        return {
          label: `  ${reason}`,
          value: `${formatCount(count)} (${formatShare(count / rows)})`,
        };
      }),
    { label: 'trades missing', value: `${formatCount(tradesMs)} ms` },
    { label: 'book missing', value: depthMs === null ? 'no book' : `${formatCount(depthMs)} ms` },
  ];
}
