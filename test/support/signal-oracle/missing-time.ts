/** The oracle's account of a bar's milliseconds: what is missing, and why a bar has no trades. */
import type { Evidence, OutageKind, Stretch } from '../oracle/evidence.js';

export interface DayTime {
  evidence: Evidence;
  /** Before and after `--expect`. */
  notExpected: Stretch[];
}

/** The first of the reasons that holds for some millisecond of a bar without trades. */
export function reasonOf(bar: Stretch, { evidence, notExpected }: DayTime): string {
  const reasons: [string, Stretch[]][] = [
    ['feed_down', outagesOf(evidence, ['feed_down'])],
    ['trades_missing', outagesOf(evidence, ['trades_missing'])],
    ['unproven', evidence.unproven],
    ['not_expected', notExpected],
  ];
  return reasons.find(([, pieces]) => sharedMs(bar, pieces) > 0)?.[0] ?? 'quiet';
}

export function tradesMissingMs(bar: Stretch, { evidence, notExpected }: DayTime): number {
  return sharedMs(bar, [...outagesOf(evidence, ['feed_down', 'trades_missing']), ...notExpected]);
}

export function depthMissingMs(bar: Stretch, { evidence, notExpected }: DayTime): number {
  return sharedMs(bar, [...outagesOf(evidence, ['feed_down', 'depth_missing']), ...notExpected]);
}

/** What of the day lies outside the window. */
export function outside(day: Stretch, window: Stretch): Stretch[] {
  return [
    { fromMs: day.fromMs, toMs: Math.min(window.fromMs, day.toMs) },
    { fromMs: Math.max(window.toMs, day.fromMs), toMs: day.toMs },
  ].filter(({ fromMs, toMs }) => fromMs < toMs);
}

function outagesOf({ outages }: Evidence, kinds: OutageKind[]): Stretch[] {
  return outages.filter(({ kind }) => kinds.includes(kind));
}

/** How many milliseconds of a bar lie in pieces, which never overlap one another. */
function sharedMs(bar: Stretch, pieces: Stretch[]): number {
  let totalMs = 0;
  for (const piece of pieces) {
    const ms = Math.min(bar.toMs, piece.toMs) - Math.max(bar.fromMs, piece.fromMs);
    if (ms > 0) totalMs += ms;
  }
  return totalMs;
}
