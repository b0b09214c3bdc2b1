/** The page's own clock, on which one day follows the other, and the exchange's. */
import type { DayRows } from '../../core/view/view-data.js';
import type { UTCTimestamp } from 'lightweight-charts';

export const DAY_SECONDS = 86_400;

export class DayClock {
  readonly totalSeconds: number;
  private readonly days: readonly DayRows[];

  constructor(days: readonly DayRows[]) {
    this.days = days;
    this.totalSeconds = days.length * DAY_SECONDS;
  }

  /** Milliseconds since the epoch. */
  timeMs(seconds: number): number {
    const index = Math.max(0, Math.min(this.days.length - 1, Math.floor(seconds / DAY_SECONDS)));
    return (this.days[index]?.startMs ?? 0) + (seconds - index * DAY_SECONDS) * 1_000;
  }

  /** The moment nearest to it that the page has. */
  secondsOf(timeMs: number): number {
    const next = this.days.findIndex(({ startMs }) => startMs > timeMs);
    const index = Math.max(0, next < 0 ? this.days.length - 1 : next - 1);
    const ownMs = timeMs - (this.days[index]?.startMs ?? 0);
    return index * DAY_SECONDS + Math.max(0, Math.min(DAY_SECONDS, ownMs / 1_000));
  }
}

/** For the chart, which counts in seconds. */
export function chartTime(timeMs: number): UTCTimestamp {
  const seconds = Math.round(timeMs / 1_000);
  if (!isChartTime(seconds)) throw new Error(`invariant broken: no time ${timeMs}`);
  return seconds;
}

function isChartTime(seconds: number): seconds is UTCTimestamp {
  return Number.isInteger(seconds);
}

/** `2025-12-11 00:31:07`. */
export function clockText(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 19).replace('T', ' ');
}
