/**
 * What was not recorded of consecutive bars: why one without trades holds nothing, and for how long a stream
 * is missing (docs/SIGNALS.md). Half-open ranges of milliseconds become cells here.
 */
import { FILL_REASONS, type FillReason } from '../column/signal-table.js';
import { difference, joined, type Silence } from '../evidence/outages.js';
import { Grid } from '../grid/grid.js';
import type { TimeRange } from '../unit/utc-date.js';

/** What evidence says of a day. */
export interface GapEvidence {
  readonly silence: Pick<Silence, 'outages' | 'unproven'>;
  /** The part of the day that is expected to be recorded. */
  readonly expected: TimeRange;
}

export class GapGrid extends Grid {
  /** The place in FILL_REASONS of what a bar without trades is due to. */
  readonly reason: Uint8Array;
  /** Milliseconds in which trades were not recorded or not expected. */
  readonly tradesMissingMs: Float64Array;
  /** The same of snapshots. */
  readonly depthMissingMs: Float64Array;

  constructor(startMs: number, barMs: number, length: number) {
    super(startMs, barMs, length);
    this.reason = new Uint8Array(length).fill(placeOf('quiet'));
    this.tradesMissingMs = new Float64Array(length);
    this.depthMissingMs = new Float64Array(length);
  }
}

/** The gaps of the bars of `barMs` in a day. */
export function gapGrid(
  day: TimeRange,
  barMs: number,
  { silence, expected }: GapEvidence,
): GapGrid {
  const grid = new GapGrid(day.fromMs, barMs, (day.toMs - day.fromMs) / barMs);
  const outside = difference([day], [expected]);
  const down = outagesOf(silence, 'feed_down');
  const tradesMissing = outagesOf(silence, 'trades_missing');
  // What wins comes last.
  markReason(grid, outside, 'not_expected');
  markReason(grid, silence.unproven, 'unproven');
  markReason(grid, tradesMissing, 'trades_missing');
  markReason(grid, down, 'feed_down');
  addTime(grid, grid.tradesMissingMs, [...outside, ...down, ...tradesMissing]);
  addTime(grid, grid.depthMissingMs, [...outside, ...down, ...outagesOf(silence, 'depth_missing')]);
  return grid;
}

type Outages = GapEvidence['silence']['outages'];

function outagesOf(silence: GapEvidence['silence'], kind: Outages[number]['kind']): Outages {
  return silence.outages.filter((outage) => outage.kind === kind);
}

function markReason(grid: GapGrid, ranges: readonly TimeRange[], reason: FillReason): void {
  const place = placeOf(reason);
  for (const { fromMs, toMs } of ranges) {
    if (fromMs >= toMs) continue;
    grid.assertHolds(fromMs);
    grid.assertHolds(toMs - 1);
    grid.reason.fill(place, grid.barOf(fromMs), grid.barOf(toMs - 1) + 1);
  }
}

/** Adds the time that ranges cover, no millisecond twice. */
function addTime(grid: GapGrid, cells: Float64Array, ranges: readonly TimeRange[]): void {
  for (const { fromMs, toMs } of joined(ranges.toSorted((a, b) => a.fromMs - b.fromMs))) {
    for (let atMs = fromMs; atMs < toMs;) {
      const bar = grid.barOf(atMs);
      const endMs = Math.min(toMs, grid.startMs + (bar + 1) * grid.barMs);
      cells[bar] = (cells[bar] ?? 0) + endMs - atMs;
      atMs = endMs;
    }
  }
}

function placeOf(reason: FillReason): number {
  return FILL_REASONS.indexOf(reason);
}
