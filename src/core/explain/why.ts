/** Why a row was left out, or counts in part, in words (docs/INPUT.md). */
import { bestOf, type KeptSnapshot, type KeptTrade, type Level } from '../trace/rows.js';
import { plain } from '../trace/exact.js';
import type { OutcomeWord } from '../trace/left-out.js';
import type { RowPlace } from '../trace/row-places.js';
import { unreachable } from '../unit/errors.js';
import { counted } from '../unit/words.js';

export interface JudgedRow {
  readonly row: KeptTrade | KeptSnapshot;
  readonly outcome: OutcomeWord;
  /** Of a trade that is excluded for it. */
  readonly execType: string | undefined;
  /** Of the row that a duplicate repeats, where it was found. */
  readonly firstPlace: RowPlace | undefined;
}

/** Empty for a row that counts in everything. */
export function whyOf({ row, outcome, execType, firstPlace }: JudgedRow): string {
  switch (outcome) {
    case 'used':
      return row.late ? LATE : '';
    case 'short':
      return [shortWords(row), ...(row.late ? [LATE] : [])].join('; ');
    case 'neighbour_day':
      return 'its time lies in another day';
    case 'excluded':
      return excludedWords(row, execType);
    case 'duplicate':
      return duplicateWords(row, firstPlace);
    case 'one_sided':
      return 'bids' in row && row.bids.length === 0 ? 'it has no bids' : 'it has no asks';
    case 'crossed':
      return crossedWords(row);
    case 'unordered':
      return unorderedWords(row);
    default:
      return unreachable(outcome);
  }
}

const LATE = 'late: it counts in sums and counts, and in nothing that depends on Order';

function shortWords(row: JudgedRow['row']): string {
  if (!('bids' in row)) return '';
  return `${counted(row.bids.length, 'bid')} and ${counted(row.asks.length, 'ask')}: used for the spread, not for 20 levels`;
}

function excludedWords(row: JudgedRow['row'], execType: string | undefined): string {
  if (execType !== undefined) return `exec_type '${execType}': not traded against the book`;
  if ('bids' in row) return 'a price or a quantity of a level is 0 or less';
  return `its ${row.price <= 0n ? 'price' : 'quantity'} is 0 or less`;
}

function duplicateWords(row: JudgedRow['row'], first: RowPlace | undefined): string {
  if ('bids' in row) return 'a snapshot of its millisecond that was read before has its update_id';
  const where =
    first === undefined ? 'a row that was read before' : `${first.object} line ${first.line}`;
  return `${where} has its trade_id`;
}

function crossedWords(row: JudgedRow['row']): string {
  if (!('bids' in row)) return '';
  const { bid, ask } = bestOf(row);
  return `its best ask ${plain(ask)} is not above its best bid ${plain(bid)}`;
}

function unorderedWords(row: JudgedRow['row']): string {
  if (!('bids' in row)) return '';
  const at = breakAt(row.bids, -1);
  if (at > 0)
    return `bids do not strictly fall: level ${at + 1} is ${plain(row.bids[at]?.price ?? 0n)}, after ${plain(row.bids[at - 1]?.price ?? 0n)}`;
  const ask = breakAt(row.asks, 1);
  return `asks do not strictly rise: level ${ask + 1} is ${plain(row.asks[ask]?.price ?? 0n)}, after ${plain(row.asks[ask - 1]?.price ?? 0n)}`;
}

/** The first level that is not further than the one before it; -1 without one. */
function breakAt(levels: readonly Level[], sign: 1 | -1): number {
  return levels.findIndex(
    ({ price }, at) => at > 0 && BigInt(sign) * (price - (levels[at - 1]?.price ?? 0n)) <= 0n,
  );
}
