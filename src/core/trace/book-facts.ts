/** What the snapshots of one bar add up to, in big integers: sums, counts, and the rows that decide. */
import { FIVE, LEVELS_MAX } from '../event/depth-rows.js';
import { shareE9 } from './exact.js';
import { bestOf, type KeptSnapshot, quantityOf } from './rows.js';

/** Of one side, over the full snapshots. */
class SideFacts {
  quantity = 0n;
  span = 0n;
  least: { readonly quantity: bigint; readonly row: KeptSnapshot } | undefined;

  take(row: KeptSnapshot, side: 'bids' | 'asks'): void {
    const levels = row[side];
    const [best, far] = [levels[0]?.price ?? 0n, levels.at(-1)?.price ?? 0n];
    const quantity = quantityOf(levels);
    this.quantity += quantity;
    this.span += best > far ? best - far : far - best;
    if (this.least === undefined || quantity < this.least.quantity) this.least = { quantity, row };
  }
}

export class BookFacts {
  count = 0;
  late = 0;
  five = 0;
  full = 0;
  spread = 0n;
  spreadMax: { readonly value: bigint; readonly row: KeptSnapshot } | undefined;
  /** Σ of whole numbers of 1e-9. */
  readonly shares: { l1: bigint; l5: bigint; l20: bigint } = { l1: 0n, l5: 0n, l20: 0n };
  readonly bids: SideFacts = new SideFacts();
  readonly asks: SideFacts = new SideFacts();
  /** The last one in Order that is not late. */
  last: KeptSnapshot | undefined;

  take(row: KeptSnapshot): void {
    const { bid, ask } = bestOf(row);
    const spread = ask - bid;
    this.count += 1;
    this.spread += spread;
    if (this.spreadMax === undefined || spread > this.spreadMax.value) {
      this.spreadMax = { value: spread, row };
    }
    this.shares.l1 += shareOf(row, 1);
    const levels = Math.min(row.bids.length, row.asks.length);
    if (levels >= FIVE) {
      this.five += 1;
      this.shares.l5 += shareOf(row, FIVE);
    }
    if (levels === LEVELS_MAX) {
      this.full += 1;
      this.shares.l20 += shareOf(row, LEVELS_MAX);
      this.bids.take(row, 'bids');
      this.asks.take(row, 'asks');
    }
    if (row.late) this.late += 1;
    else this.last = row;
  }
}

function shareOf({ bids, asks }: KeptSnapshot, levels: number): bigint {
  const ofBids = quantityOf(bids, levels);
  return shareE9(ofBids, ofBids + quantityOf(asks, levels));
}
