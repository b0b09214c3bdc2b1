/** The first and the last of many: what a page or a document shows of rows that come one by one. */

/** Trades of a bar that its explanation holds, and as many snapshots; half from its begin, half from its end. */
export const EXPLAINED_ROWS_MAX = 20_000;
/** Steps of the book of a bar that its explanation holds, each with its prices. */
export const EXPLAINED_STEPS_MAX = 1_000;
/** Rows that were left out that it names. */
export const EXPLAINED_LEFT_OUT_MAX = 2_000;

export class Ends<T> {
  /** All that came. */
  count = 0;
  private readonly half: number;
  private readonly head: T[] = [];
  /** A ring: the place of the oldest follows from the count. */
  private readonly tail: T[] = [];

  constructor(max: number) {
    this.half = max / 2;
  }

  push(item: T): void {
    const { half, head, tail } = this;
    if (head.length < half) head.push(item);
    else tail[(this.count - half) % half] = item;
    this.count += 1;
  }

  /** In their order; where some are omitted, between the two halves. */
  all(): readonly T[] {
    const { head, tail, half } = this;
    const oldest = tail.length < half ? 0 : (this.count - half) % half;
    return [...head, ...tail.slice(oldest), ...tail.slice(0, oldest)];
  }

  get omitted(): number {
    return this.count - this.head.length - this.tail.length;
  }
}
