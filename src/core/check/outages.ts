/**
 * Tells a dead feed from a quiet market: the table of SPEC section 4 over the holes of both streams
 * and the chunk minutes that are missing or unreadable.
 */
import type { OutageKind } from '../report/quality-report.js';
import type { TimeRange } from '../unit/utc-date.js';
import type { Hole } from './row-times.js';

export interface OutageRange extends TimeRange {
  readonly kind: OutageKind;
}

export interface Silence {
  readonly outages: readonly OutageRange[];
  readonly quietMs: number;
  readonly unprovenMs: number;
}

export interface SilenceInput {
  readonly tradeHoles: readonly Hole[];
  /** Undefined: no depth was recorded at all. */
  readonly depthHoles: readonly Hole[] | undefined;
  /** Chunk minutes of trades that are missing though expected, or unreadable, in time order. */
  readonly lostTradeMinutes: readonly TimeRange[];
}

export function judgeSilence(input: SilenceInput): Silence {
  const { depthHoles, lostTradeMinutes } = input;
  const proved = input.tradeHoles.filter(isProved);
  const open = input.tradeHoles.filter((hole) => !isProved(hole));
  const outages: OutageRange[] = [];
  let quietMs = totalMs(proved);
  let unprovenMs = 0;
  for (const both of intersection(open, depthHoles ?? [])) {
    outages.push({ ...both, kind: 'feed_down' });
  }
  for (const piece of difference(depthHoles ?? [], open)) {
    outages.push({ ...piece, kind: 'depth_missing' });
  }
  for (const piece of difference(open, depthHoles ?? [])) {
    if (lostTradeMinutes.some((minute) => touches(piece, minute))) {
      outages.push({ ...piece, kind: 'trades_missing' });
    } else if (depthHoles === undefined) {
      unprovenMs += piece.toMs - piece.fromMs;
    } else {
      quietMs += piece.toMs - piece.fromMs;
    }
  }
  outages.sort((a, b) => a.fromMs - b.fromMs);
  return { outages, quietMs, unprovenMs };
}

/** Consecutive ids at both ends: nothing was traded in between. */
function isProved({ idBefore, idAfter }: Hole): boolean {
  return idAfter === idBefore + 1;
}

export function totalMs(ranges: readonly TimeRange[]): number {
  return ranges.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
}

function touches(a: TimeRange, b: TimeRange): boolean {
  return a.fromMs <= b.toMs && b.fromMs <= a.toMs;
}

/** Stretches in both of two lists, each disjoint and in time order. */
export function intersection(left: readonly TimeRange[], right: readonly TimeRange[]): TimeRange[] {
  return left.flatMap((a) =>
    right
      .map((b) => ({ fromMs: Math.max(a.fromMs, b.fromMs), toMs: Math.min(a.toMs, b.toMs) }))
      .filter(({ fromMs, toMs }) => fromMs < toMs),
  );
}

/** What of `left` is in no stretch of `right`. */
export function difference(left: readonly TimeRange[], right: readonly TimeRange[]): TimeRange[] {
  return left.flatMap((whole) => {
    const pieces: TimeRange[] = [];
    let fromMs = whole.fromMs;
    for (const cut of intersection([whole], right)) {
      if (cut.fromMs > fromMs) pieces.push({ fromMs, toMs: cut.fromMs });
      fromMs = cut.toMs;
    }
    if (whole.toMs > fromMs) pieces.push({ fromMs, toMs: whole.toMs });
    return pieces;
  });
}
