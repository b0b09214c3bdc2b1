/**
 * Rows that come over two connections are accepted once: trades by id, snapshots by time and update id. What one connection sends
 * twice is the exchange's own doing and stays. It forgets after 30 to 60 seconds, so its memory is bounded by the rows of a minute.
 */
import type { RowFrame } from '../frame/frame.js';

export const DUPLICATE_MEMORY_US = 30_000_000;

/** Keys, each with the connection that delivered it first. */
type Generation = Map<number | string, number>;

export class RowDuplicates {
  private current: Generation[] = [];
  private previous: Generation[] = [];
  /** The first id of each slot: ids minus it are small integers, which need a third of the memory. */
  private readonly bases: (number | undefined)[] = [];
  private rotatedUs: number;

  constructor(slots: number, nowUs: number) {
    for (let slot = 0; slot < slots; slot++) {
      this.current.push(new Map());
      this.previous.push(new Map());
      this.bases.push(undefined);
    }
    this.rotatedUs = nowUs;
  }

  /** True if another connection delivered this row of this slot (symbol and stream) before. */
  isDuplicate(slot: number, frame: RowFrame, connection: number): boolean {
    const key = this.keyOf(slot, frame);
    const first = this.current[slot]?.get(key) ?? this.previous[slot]?.get(key);
    if (first !== undefined) return first !== connection;
    this.current[slot]?.set(key, connection);
    return false;
  }

  /** To be called often, and not while nothing is read. */
  forget(nowUs: number): void {
    if (nowUs - this.rotatedUs < DUPLICATE_MEMORY_US) return;
    this.rotatedUs = nowUs;
    this.previous = this.current;
    this.current = this.previous.map(() => new Map<number | string, number>());
  }

  private keyOf(slot: number, frame: RowFrame): number | string {
    if (frame.is === 'depth') return `${frame.timestamp}/${frame.id}`;
    const id = Number(frame.id);
    const base = this.bases[slot] ?? id;
    this.bases[slot] = base;
    return id - base;
  }
}
