/**
 * The rows of one chunk while it is decoded: batches of columns, each of a bounded number of rows. So
 * a file of a whole day grows batch by batch, and no column is ever copied to twice its size.
 */
import type { DepthRows } from '../event/depth-rows.js';
import type { RowPool } from '../event/row-pool.js';
import type { Scales, TradeRows } from '../event/trade-rows.js';
import type { StreamName } from '../rule/symbol-day.js';
import { unreachable } from '../unit/errors.js';

/** Rows of a batch. A minute of a busy market has some ten thousand, so nearly every chunk is one batch. */
export const BATCH_ROWS_MAX = 65_536;

/** Short canonical lines, to guess a chunk's rows from its size. */
const TRADE_LINE_BYTES = 40;
const SNAPSHOT_LINE_BYTES = 640;
const CAPACITY_MIN = 16;

export type ChunkRows = TradeRows | DepthRows;

export class RowBatches {
  private readonly stream: StreamName;
  private readonly rowsMax: number;
  private readonly full: ChunkRows[] = [];
  private fullBytes = 0;
  private readonly pool: RowPool;
  /** The batch that takes the next row. */
  open: ChunkRows;

  /** `bytes`: those of the lines to come. */
  constructor(
    stream: StreamName,
    bytes: number,
    scales: Scales,
    { rowsMax, pool }: { readonly rowsMax: number; readonly pool: RowPool },
  ) {
    this.stream = stream;
    this.rowsMax = rowsMax;
    this.pool = pool;
    this.open = this.newRows(bytes, scales);
  }

  /** Makes room for the rows of the next `bytes` once the open batch is full. */
  makeRoom(bytes: number): void {
    if (this.open.capacity < this.rowsMax) {
      this.open.grow(this.rowsMax);
      return;
    }
    this.close();
    this.open = this.newRows(bytes, scalesAfter(this.open));
  }

  /** All batches, in file order; at least one. */
  finish(): ChunkRows[] {
    this.close();
    return this.full;
  }

  get sizeBytes(): number {
    return this.fullBytes + this.open.sizeBytes;
  }

  private close(): void {
    if (this.open.stream === 'depth') this.open.alignScales();
    this.full.push(this.open);
    this.fullBytes += this.open.sizeBytes;
  }

  /** Columns with room for canonical rows: growing is the exception. */
  private newRows(bytes: number, scales: Scales): ChunkRows {
    const capacity = (lineBytes: number): number =>
      Math.min(Math.max(CAPACITY_MIN, Math.ceil(bytes / lineBytes)), this.rowsMax);
    switch (this.stream) {
      case 'trades':
        return this.pool.takeTrades(capacity(TRADE_LINE_BYTES), scales);
      case 'depth':
        return this.pool.takeDepth(capacity(SNAPSHOT_LINE_BYTES), scales);
      default:
        return unreachable(this.stream);
    }
  }
}

/** Scales to start the next rows of the stream with. */
export function scalesAfter(rows: ChunkRows): Scales {
  if (rows.isWide) return { priceDecimals: 0, quantityDecimals: 0 };
  switch (rows.stream) {
    case 'trades':
      return { priceDecimals: rows.price.decimals, quantityDecimals: rows.quantity.decimals };
    case 'depth':
      return {
        priceDecimals: rows.bidPrice.decimals,
        quantityDecimals: rows.bidQuantity.decimals,
      };
    default:
      return unreachable(rows);
  }
}

/** True if the well-formed rows of a chunk have timestamps of different units. */
export function mixesEpochs(batches: readonly ChunkRows[]): boolean {
  const digits = batches.map((rows) => rows.epochDigits).filter((found) => found !== 0);
  return batches.some((rows) => rows.mixesEpochs) || new Set(digits).size > 1;
}
