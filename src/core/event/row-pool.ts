/** Columns to decode into, used again and again: a day allocates as much as its largest chunks need. */
import { DepthRows } from './depth-rows.js';
import { TradeRows, type Scales } from './trade-rows.js';

/** Bytes of columns that a pool, of which each thread has one, keeps; further ones are left to the collector. */
export const POOLED_BYTES_MAX = 67_108_864;

export class RowPool {
  private readonly trades: TradeRows[] = [];
  private readonly depth: DepthRows[] = [];
  private bytes = 0;

  /** Empty columns for at least `capacity` rows. */
  takeTrades(capacity: number, scales: Scales): TradeRows {
    return this.taken(this.trades, capacity, scales) ?? new TradeRows(capacity, scales);
  }

  takeDepth(capacity: number, scales: Scales): DepthRows {
    return this.taken(this.depth, capacity, scales) ?? new DepthRows(capacity, scales);
  }

  /** Takes columns back that nobody reads any more. */
  give(rows: TradeRows | DepthRows): void {
    const { sizeBytes } = rows;
    if (rows.isWide || this.bytes + sizeBytes > POOLED_BYTES_MAX) return;
    this.bytes += sizeBytes;
    if (rows.stream === 'trades') this.trades.push(rows);
    else this.depth.push(rows);
  }

  /** Columns that are too small are dropped, so those that stay fit the largest chunks. */
  private taken<Rows extends TradeRows | DepthRows>(
    free: Rows[],
    capacity: number,
    scales: Scales,
  ): Rows | undefined {
    for (let rows = free.pop(); rows !== undefined; rows = free.pop()) {
      this.bytes -= rows.sizeBytes;
      if (rows.capacity < capacity) continue;
      rows.reset(scales);
      return rows;
    }
    return undefined;
  }
}
