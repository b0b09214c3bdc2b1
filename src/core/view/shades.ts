/** Stretches of a day in which something was not recorded or not expected: shaded on every pane, and a strip of minutes. */
import { outageName } from '../stored/outage-name.js';
import type { Outage } from '../stored/quality-report.js';
import { durationText } from '../unit/duration.js';
import { DAY_MINUTES, dayRange, MINUTE_MS, type UtcDate } from '../unit/utc-date.js';
import { type Shade, SHADE_KINDS, type ShadeKind } from './view-data.js';

export const SHADE_WORDS: Readonly<Record<ShadeKind, string>> = {
  feed_down: 'feed down',
  trades_missing: 'trades missing',
  depth_missing: 'depth missing',
  unproven: 'unproven',
  not_expected: 'not expected',
};

interface DayGaps {
  readonly date: UtcDate;
  readonly outages: readonly Pick<Outage, 'kind' | 'cause' | 'from' | 'to'>[];
  /** Null: the whole day. */
  readonly expect: { readonly from: string; readonly to: string } | null;
  /** Of the finest rows there are; empty without signals. */
  readonly reasons: readonly string[];
}

interface Piece extends Omit<Shade, 'title'> {
  readonly cause?: Outage['cause'];
}

/** In order of time. */
export function dayShades({ date, outages, expect, reasons }: DayGaps): Shade[] {
  const { fromMs: startMs, toMs: endMs } = dayRange(date);
  const begin = Math.max(startMs, expect === null ? startMs : Date.parse(expect.from));
  const end = Math.min(endMs, expect === null ? endMs : Date.parse(expect.to));
  const pieces: Piece[] = [
    { kind: 'not_expected', fromMs: startMs, toMs: begin },
    { kind: 'not_expected', fromMs: end, toMs: endMs },
    ...outages.map(({ kind, cause, from, to }) => ({
      kind,
      cause,
      fromMs: Math.max(startMs, Date.parse(from)),
      toMs: Math.min(endMs, Date.parse(to)),
    })),
    ...unproven(reasons, startMs, (endMs - startMs) / Math.max(1, reasons.length)),
  ];
  return pieces
    .filter(({ fromMs, toMs }) => fromMs < toMs)
    .map((piece) => ({
      kind: piece.kind,
      fromMs: piece.fromMs,
      toMs: piece.toMs,
      title: titleOf(piece),
    }))
    .toSorted((one, other) => one.fromMs - other.fromMs);
}

function titleOf({ kind, cause, fromMs, toMs }: Piece): string {
  return `${outageName(SHADE_WORDS[kind], cause?.replace('_', ' '))}, ${durationText(toMs - fromMs)}`;
}

/** Rows without trades of which nothing proves that none is lost. */
function unproven(reasons: readonly string[], startMs: number, rowMs: number): Piece[] {
  const pieces: Piece[] = [];
  let first = -1;
  for (const [row, reason] of [...reasons, ''].entries()) {
    if (reason === 'unproven' && first < 0) first = row;
    if (reason === 'unproven' || first < 0) continue;
    pieces.push({
      kind: 'unproven',
      fromMs: startMs + first * rowMs,
      toMs: startMs + row * rowMs,
    });
    first = -1;
  }
  return pieces;
}

/** A run of minutes of one kind. */
export interface MinuteRun {
  readonly kind: ShadeKind | 'complete';
  /** Minutes of the day; end exclusive. */
  readonly from: number;
  readonly to: number;
}

/** All minutes of the day: each is of the first of SHADE_KINDS that a millisecond of it has, else complete. */
export function minuteRuns(date: UtcDate, shades: readonly Shade[]): MinuteRun[] {
  const { fromMs: startMs } = dayRange(date);
  const minutes: (ShadeKind | 'complete')[] = Array.from({ length: DAY_MINUTES }, () => 'complete');
  for (const kind of SHADE_KINDS.toReversed()) {
    for (const shade of shades.filter((one) => one.kind === kind)) {
      const from = Math.max(0, Math.floor((shade.fromMs - startMs) / MINUTE_MS));
      const to = Math.min(DAY_MINUTES, Math.ceil((shade.toMs - startMs) / MINUTE_MS));
      if (from < to) minutes.fill(kind, from, to);
    }
  }
  const runs: MinuteRun[] = [];
  for (const [minute, kind] of minutes.entries()) {
    const last = runs.at(-1);
    if (last?.kind === kind) runs[runs.length - 1] = { ...last, to: minute + 1 };
    else runs.push({ kind, from: minute, to: minute + 1 });
  }
  return runs;
}
