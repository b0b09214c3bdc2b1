/**
 * Where a sample recording is damaged on purpose, as data. Times count from the start of the recording;
 * ten minutes hold all faults, a shorter recording those that fit.
 */
import { MINUTE_MS, SECOND_MS, type TimeRange } from '../unit/utc-date.js';

export type FaultKind =
  | 'off-book'
  | 'lost-trade'
  | 'damaged-line'
  | 'zero-row'
  | 'late-rows'
  | 'outage'
  | 'missing-chunk';

export const FAULT_KINDS: readonly FaultKind[] = [
  'off-book',
  'lost-trade',
  'damaged-line',
  'zero-row',
  'late-rows',
  'outage',
  'missing-chunk',
];

/** Every tenth edge of two chunk minutes has late rows, the first one included. */
const LATE_EDGE_PERIOD_MINUTES = 10;
/** Rows of [edge - 1500 ms, edge - 500 ms) arrive 500 ms after the edge, behind newer rows. */
export const LATE_FROM_MS = 1_500;
export const LATE_TO_MS = 500;
export const LATE_RELEASE_MS = 500;

/** A time is undefined if the recording is too short for it, or the fault was not requested. */
export interface FaultPlan {
  /** 00:10: an INSURANCE_FUND print 2 % above the market. */
  readonly offBookAtMs: number | undefined;
  /** From 00:25: the first trade is not recorded; its id is missing. */
  readonly lostTradeFromMs: number | undefined;
  /** From 00:40 the first trade, and from 00:52 the first snapshot, are cut in the middle of their line. */
  readonly damagedTradeFromMs: number | undefined;
  readonly damagedSnapshotFromMs: number | undefined;
  /** 00:50: a row of price 0 and quantity 0, exec_type NA. */
  readonly zeroRowAtMs: number | undefined;
  /** Edges of chunk minutes, 01:00, 11:00, ... */
  readonly lateEdgesMs: ReadonlySet<number>;
  /** Neither stream is recorded though trades happen: 01:20-01:40, and 06:50-08:10, which leaves chunk 07 with a header only. */
  readonly outages: readonly TimeRange[];
  /** Chunk minutes, from 0, whose object is missing: 02 of trades, 04 of depth. */
  readonly missingTrades: number | undefined;
  readonly missingDepth: number | undefined;
}

export interface FaultRequest {
  readonly startMs: number;
  readonly minutes: number;
  readonly kinds: readonly FaultKind[];
}

export function planFaults({ startMs, minutes, kinds }: FaultRequest): FaultPlan {
  const at = (kind: FaultKind, second: number): number | undefined =>
    kinds.includes(kind) ? startMs + second * SECOND_MS : undefined;
  const chunk = (minute: number, minutesMin: number): number | undefined =>
    kinds.includes('missing-chunk') && minutes >= minutesMin ? minute : undefined;
  return {
    offBookAtMs: at('off-book', 10),
    lostTradeFromMs: at('lost-trade', 25),
    damagedTradeFromMs: at('damaged-line', 40),
    damagedSnapshotFromMs: at('damaged-line', 52),
    zeroRowAtMs: at('zero-row', 50),
    lateEdgesMs: new Set(kinds.includes('late-rows') ? lateEdges(startMs, minutes) : []),
    outages: kinds.includes('outage') ? outages(startMs, minutes) : [],
    missingTrades: chunk(2, 4),
    missingDepth: chunk(4, 6),
  };
}

function lateEdges(startMs: number, minutes: number): number[] {
  const edges: number[] = [];
  for (let minute = 1; minute < minutes; minute += LATE_EDGE_PERIOD_MINUTES) {
    edges.push(startMs + minute * MINUTE_MS);
  }
  return edges;
}

function outages(startMs: number, minutes: number): TimeRange[] {
  const range = (fromSecond: number, toSecond: number): TimeRange => ({
    fromMs: startMs + fromSecond * SECOND_MS,
    toMs: startMs + toSecond * SECOND_MS,
  });
  const found: TimeRange[] = [];
  if (minutes >= 2) found.push(range(80, 100));
  if (minutes >= 10) found.push(range(410, 490));
  return found;
}
