/** Whether too few of a stream's rows are of use, and what became of the others. */
import { quoted } from '../decode/chunk-columns.js';
import type { Admission } from '../row/admit.js';
import type { DepthRowCounts, TradeRowCounts } from '../stored/quality-report.js';
import { comparedToShare } from '../unit/share.js';

/** exec_types that are named. */
const TYPES_NAMED_MAX = 5;

/** Undefined if enough rows of the stream are used or short. */
export function unusableRows(
  {
    admission,
    counts,
  }: {
    readonly admission: Admission;
    readonly counts: TradeRowCounts | DepthRowCounts;
  },
  usableMin: number,
): string | undefined {
  const { judgedRows, repeatedWithin, reusedIds } = admission;
  const usable = usableOf(counts);
  if (judgedRows === 0 || comparedToShare(usable, judgedRows, usableMin) >= 0) return undefined;
  const ends = [
    ['excluded', counts.excluded],
    ['duplicate in the same object', repeatedWithin],
    ['duplicate by an id that a row of another time has', reusedIds],
    ...('crossed' in counts
      ? ([
          ['one_sided', counts.one_sided],
          ['unordered', counts.unordered],
          ['crossed', counts.crossed],
        ] as const)
      : []),
  ] as const;
  const ended = ends.filter(([, count]) => count > 0).map(([what, count]) => `${count} ${what}`);
  return `${usable} of ${judgedRows} rows of the day are usable: ${ended.join(', ')}${typesText(admission)}`;
}

/** Rows that are used or short. */
export function usableOf(counts: TradeRowCounts | DepthRowCounts): number {
  return counts.used + ('short' in counts ? counts.short : 0);
}

function typesText({ excludedTypes }: Admission): string {
  const all = excludedTypes.named();
  if (all.length === 0) return '';
  const named = all.slice(0, TYPES_NAMED_MAX).map(({ type, count }) => `${quoted(type)} ${count}`);
  const rest = all.slice(TYPES_NAMED_MAX).reduce((sum, { count }) => sum + count, 0);
  const others = rest + excludedTypes.unnamed;
  return `; excluded exec_type ${named.join(', ')}${others === 0 ? '' : `, others ${others}`}`;
}
