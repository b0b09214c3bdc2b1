/**
 * The oracle's evidence of docs/EVIDENCE.md: gaps in trade ids, holes, and the kinds of their pieces.
 */
import type { DepthRow, TradeRow } from './chunk.js';
import type { ReadObject } from './reading.js';

/** A stretch of time; rows at its ends are not part of a hole. */
export interface Stretch {
  fromMs: number;
  toMs: number;
}

export type OutageKind = 'feed_down' | 'depth_missing' | 'trades_missing';

export interface Outage extends Stretch {
  kind: OutageKind;
}

/** Ids that no row has, between two ids that rows have. */
export interface IdGap extends Stretch {
  afterId: bigint;
  missing: bigint;
}

export interface EvidenceInput {
  /** The expected part of the day. */
  window: Stretch;
  holeMinMs: number;
  /** All well-formed trade rows that were read for the day, edges included, in Order. */
  trades: TradeRow[];
  /** The same for depth; undefined if depth is not recorded. */
  depth: DepthRow[] | undefined;
  /** Chunk minutes of trades that are missing and expected, or unreadable. */
  troubledChunkMinutesMs: number[];
  /** How long a chunk minute is: 60,000, or an hour. */
  chunkMs: number;
  idsMissingMin: number;
  quietMaxMs: number;
}

export interface Evidence {
  outages: Outage[];
  quiet: Stretch[];
  unproven: Stretch[];
}

export function evidenceOf(input: EvidenceInput): Evidence {
  const tradeHoles = holesOf(input.trades, input.window, input.holeMinMs);
  const proved = tradeHoles.filter((hole) => isProved(hole, input.trades));
  const openHoles = tradeHoles.filter((hole) => !isProved(hole, input.trades));
  const isTraded = (hole: Stretch): boolean =>
    missingOver(hole, input.trades) >= BigInt(input.idsMissingMin);
  const isTroubled = (piece: Stretch): boolean =>
    input.troubledChunkMinutesMs.some(
      (minute) => piece.fromMs <= minute + input.chunkMs && minute <= piece.toMs,
    );

  const depthHoles =
    input.depth === undefined ? [] : holesOf(input.depth, input.window, input.holeMinMs);
  const outages: Outage[] = [
    ...openHoles.flatMap((hole) => named('feed_down', intersections(hole, depthHoles))),
    ...depthHoles.flatMap((hole) => named('depth_missing', remainders(hole, openHoles))),
  ];
  const quiet = [...proved];
  const unproven: Stretch[] = [];
  for (const hole of openHoles) {
    const isLong = hole.toMs - hole.fromMs > input.quietMaxMs;
    for (const piece of remainders(hole, depthHoles)) {
      if (isTraded(hole) || isTroubled(piece)) outages.push(...named('trades_missing', [piece]));
      else if (input.depth === undefined) unproven.push(piece);
      else if (isLong) outages.push(...named('trades_missing', [piece]));
      else quiet.push(piece);
    }
  }
  return { outages: byTime(outages), quiet: byTime(quiet), unproven: byTime(unproven) };
}

/** Chunk minutes of trades with an unreadable object, or expected in the window but without an object. */
export function troubledMinutes(
  objects: ReadObject[],
  window: Stretch,
  options: { sparse: boolean; chunkMs: number },
): number[] {
  const unreadable = objects
    .filter(({ rows }) => rows === undefined)
    .map(({ chunkMinuteMs }) => chunkMinuteMs);
  const present = new Set(objects.map(({ chunkMinuteMs }) => chunkMinuteMs));
  const missing: number[] = [];
  const { chunkMs } = options;
  const firstMs = Math.floor(window.fromMs / chunkMs) * chunkMs;
  for (let minute = firstMs; minute < window.toMs; minute += chunkMs) {
    if (!present.has(minute)) missing.push(minute);
  }
  return options.sparse ? unreadable : [...unreadable, ...missing];
}

/** Milliseconds covered by stretches, which never overlap one another. */
export function lengthMs(stretches: Stretch[]): number {
  return stretches.reduce((total, stretch) => total + stretch.toMs - stretch.fromMs, 0);
}

/**
 * The missing ids whose stretch, from the row before to the row after, overlaps [dayStartMs, dayEndMs). An id
 * that several rows have is taken from the first of them in Order.
 */
export function idGapsOf(trades: TradeRow[], day: Stretch): IdGap[] {
  const timeMsById = new Map<bigint, number>();
  for (const trade of trades) {
    const id = numericId(trade);
    if (id !== undefined && !timeMsById.has(id)) timeMsById.set(id, trade.timeMs);
  }
  const seen = [...timeMsById].sort(([a], [b]) => (a < b ? -1 : 1));
  return seen.flatMap(([id, timeMs], index): IdGap[] => {
    const next = seen[index + 1];
    if (next === undefined || next[0] === id + 1n) return [];
    const fromMs = Math.min(timeMs, next[1]);
    const toMs = Math.max(timeMs, next[1]);
    if (toMs < day.fromMs || fromMs >= day.toMs) return [];
    return [{ afterId: id, missing: next[0] - id - 1n, fromMs, toMs }];
  });
}

/** Where no row has a time for longer than holeMinMs, the ends of the window being ends of holes too. */
function holesOf(rows: { timeMs: number }[], window: Stretch, holeMinMs: number): Stretch[] {
  const inside = rows
    .map((row) => row.timeMs)
    .filter((timeMs) => timeMs > window.fromMs && timeMs < window.toMs);
  const ends = [window.fromMs, ...inside, window.toMs];
  return ends
    .slice(1)
    .map((toMs, index) => ({ fromMs: ends[index] ?? toMs, toMs }))
    .filter((stretch) => stretch.toMs - stretch.fromMs > holeMinMs);
}

/** Whether the ids at the two ends of a hole are consecutive. */
function isProved(hole: Stretch, trades: TradeRow[]): boolean {
  const ends = endsOf(hole, trades);
  return ends !== undefined && ends.after === ends.before + 1n;
}

/** How many ids between those at the two ends no row has. */
function missingOver(hole: Stretch, trades: TradeRow[]): bigint {
  const ends = endsOf(hole, trades);
  if (ends === undefined || ends.after <= ends.before) return 0n;
  const between = trades
    .map(numericId)
    .filter((id) => id !== undefined && id > ends.before && id < ends.after);
  return ends.after - ends.before - 1n - BigInt(new Set(between).size);
}

/**
 * The highest id in the last millisecond with a row before the hole and the lowest one in the first after
 * it; undefined if a row there has no numeric id, or there is none.
 */
function endsOf(hole: Stretch, trades: TradeRow[]): { before: bigint; after: bigint } | undefined {
  const beforeMs = trades.findLast((trade) => trade.timeMs <= hole.fromMs)?.timeMs;
  const afterMs = trades.find((trade) => trade.timeMs >= hole.toMs)?.timeMs;
  const before = trades.filter(({ timeMs }) => timeMs === beforeMs).map(numericId);
  const after = trades.filter(({ timeMs }) => timeMs === afterMs).map(numericId);
  const idsBefore = before.filter((id) => id !== undefined);
  const idsAfter = after.filter((id) => id !== undefined);
  const [first, ...others] = idsBefore;
  const [second, ...further] = idsAfter;
  if (first === undefined || second === undefined) return undefined;
  if (idsBefore.length < before.length || idsAfter.length < after.length) return undefined;
  return {
    before: others.reduce((a, b) => (b > a ? b : a), first),
    after: further.reduce((a, b) => (b < a ? b : a), second),
  };
}

/** Digits, below 2^53. */
function numericId(trade: TradeRow): bigint | undefined {
  if (trade.id === undefined || !/^[0-9]+$/.test(trade.id)) return undefined;
  const id = BigInt(trade.id);
  return id < 2n ** 53n ? id : undefined;
}

function intersections(stretch: Stretch, others: Stretch[]): Stretch[] {
  return others
    .map((other) => ({
      fromMs: Math.max(stretch.fromMs, other.fromMs),
      toMs: Math.min(stretch.toMs, other.toMs),
    }))
    .filter((piece) => piece.fromMs < piece.toMs);
}

/** What is left of a stretch without the others. */
function remainders(stretch: Stretch, others: Stretch[]): Stretch[] {
  let pieces = [stretch];
  for (const other of others) {
    pieces = pieces.flatMap((piece) => [
      ...intersections(piece, [{ fromMs: Number.NEGATIVE_INFINITY, toMs: other.fromMs }]),
      ...intersections(piece, [{ fromMs: other.toMs, toMs: Number.POSITIVE_INFINITY }]),
    ]);
  }
  return pieces;
}

function named(kind: OutageKind, pieces: Stretch[]): Outage[] {
  return pieces.map((piece) => ({ kind, ...piece }));
}

function byTime<T extends Stretch>(stretches: T[]): T[] {
  return stretches.sort((a, b) => a.fromMs - b.fromMs || a.toMs - b.toMs);
}
