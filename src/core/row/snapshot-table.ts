/**
 * A hash table of (millisecond, update id) with the number of the object that had the pair first: three
 * columns, at most half full, 20 bytes a slot.
 */

const SLOTS_FIRST = 64;
/** 2^32 divided by the golden ratio: Knuth's multiplicative hashing (TAOCP 6.4). */
const HASH_FACTOR = 0x9e3779b1;

export interface SnapshotKey {
  readonly timeMs: number;
  readonly id: number;
  readonly object: number;
}

export class SnapshotTable {
  count = 0;
  /** NaN: a free slot. */
  private timesMs: Float64Array = new Float64Array(SLOTS_FIRST).fill(Number.NaN);
  private ids: Float64Array = new Float64Array(SLOTS_FIRST);
  private objects: Uint32Array = new Uint32Array(SLOTS_FIRST);

  /** Adds a pair that is not there. */
  add(timeMs: number, id: number, object: number): void {
    this.put(timeMs, id, object);
    this.count += 1;
    if (this.count * 2 > this.timesMs.length) this.grow();
  }

  objectOf(timeMs: number, id: number): number | undefined {
    const slot = this.slotOf(timeMs, id);
    return this.timesMs[slot] === timeMs ? this.objects[slot] : undefined;
  }

  *all(): Generator<SnapshotKey> {
    for (const [slot, timeMs] of this.timesMs.entries()) {
      if (Number.isNaN(timeMs)) continue;
      yield { timeMs, id: this.ids[slot] ?? 0, object: this.objects[slot] ?? 0 };
    }
  }

  private put(timeMs: number, id: number, object: number): void {
    const slot = this.slotOf(timeMs, id);
    this.timesMs[slot] = timeMs;
    this.ids[slot] = id;
    this.objects[slot] = object;
  }

  /** The slot that holds the pair, or the free slot for it. The number of slots is a power of two. */
  private slotOf(timeMs: number, id: number): number {
    const { timesMs, ids } = this;
    const mask = timesMs.length - 1;
    const mixed = Math.imul(Math.imul(timeMs | 0, HASH_FACTOR) ^ (id | 0), HASH_FACTOR);
    let slot = (mixed ^ (mixed >>> 15)) & mask;
    while (!Number.isNaN(timesMs[slot]) && (timesMs[slot] !== timeMs || ids[slot] !== id)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private grow(): void {
    const keys = [...this.all()];
    const slots = this.timesMs.length * 2;
    this.timesMs = new Float64Array(slots).fill(Number.NaN);
    this.ids = new Float64Array(slots);
    this.objects = new Uint32Array(slots);
    for (const { timeMs, id, object } of keys) this.put(timeMs, id, object);
  }
}
