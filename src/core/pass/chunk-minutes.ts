/**
 * Counts a stream's chunk minutes: expected, present, missing, unreadable, overlapping. Where a chunk
 * covers an hour, they are chunk hours, 24 a day.
 */
import type { ChunkStep } from '../plan/day-plan.js';
import type { ChunkMinuteCounts } from '../stored/quality-report.js';
import { DAY_MINUTES, MINUTE_MS, type TimeRange } from '../unit/utc-date.js';

export class ChunkMinutes {
  private readonly dayStartMs: number;
  private readonly spanMinutes: number;
  private readonly present = new Set<number>();
  private readonly unreadableMinutes = new Set<number>();
  private unreadable = 0;
  private overlapping = 0;

  constructor(dayStartMs: number, spanMinutes: number) {
    this.dayStartMs = dayStartMs;
    this.spanMinutes = spanMinutes;
  }

  take(step: ChunkStep, seen: { readonly unreadable: number; readonly differing: number }): void {
    if (step.role === 'chunk') {
      this.present.add(step.minute);
      if (seen.differing > 1) this.overlapping += 1;
    }
    this.unreadable += seen.unreadable;
    if (seen.unreadable > 0 && step.role !== 'seed') this.unreadableMinutes.add(step.minute);
  }

  /** Adds the chunk minutes of another part of the day. */
  merge(next: this): void {
    for (const minute of next.present) this.present.add(minute);
    for (const minute of next.unreadableMinutes) this.unreadableMinutes.add(minute);
    this.unreadable += next.unreadable;
    this.overlapping += next.overlapping;
  }

  /** `expected`: the stretch in which a recorder should have written every minute; undefined: none. */
  counts(expected: TimeRange | undefined): ChunkMinuteCounts {
    const minutes = this.expectedMinutes(expected);
    return {
      expected: minutes.length,
      present: this.present.size,
      missing: minutes.filter((minute) => !this.present.has(minute)).length,
      unreadable: this.unreadable,
      overlapping: this.overlapping,
    };
  }

  /** Minutes that are expected but missing, or unreadable: rows that arrived in them are lost. */
  lost(expected: TimeRange | undefined): TimeRange[] {
    const missing = this.expectedMinutes(expected).filter((minute) => !this.present.has(minute));
    return [...new Set([...missing, ...this.unreadableMinutes])]
      .toSorted((a, b) => a - b)
      .map((minute) => this.rangeOf(minute));
  }

  private expectedMinutes(expected: TimeRange | undefined): number[] {
    if (expected === undefined) return [];
    const { spanMinutes } = this;
    const all = Array.from(
      { length: DAY_MINUTES / spanMinutes },
      (_, index) => index * spanMinutes,
    );
    return all.filter((minute) => {
      const { fromMs, toMs } = this.rangeOf(minute);
      return fromMs < expected.toMs && toMs > expected.fromMs;
    });
  }

  private rangeOf(minute: number): TimeRange {
    const fromMs = this.dayStartMs + minute * MINUTE_MS;
    return { fromMs, toMs: fromMs + this.spanMinutes * MINUTE_MS };
  }
}
