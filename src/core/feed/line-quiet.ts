/**
 * From when on a line without a row is silent. Two pauses that ended on the same connection were a quiet market, so the next one may be
 * twice as long: a market that trades every few minutes is not taken for a dead socket again and again. A single one teaches nothing,
 * since it may have been an outage, and what is older than an hour is forgotten.
 */
import type { LineTimes } from './line-times.js';
import type { StreamKind } from './stream-kind.js';

/** Pauses are forgotten after one to two of these. */
const QUIET_MEMORY_US = 1_800_000_000;

/** The two longest pauses, the longer one first. */
type Longest = readonly [number, number];
const NONE: Longest = [0, 0];

export class LineQuiet {
  /** The last row of the line, on any connection. */
  lastRowUs = 0;
  private resumedUs = 0;
  private readonly leastUs: number;
  private readonly mostUs: number;
  private recent: Longest = NONE;
  private earlier: Longest = NONE;
  private rotatedUs: number;

  constructor(kind: StreamKind, times: LineTimes, nowUs: number) {
    const mostMs = kind === 'depth' ? times.quietDepthMaxMs : times.quietTradesMaxMs;
    this.leastUs = times.silentAfterMs * 1_000;
    this.mostUs = Math.max(times.silentAfterMs, mostMs) * 1_000;
    this.rotatedUs = nowUs;
  }

  /** `goesOn`: on the carrier, which had delivered before. */
  row(nowUs: number, goesOn: boolean): void {
    const pauseUs = nowUs - this.sinceUs(this.lastRowUs);
    this.lastRowUs = nowUs;
    if (goesOn && 2 * pauseUs > this.leastUs) this.recent = withPause(this.recent, pauseUs);
  }

  /** Nothing was read until now. */
  resumed(nowUs: number): void {
    this.resumedUs = nowUs;
  }

  /** Since when something could have come that did not. */
  sinceUs(heardUs: number): number {
    return Math.max(heardUs, this.resumedUs);
  }

  isSilent(heardUs: number, nowUs: number): boolean {
    return nowUs - this.sinceUs(heardUs) >= this.boundUs(nowUs);
  }

  /** A row came a moment ago, whatever was read since. */
  isHeard(nowUs: number): boolean {
    return nowUs - this.lastRowUs < this.boundUs(nowUs);
  }

  private boundUs(nowUs: number): number {
    if (nowUs - this.rotatedUs >= QUIET_MEMORY_US) {
      this.rotatedUs = nowUs;
      this.earlier = this.recent;
      this.recent = NONE;
    }
    const [longer, shorter] = this.earlier;
    const [, second] = withPause(withPause(this.recent, longer), shorter);
    return Math.min(Math.max(this.leastUs, 2 * second), this.mostUs);
  }
}

function withPause([longer, shorter]: Longest, pauseUs: number): Longest {
  return pauseUs > longer ? [pauseUs, longer] : [longer, Math.max(shorter, pauseUs)];
}
