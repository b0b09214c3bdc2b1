/** What consecutive trade ids prove about a day: which are missing, where, and the share of time proved complete (docs/EVIDENCE.md). */
import type { RowColumns } from '../event/row-columns.js';
import { ID_INTERVALS_MAX, IdIntervals, type IdGap } from '../row/id-intervals.js';
import type { TradeIdEvidence } from '../stored/quality-report.js';
import { isoStampMs, type TimeRange } from '../unit/utc-date.js';
import { difference, intersection, totalMs } from './outages.js';
import type { Hole } from './row-times.js';

/** Gaps that a report lists; all are counted. */
export const GAPS_NAMED_MAX = 100;

export class TradeIds {
  private readonly ids = new IdIntervals();
  private rowsWithId = 0;

  /** Notes every well-formed row of a chunk, whatever its exec_type or outcome. */
  take(rows: RowColumns): void {
    for (let row = 0; row < rows.count; row++) {
      const id = rows.idNumber(row);
      if (Number.isNaN(id)) continue;
      this.rowsWithId += 1;
      this.ids.add(id, rows.timeMs[row] ?? 0);
    }
  }

  get hasIds(): boolean {
    return this.rowsWithId > 0;
  }

  /** True if the ids of both may be more scattered, along the way, than one pass takes. */
  clashesWith(next: this): boolean {
    return this.ids.peak + next.ids.peak > ID_INTERVALS_MAX;
  }

  /** Adds the rows of another part of the day, which does not clash. */
  merge(next: this): void {
    this.ids.absorb(next.ids);
    this.rowsWithId += next.rowsWithId;
  }

  /** Ids between those at the ends of a hole that no row has; 0 if an end has none. */
  missingIn({ idBefore, idAfter }: Hole): number {
    return idBefore < idAfter ? this.ids.missingBetween(idBefore, idAfter) : 0;
  }

  /** Counts the gaps that reach into the day; gaps within the edges belong to the neighbour day. */
  evidence(day: TimeRange, expected: TimeRange): TradeIdEvidence {
    const gaps = [...this.ids.gaps()].filter((gap) => reachesInto(gap, day));
    const { first, last } = this.ids;
    return {
      rows_with_id: this.rowsWithId,
      first: first === undefined ? null : String(first),
      last: last === undefined ? null : String(last),
      missing: gaps.reduce((sum, gap) => sum + gap.missing, 0),
      gap_count: gaps.length,
      gaps: gaps.slice(0, GAPS_NAMED_MAX).map((gap) => ({
        after_id: String(gap.afterId),
        missing: gap.missing,
        from: isoStampMs(gap.fromMs),
        to: isoStampMs(gap.toMs),
      })),
      proved_share: this.provedShare(gaps, expected),
    };
  }

  private provedShare(gaps: readonly IdGap[], expected: TimeRange): number {
    const { span } = this.ids;
    if (span === undefined || span.fromMs >= span.toMs) return 0;
    const covered = intersection([span], [expected]);
    const open = gaps
      .map((gap) => ({
        fromMs: Math.min(gap.fromMs, gap.toMs),
        toMs: Math.max(gap.fromMs, gap.toMs),
      }))
      .toSorted((a, b) => a.fromMs - b.fromMs);
    return cutShare(totalMs(difference(covered, open)), expected.toMs - expected.fromMs);
  }
}

/** part / whole cut to six decimals: only the whole gives 1. */
export function cutShare(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.floor((part * 1_000_000) / whole) / 1_000_000;
}

function reachesInto(gap: IdGap, day: TimeRange): boolean {
  const fromMs = Math.min(gap.fromMs, gap.toMs);
  const toMs = Math.max(gap.fromMs, gap.toMs);
  return toMs >= day.fromMs && fromMs < day.toMs;
}
