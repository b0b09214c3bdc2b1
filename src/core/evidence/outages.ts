/**
 * Tells a dead feed from a quiet market by the table of docs/EVIDENCE.md: the holes of both streams, and
 * the chunk minutes that are missing or unreadable.
 */
import type { OutageKind } from '../stored/quality-report.js';
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
  /** Undefined: depth is not recorded. */
  readonly depthHoles: readonly Hole[] | undefined;
  /** Chunk minutes of trades that are expected but missing, or unreadable, in time order. */
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
  let lost = 0;
  for (const piece of difference(open, depthHoles ?? [])) {
    while ((lostTradeMinutes[lost]?.toMs ?? piece.fromMs) < piece.fromMs) lost += 1;
    const minute = lostTradeMinutes[lost];
    if (minute !== undefined && touches(piece, minute)) {
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

/** Consecutive ids at the ends prove that nothing was traded in between. */
function isProved({ idBefore, idAfter }: Hole): boolean {
  return idAfter === idBefore + 1;
}

export function totalMs(ranges: readonly TimeRange[]): number {
  return ranges.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
}

function touches(a: TimeRange, b: TimeRange): boolean {
  return a.fromMs <= b.toMs && b.fromMs <= a.toMs;
}

/** The stretches that two lists share, each list disjoint and in time order. */
export function intersection(left: readonly TimeRange[], right: readonly TimeRange[]): TimeRange[] {
  const both: TimeRange[] = [];
  let first = 0;
  for (const { fromMs, toMs } of left) {
    while ((right[first]?.toMs ?? Number.POSITIVE_INFINITY) <= fromMs) first += 1;
    for (let at = first; (right[at]?.fromMs ?? toMs) < toMs; at++) {
      const other = right[at];
      if (other === undefined) break;
      const shared = { fromMs: Math.max(fromMs, other.fromMs), toMs: Math.min(toMs, other.toMs) };
      if (shared.fromMs < shared.toMs) both.push(shared);
    }
  }
  return both;
}

/** `left`, disjoint and in time order, without the stretches of `right`, which are ordered by their starts. */
export function difference(left: readonly TimeRange[], right: readonly TimeRange[]): TimeRange[] {
  const pieces: TimeRange[] = [];
  const cuts = joined(right);
  let first = 0;
  for (const whole of left) {
    let { fromMs } = whole;
    while ((cuts[first]?.toMs ?? Number.POSITIVE_INFINITY) <= fromMs) first += 1;
    for (let at = first; (cuts[at]?.fromMs ?? whole.toMs) < whole.toMs; at++) {
      const cut = cuts[at];
      if (cut === undefined) break;
      if (cut.fromMs > fromMs) pieces.push({ fromMs, toMs: cut.fromMs });
      fromMs = Math.max(fromMs, cut.toMs);
    }
    if (whole.toMs > fromMs) pieces.push({ fromMs, toMs: whole.toMs });
  }
  return pieces;
}

/** Joins stretches that overlap or touch. */
function joined(ranges: readonly TimeRange[]): TimeRange[] {
  const disjoint: TimeRange[] = [];
  for (const { fromMs, toMs } of ranges) {
    const last = disjoint.at(-1);
    if (last !== undefined && fromMs <= last.toMs) {
      disjoint[disjoint.length - 1] = { fromMs: last.fromMs, toMs: Math.max(last.toMs, toMs) };
    } else {
      disjoint.push({ fromMs, toMs });
    }
  }
  return disjoint;
}
