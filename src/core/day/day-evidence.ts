/** What a finished pass proves about its symbol-day: counts, silence, coverage, findings and status (docs/INPUT.md and docs/EVIDENCE.md). */
import {
  judgeSilence,
  outagePlace,
  outageText,
  totalMs,
  type Silence,
} from '../evidence/outages.js';
import { cutShare } from '../evidence/trade-id-evidence.js';
import { usableOf } from '../evidence/unusable-rows.js';
import type { Finding } from '../finding/finding.js';
import type { SeedPrice } from '../row/seed-search.js';
import type {
  ChunkMinuteCounts,
  DayStatus,
  DepthRowCounts,
  Levels,
  MalformedRow,
  QuoteRule,
  TradeIdEvidence,
  TradeRowCounts,
} from '../stored/quality-report.js';
import { durationText } from '../unit/duration.js';
import { dayRange, type TimeRange } from '../unit/utc-date.js';
import { comparedToShare } from '../unit/share.js';
import { counted } from '../unit/words.js';
import { noteChunks } from '../pass/chunk-notes.js';
import { noteDoubt } from './day-doubt.js';
import type { DayFeatures } from '../pass/day-folds.js';
import type { DayTally, SeenDay } from '../pass/day-tally.js';

/** Up to this many malformed rows a stream never fails the symbol-day, whatever their share. */
export const MALFORMED_TOLERATED = 10;

export interface DayEvidence {
  readonly status: DayStatus;
  readonly trades: TradeRowCounts;
  readonly depth: DepthRowCounts;
  readonly chunkMinutes: { readonly trades: ChunkMinuteCounts; readonly depth: ChunkMinuteCounts };
  readonly levels: Levels | null;
  readonly seed: SeedPrice | undefined;
  readonly tradeIds: TradeIdEvidence;
  readonly quoteRule: QuoteRule;
  readonly silence: Silence;
  /** The part of the day that is expected to be recorded. */
  readonly expected: TimeRange;
  readonly outageMs: number;
  /** 1 - outage ÷ expected, cut to six decimals. */
  readonly coverage: number;
  readonly malformedRows: readonly MalformedRow[];
  readonly findings: readonly Finding[];
}

/** Derives the evidence from what was seen of a whole day and what the folds gave. */
export function dayEvidence(seen: SeenDay, { quoteRule }: DayFeatures): DayEvidence {
  const { rules, tally } = seen;
  const { streams } = tally;
  const range = dayRange(seen.day.date);
  const expected = expectedRange(rules.expect, range);
  const recordsDepth = rules.streams === 'both';
  const expectsTrades = rules.sparseTrades ? undefined : expected;
  const silence = judgeSilence({
    tradeHoles: streams.trades.times
      .holes(expected, rules.holeMinMs)
      .map((hole) => ({ ...hole, idsMissing: tally.tradeIds.missingIn(hole) })),
    depthHoles: recordsDepth ? streams.depth.times.holes(expected, rules.holeMinMs) : undefined,
    lostTradeMinutes: streams.trades.minutes.lost(expectsTrades),
    idsMissingMin: rules.idsMissingMin,
    quietMaxMs: rules.quietMaxMs,
  });
  const trades = streams.trades.admission.tradeCounts;
  const depth = streams.depth.admission.depthCounts;
  const tradeIds = tally.tradeIds.evidence(range, expected);
  const expectedMs = expected.toMs - expected.fromMs;
  const outageMs = totalMs(silence.outages);
  noteFindings(seen, { silence, trades, depth, tradeIds, quoteRule });
  return {
    status: statusOf(seen, trades, depth),
    trades,
    depth,
    chunkMinutes: {
      trades: streams.trades.minutes.counts(expectsTrades),
      depth: streams.depth.minutes.counts(recordsDepth ? expected : undefined),
    },
    levels: tally.levels.found,
    seed: tally.seed.found,
    tradeIds,
    quoteRule,
    silence,
    expected,
    outageMs,
    coverage: cutShare(expectedMs - outageMs, expectedMs),
    malformedRows: [...streams.trades.malformedFirst, ...streams.depth.malformedFirst],
    findings: tally.findings.all(),
  };
}

/** The part of the day that is expected; empty if `--expect` lies outside the day. */
export function expectedRange(expect: TimeRange | undefined, day: TimeRange): TimeRange {
  if (expect === undefined) return day;
  const fromMs = Math.min(Math.max(expect.fromMs, day.fromMs), day.toMs);
  const toMs = Math.max(Math.min(expect.toMs, day.toMs), fromMs);
  return { fromMs, toMs };
}

interface Facts {
  readonly silence: Silence;
  readonly trades: TradeRowCounts;
  readonly depth: DepthRowCounts;
  readonly tradeIds: TradeIdEvidence;
  readonly quoteRule: QuoteRule;
}

function noteFindings(seen: SeenDay, facts: Facts): void {
  const { day, tally } = seen;
  const { findings } = tally;
  const { silence, trades, depth, tradeIds } = facts;
  noteMalformed(seen, 'trades', trades);
  noteMalformed(seen, 'depth', depth);
  noteDoubt(seen, facts);
  // Longest first: summaries show only the first one.
  const longestFirst = silence.outages.toSorted((a, b) => b.toMs - b.fromMs - (a.toMs - a.fromMs));
  for (const outage of longestFirst) {
    findings.add('outage', outagePlace(outage), outageText(outage));
  }
  const unprovenMs = totalMs(silence.unproven);
  if (unprovenMs > 0) {
    findings.add(
      'unproven',
      'trades',
      `no trade for ${durationText(unprovenMs)} in all, and no depth to tell quiet from dead`,
    );
  }
  const firstGap = tradeIds.gaps[0];
  if (firstGap !== undefined) {
    findings.add(
      'trade_ids_missing',
      `after id ${firstGap.after_id}`,
      `${counted(tradeIds.missing, 'id')} missing in ${counted(tradeIds.gap_count, 'place')}`,
    );
  }
  if (depth.short > 0) {
    findings.add(
      'snapshots_short',
      'depth',
      `${counted(depth.short, 'snapshot')} with fewer than 20 levels a side`,
    );
  }
  if (tally.lateRows > 0) {
    findings.add(
      'rows_late',
      'reading order',
      `${counted(tally.lateRows, 'row')} too late to be put in order; bars hold them exactly, the quote rule leaves them out`,
    );
  }
  noteChunks(tally.streams, findings);
  tally.symbols.addTo(findings, day.symbol);
  if (usableRows(trades, depth) === 0) {
    findings.add(
      'no_data',
      `${day.symbol} ${day.date}`,
      hasChunks(tally)
        ? 'no usable row in either stream'
        : 'no chunk in the raw root: are the symbol, the day, the root and its layout right?',
    );
  }
}

function hasChunks({ streams }: DayTally): boolean {
  return [streams.trades, streams.depth].some(
    ({ minutes }) => minutes.counts(undefined).present > 0,
  );
}

function noteMalformed(
  { rules, tally }: SeenDay,
  stream: 'trades' | 'depth',
  counts: TradeRowCounts,
): void {
  if (counts.malformed === 0) return;
  const first = tally.streams[stream].malformedFirst[0];
  const where = first === undefined ? stream : `${first.object} line ${first.line}`;
  const detail = `${counts.malformed} of ${counts.rows} rows of ${stream} are malformed`;
  if (!hasTooManyMalformed(counts, rules.malformedMax)) {
    tally.findings.add('malformed_rows', where, detail);
    return;
  }
  // A failed day has no report that would list the rows.
  const reason =
    first === undefined
      ? ''
      : `, the first in ${first.column}: found ${first.found}, expected ${first.expected}`;
  tally.findings.add('too_many_malformed', where, detail + reason);
}

function hasTooManyMalformed({ malformed, rows }: TradeRowCounts, share: number): boolean {
  return malformed > MALFORMED_TOLERATED && comparedToShare(malformed, rows, share) > 0;
}

function statusOf(
  { rules, tally: { findings } }: SeenDay,
  trades: TradeRowCounts,
  depth: DepthRowCounts,
): DayStatus {
  if ([trades, depth].some((counts) => hasTooManyMalformed(counts, rules.malformedMax))) {
    return 'failed';
  }
  if (usableRows(trades, depth) === 0) return 'empty';
  const isDoubtful =
    trades.malformed + depth.malformed > 0 ||
    findings.countOf('outage') > 0 ||
    findings.countOf('chunk_unreadable') > 0 ||
    findings.hasError;
  return isDoubtful ? 'partial' : 'complete';
}

function usableRows(trades: TradeRowCounts, depth: DepthRowCounts): number {
  return usableOf(trades) + usableOf(depth);
}
