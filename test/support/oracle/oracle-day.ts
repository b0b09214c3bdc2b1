/**
 * The slow, independent oracle of docs/INPUT.md and docs/EVIDENCE.md: one symbol-day from objects in memory to bars, counts
 * and evidence, in BigInt and strings. It imports nothing from the product and need not be fast.
 */
import { barsCsv, resolutionOf } from './bars.js';
import type { Stream, TradeRow } from './chunk.js';
import type { AddedColumn } from './columns.js';
import { decimals, oneE18, parseDecimalE18, plainText } from './decimal.js';
import { doubtsOf, unresolvedMinutes } from './doubt.js';
import { evidenceOf, idGapsOf, lengthMs, troubledMinutes } from './evidence.js';
import type { Evidence, IdGap, Outage, Stretch } from './evidence.js';
import { isLate, tradesInOrder } from './order.js';
import { countOutcomes, having, judge } from './outcomes.js';
import type { Judged, OutcomeCounts } from './outcomes.js';
import { quoteFigures } from './quote-rule.js';
import type { QuoteFigures } from './quote-rule.js';
import {
  dayMs,
  firstMalformed,
  inOrder,
  isDepth,
  isTrade,
  isWellFormed,
  minuteMs,
  placedRows,
  readAll,
  within,
} from './reading.js';
import type {
  ChunkMinutes,
  Malformed,
  OracleObject,
  Placed,
  ReadObject,
  WellFormedRow,
} from './reading.js';

export interface OracleOptions {
  symbol: string;
  /** The UTC day, `2025-12-11`. */
  date: string;
  resolutions: string[];
  /** Default 1, in the default layout; 60 in `{symbol}/{stream}/{date}/{hour}.csv`. */
  chunkMinutes?: ChunkMinutes;
  /** Default 2. */
  edgeMinutes?: number;
  /** Default 60. */
  seedMinutes?: number;
  /** Default both. */
  streams?: 'both' | 'trades';
  sparseTrades?: boolean;
  /** A hole is longer than this; default 5000. */
  holeMinMs?: number;
  /** Epoch milliseconds, end exclusive; default the whole day. */
  expect?: Stretch;
  /** The share of malformed rows above which a symbol-day fails; default 0.001. */
  malformedMax?: number;
  /** Default 3. */
  idsMissingMin?: number;
  /** Default an hour. */
  quietMaxMs?: number;
  /** Default 0.99. */
  usableMin?: number;
  /** Default 0.7. */
  sideMin?: number;
  /** Codes of errors that count as warnings. */
  accept?: readonly (
    | 'rows_unusable'
    | 'stream_silent'
    | 'overlap_unresolved'
    | 'side_doubtful'
    | 'rows_elsewhere'
    | 'symbols_mixed'
  )[];
  /** Names that `--columns` adds. */
  columns?: AddedColumn[];
}

export type OracleStatus = 'complete' | 'partial' | 'empty' | 'failed';

export interface OracleDay {
  /** The file's text by resolution name, computed for every status. */
  bars: Map<string, string>;
  counts: Record<Stream, OutcomeCounts>;
  seed: string | undefined;
  missingTradeIds: number;
  idGaps: IdGap[];
  /** The first ten of each stream in read order, trades first. */
  malformedFirst: Malformed[];
  /** Objects read for the day, trades first, then those read only for the seed. */
  unreadable: string[];
  /** Chunk minutes as `stream/YYYY-MM-DD/HH-MM`. */
  overlapUnresolved: string[];
  quotes: QuoteFigures;
  /** `code severity` of the findings about doubt, each once, in the order of the alphabet. */
  doubts: string[];
  outages: Outage[];
  quietMs: number;
  unprovenMs: number;
  /** Coverage is 1 - outageMs / expectedMs. */
  coverage: { outageMs: number; expectedMs: number };
  /** Used and short rows of both streams that are late. */
  lateRows: number;
  /** The distinct numbers of levels on a side among used and short snapshots, ascending. */
  levelsSeen: number[];
  status: OracleStatus;
}

/** More malformed rows than this, and more than the share, fail a symbol-day. */
const malformedRowsTolerated = 10;

export function oracleDay(objects: OracleObject[], options: OracleOptions): OracleDay {
  const recorded = recordedDay(objects, options);
  const { day, window, evidence, tradeRows, trades, depth, lateMinutes } = recorded;
  const { tradeObjects, depthObjects, seedObjects } = recorded;
  const edgeMinutes = recorded.edgeMs / minuteMs;
  const dayObjects = [...tradeObjects, ...depthObjects];

  const seedE18 = seedOf(seedObjects, day.fromMs);
  const input = {
    dayStartMs: day.fromMs,
    seedE18,
    trades: tradesInOrder(
      having(trades, ['used'])
        .filter(isTrade)
        .map(({ row }) => row),
    ),
    quotes: having(depth, ['used', 'short'])
      .filter(isDepth)
      .map(({ row }) => row),
    books: having(depth, ['used'])
      .filter(isDepth)
      .map(({ row }) => row),
  };
  const bars = new Map(
    options.resolutions
      .map(resolutionOf)
      .map((each) => [each.name, barsCsv(input, each.resolutionMs)]),
  );

  const idGaps = idGapsOf(tradeRows, day);
  const overlapping = [
    ...unresolvedMinutes(tradeObjects, day),
    ...unresolvedMinutes(depthObjects, day),
  ];
  const inTime = (placed: Placed<WellFormedRow>): boolean => !isLate(placed, lateMinutes);
  const quotes = quoteFigures(
    having(trades, ['used'])
      .filter(isTrade)
      .filter(inTime)
      .map(({ row }) => row),
    inOrder(having(depth, ['used', 'short']).filter(isDepth))
      .filter(inTime)
      .map(({ row }) => row),
  );
  const doubts = doubtsOf({
    day,
    edgeMinutes,
    trades,
    depth: options.streams === 'trades' ? undefined : depth,
    quotes,
    hasOverlap: overlapping.length > 0,
    symbols: dayObjects.flatMap(({ chunk }) => chunk?.symbol ?? []),
    usableMin: options.usableMin ?? 0.99,
    sideMin: options.sideMin ?? 0.7,
  });

  const result = {
    bars,
    counts: { trades: countOutcomes(trades), depth: countOutcomes(depth) },
    seed: seedE18 === undefined ? undefined : plainText(seedE18, decimals),
    missingTradeIds: Number(idGaps.reduce((total, gap) => total + gap.missing, 0n)),
    idGaps,
    malformedFirst: [...firstMalformed(tradeObjects), ...firstMalformed(depthObjects)],
    unreadable: [...new Set([...dayObjects, ...seedObjects])]
      .filter(({ rows }) => rows === undefined)
      .map(({ name }) => name),
    overlapUnresolved: overlapping.map(minuteName),
    quotes,
    doubts: doubts.map((code) => `${code} ${severityOf(code, options.accept ?? [])}`),
    outages: evidence.outages,
    quietMs: lengthMs(evidence.quiet),
    unprovenMs: lengthMs(evidence.unproven),
    coverage: { outageMs: lengthMs(evidence.outages), expectedMs: lengthMs([window]) },
    lateRows: [...having(trades, ['used']), ...having(depth, ['used', 'short'])]
      .filter(isWellFormed)
      .filter((placed) => isLate(placed, lateMinutes)).length,
    levelsSeen: [
      ...new Set(input.quotes.flatMap(({ bids, asks }) => [bids.length, asks.length])),
    ].sort((a, b) => a - b),
  };
  return { ...result, status: statusOf(result, options.malformedMax ?? 0.001) };
}

/** What was read for a day, and what became of it: the ground of the bars and of the signals. */
export interface RecordedDay {
  day: Stretch;
  /** The expected part of the day. */
  window: Stretch;
  /** Read beyond the day; whole chunks, as the next one. */
  edgeMs: number;
  /** Rows are late that lie more than these minutes before the start of their chunk minute. */
  lateMinutes: number;
  tradeObjects: ReadObject[];
  depthObjects: ReadObject[];
  /** Of trades, from the start of the seed window to the end of the first edge of the day. */
  seedObjects: ReadObject[];
  /** All well-formed rows in Order. */
  tradeRows: TradeRow[];
  /** The rows of both streams in read order. */
  trades: Judged[];
  depth: Judged[];
  evidence: Evidence;
}

export function recordedDay(objects: OracleObject[], options: OracleOptions): RecordedDay {
  const dayStartMs = Date.parse(`${options.date}T00:00:00.000Z`);
  const day: Stretch = { fromMs: dayStartMs, toMs: dayStartMs + dayMs };
  const chunkMs = (options.chunkMinutes ?? 1) * minuteMs;
  const wholeChunks = (minutes: number): number =>
    Math.ceil((minutes * minuteMs) / chunkMs) * chunkMs;
  const edgeMs = wholeChunks(options.edgeMinutes ?? 2);
  const seedMs = wholeChunks(options.seedMinutes ?? 60);
  const read = readAll(objects, options.symbol, options.columns, options.chunkMinutes);
  const tradeObjects = within(read, 'trades', day.fromMs - edgeMs, day.toMs + edgeMs);
  const hasDepth = options.streams !== 'trades';
  const depthObjects = hasDepth
    ? within(read, 'depth', day.fromMs - edgeMs, day.toMs + edgeMs)
    : [];
  const window = options.expect ?? day;
  const tradeRows = inOrder(placedRows(tradeObjects).filter(isTrade)).map(({ row }) => row);
  const depthRows = inOrder(placedRows(depthObjects).filter(isDepth)).map(({ row }) => row);
  return {
    day,
    window,
    edgeMs,
    lateMinutes: wholeChunks(Math.max(1, options.edgeMinutes ?? 2)) / minuteMs,
    tradeObjects,
    depthObjects,
    seedObjects: within(read, 'trades', day.fromMs - seedMs, day.fromMs + edgeMs),
    tradeRows,
    trades: judge(placedRows(tradeObjects), day.fromMs, day.toMs),
    depth: judge(placedRows(depthObjects), day.fromMs, day.toMs),
    evidence: evidenceOf({
      window,
      holeMinMs: options.holeMinMs ?? 5000,
      trades: tradeRows,
      depth: hasDepth ? depthRows : undefined,
      troubledChunkMinutesMs: troubledMinutes(tradeObjects, window, {
        sparse: options.sparseTrades ?? false,
        chunkMs,
      }),
      chunkMs,
      idsMissingMin: options.idsMissingMin ?? 3,
      quietMaxMs: options.quietMaxMs ?? 3_600_000,
    }),
  };
}

/** The last price in Order among the rows before 00:00 that would be used if the day had no start. */
function seedOf(objects: ReadObject[], dayStartMs: number): bigint | undefined {
  const judged = judge(placedRows(objects), Number.NEGATIVE_INFINITY, dayStartMs);
  const used = having(judged, ['used']).filter(isTrade);
  return tradesInOrder(used.map(({ row }) => row)).at(-1)?.priceE18;
}

function severityOf(code: string, accept: readonly string[]): string {
  return code === 'clocks_doubtful' || accept.includes(code) ? 'warning' : 'error';
}

function minuteName(object: ReadObject): string {
  const text = new Date(object.chunkMinuteMs).toISOString();
  return `${object.stream}/${text.slice(0, 10)}/${text.slice(11, 13)}-${text.slice(14, 16)}`;
}

function statusOf(
  result: Pick<OracleDay, 'counts' | 'unreadable' | 'doubts' | 'outages'>,
  malformedMax: number,
): OracleStatus {
  const { trades, depth } = result.counts;
  const malformedMaxE18 = parseDecimalE18(malformedMax.toString());
  if (malformedMaxE18 === undefined) throw new RangeError(`no share: ${malformedMax}`);
  const tooMany = [trades, depth].some(
    ({ malformed, rows }) =>
      malformed > malformedRowsTolerated &&
      BigInt(malformed) * oneE18 > malformedMaxE18 * BigInt(rows),
  );
  if (tooMany) return 'failed';
  if (trades.used + depth.used + depth.short === 0) return 'empty';
  const isClean =
    result.outages.length === 0 &&
    trades.malformed + depth.malformed === 0 &&
    result.unreadable.length === 0 &&
    result.doubts.every((doubt) => !doubt.endsWith(' error'));
  return isClean ? 'complete' : 'partial';
}
