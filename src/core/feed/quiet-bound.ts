/**
 * From when on a line without a row is silent. A pause that ends on the same connection was a quiet market, so the next one may be twice
 * as long: a market that trades every few minutes is not taken for a dead socket again and again.
 */
import type { LineTimes } from './line-times.js';

export class QuietBound {
  private readonly leastUs: number;
  private readonly mostUs: number;
  private longestUs = 0;

  constructor({ silentAfterMs, quietMaxMs }: LineTimes) {
    this.leastUs = silentAfterMs * 1_000;
    this.mostUs = Math.max(silentAfterMs, quietMaxMs) * 1_000;
  }

  /** A row came on a connection that had delivered before, so long after the last one of the line. */
  rowAfter(pauseUs: number): void {
    if (pauseUs > this.longestUs) this.longestUs = pauseUs;
  }

  us(): number {
    return Math.min(Math.max(this.leastUs, 2 * this.longestUs), this.mostUs);
  }
}
