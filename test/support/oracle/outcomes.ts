/**
 * The oracle's table of docs/INPUT.md: every row ends in exactly one outcome, the first that applies.
 */
import type { DepthRow } from './chunk.js';
import { levelsMax } from './json-levels.js';
import { isMalformed } from './reading.js';
import type { Placed, WellFormedRow } from './reading.js';

export const outcomes = [
  'malformed',
  'neighbour',
  'excluded',
  'duplicate',
  'one_sided',
  'unordered',
  'crossed',
  'short',
  'used',
] as const;

export type Outcome = (typeof outcomes)[number];

/** How many rows ended in each outcome; `rows` is their sum. */
export type OutcomeCounts = Record<Outcome | 'rows', number>;

export interface Judged {
  placed: Placed;
  outcome: Outcome;
}

/** Gives each row, in read order, its outcome for the stretch of time [fromMs, toMs). */
export function judge(rows: Placed[], fromMs: number, toMs: number): Judged[] {
  const keysSeen = new Set<string>();
  return rows.map((placed): Judged => {
    if (isMalformed(placed)) return { placed, outcome: 'malformed' };
    const { row } = placed;
    if (row.kind === 'malformed') throw new Error('a malformed row passed as well-formed');
    if (row.timeMs < fromMs || row.timeMs >= toMs) return { placed, outcome: 'neighbour' };
    if (isExcluded(row)) return { placed, outcome: 'excluded' };
    const key = duplicateKey(row);
    if (key !== undefined) {
      if (keysSeen.has(key)) return { placed, outcome: 'duplicate' };
      keysSeen.add(key);
    }
    return { placed, outcome: row.kind === 'trade' ? 'used' : bookOutcome(row) };
  });
}

/** The rows that ended in one of the outcomes. */
export function having(judged: Judged[], wanted: Outcome[]): Placed[] {
  return judged.filter(({ outcome }) => wanted.includes(outcome)).map(({ placed }) => placed);
}

export function countOutcomes(judged: Judged[]): OutcomeCounts {
  const counts: OutcomeCounts = {
    rows: judged.length,
    malformed: 0,
    neighbour: 0,
    excluded: 0,
    duplicate: 0,
    one_sided: 0,
    unordered: 0,
    crossed: 0,
    short: 0,
    used: 0,
  };
  for (const { outcome } of judged) counts[outcome] += 1;
  return counts;
}

function isExcluded(row: WellFormedRow): boolean {
  if (row.kind === 'depth') {
    return [...row.bids, ...row.asks].some(
      (level) => level.priceE18 <= 0n || level.quantityE18 <= 0n,
    );
  }
  if (row.priceE18 <= 0n || row.quantityE18 <= 0n) return true;
  return row.execType !== undefined && row.execType !== 'MARKET' && row.execType !== 'RPI';
}

/** Undefined for a row without an id, which cannot be a duplicate. */
export function duplicateKey(row: WellFormedRow): string | undefined {
  if (row.id === undefined) return undefined;
  return row.kind === 'trade' ? row.id : `${row.timeMs} ${row.id}`;
}

function bookOutcome(row: DepthRow): Outcome {
  const bestBid = row.bids[0];
  const bestAsk = row.asks[0];
  if (bestBid === undefined || bestAsk === undefined) return 'one_sided';
  const bids = row.bids.map(({ priceE18 }) => priceE18);
  const asks = row.asks.map(({ priceE18 }) => priceE18);
  if (!strictlyRises(bids.toReversed()) || !strictlyRises(asks)) return 'unordered';
  if (bestAsk.priceE18 <= bestBid.priceE18) return 'crossed';
  return row.bids.length < levelsMax || row.asks.length < levelsMax ? 'short' : 'used';
}

function strictlyRises(prices: bigint[]): boolean {
  return prices.every((price, index) => index === 0 || price > (prices[index - 1] ?? price));
}
