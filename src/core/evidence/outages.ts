/**
 * Tells a dead feed from a quiet market by the table of docs/EVIDENCE.md: the holes of both streams, and
 * the chunk minutes that are missing or unreadable.
 */
import { outageName } from '../stored/outage-name.js';
import type { OutageCause, OutageKind } from '../stored/quality-report.js';
import { durationText } from '../unit/duration.js';
import { isoStampMs, type TimeRange } from '../unit/utc-date.js';
import type { Hole } from './row-times.js';

export interface OutageRange extends TimeRange {
  readonly kind: OutageKind;
  /** What recorders say of it, the longest first; absent or empty where none says anything. */
  readonly causes?: readonly CausedTime[];
}

/** How much of an outage has a cause. */
export interface CausedTime {
  readonly cause: OutageCause;
  readonly ms: number;
}

/** `feed_down (recorder_down) for 3m 20s`, as a finding says it. */
export function outageText(outage: OutageRange): string {
  const { kind, fromMs, toMs } = outage;
  return `${outageName(kind, causeOf(outage))} for ${durationText(toMs - fromMs)}`;
}

/** What covers most of it; undefined where more of it has no cause. */
export function causeOf({ causes = [], fromMs, toMs }: OutageRange): OutageCause | undefined {
  const [longest] = causes;
  const withoutMs = toMs - fromMs - causes.reduce((sum, { ms }) => sum + ms, 0);
  return longest === undefined || longest.ms < withoutMs ? undefined : longest.cause;
}

/** When it was, as a finding says it. */
export function outagePlace({ fromMs, toMs }: TimeRange): string {
  return `${isoStampMs(fromMs)}/${isoStampMs(toMs)}`;
}

export interface Silence {
  readonly outages: readonly OutageRange[];
  readonly quietMs: number;
  /** In time order, apart from each other. */
  readonly unproven: readonly TimeRange[];
  /** Holes in trades over which too few ids are missing to say that something was traded. In time order, disjoint. */
  readonly untraded: readonly TimeRange[];
}

/** A hole in trades. */
export interface TradeHole extends Hole {
  /** Ids between those at its ends that no row has. */
  readonly idsMissing: number;
}

export interface SilenceInput {
  readonly tradeHoles: readonly TradeHole[];
  /** Undefined: depth is not recorded. */
  readonly depthHoles: readonly Hole[] | undefined;
  /** Chunk minutes of trades that are expected but missing, or unreadable, in time order. */
  readonly lostTradeMinutes: readonly TimeRange[];
  /** With so many missing ids something was traded in a hole. */
  readonly idsMissingMin: number;
  /** A longer hole beside a live book is an outage. */
  readonly quietMaxMs: number;
}

export function judgeSilence(input: SilenceInput): Silence {
  const depthHoles = input.depthHoles ?? [];
  const proved = input.tradeHoles.filter(isProved);
  const open = input.tradeHoles.filter((hole) => !isProved(hole));
  const outages: OutageRange[] = [
    ...intersection(open, depthHoles).map((both) => ({ ...both, kind: 'feed_down' as const })),
    ...difference(depthHoles, open).map((piece) => ({ ...piece, kind: 'depth_missing' as const })),
  ];
  let quietMs = totalMs(proved);
  const unproven: TimeRange[] = [];
  const isLost = lostPieces(open, input);
  for (const piece of difference(open, depthHoles)) {
    if (isLost(piece)) outages.push({ ...piece, kind: 'trades_missing' });
    else if (input.depthHoles === undefined) unproven.push(piece);
    else quietMs += piece.toMs - piece.fromMs;
  }
  outages.sort((a, b) => a.fromMs - b.fromMs);
  const untraded = input.tradeHoles.filter(({ idsMissing }) => idsMissing < input.idsMissingMin);
  return { outages, quietMs, unproven, untraded };
}

/**
 * Whether trades are missing in a piece of a hole beside a live book: ids say so, a chunk minute that it
 * touches is lost, or the whole hole is too long to be quiet. Pieces must come in time order.
 */
function lostPieces(
  holes: readonly TradeHole[],
  { depthHoles, lostTradeMinutes, idsMissingMin, quietMaxMs }: SilenceInput,
): (piece: TimeRange) => boolean {
  let at = 0;
  let lost = 0;
  return (piece) => {
    while ((holes[at]?.toMs ?? piece.toMs) < piece.toMs) at += 1;
    while ((lostTradeMinutes[lost]?.toMs ?? piece.fromMs) < piece.fromMs) lost += 1;
    const hole = holes[at];
    const minute = lostTradeMinutes[lost];
    if (hole === undefined) return false;
    return (
      hole.idsMissing >= idsMissingMin ||
      (minute !== undefined && touches(piece, minute)) ||
      (depthHoles !== undefined && hole.toMs - hole.fromMs > quietMaxMs)
    );
  };
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

/** Joins stretches that overlap or touch; they come ordered by their starts. */
export function joined(ranges: readonly TimeRange[]): TimeRange[] {
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
