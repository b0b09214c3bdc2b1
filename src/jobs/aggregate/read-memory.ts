/** Memory for the stored bytes of objects: whoever gives it back lets a later object have it. */

/** Bytes of free memory that are kept; further ones are left to the collector. */
export const READ_MEMORY_BYTES_MAX = 33_554_432;

export class ReadMemory {
  /** By their size. */
  private readonly free = new Map<number, Uint8Array[]>();
  private freeBytes = 0;

  /** At least `bytes` of memory, not cleared; nobody else has it until it is given back. */
  lend(bytes: number): Uint8Array {
    const sizeBytes = lentSize(bytes);
    const piece = this.free.get(sizeBytes)?.pop();
    if (piece === undefined) return new Uint8Array(sizeBytes);
    this.freeBytes -= sizeBytes;
    return piece;
  }

  /** A whole piece that was lent and that nobody reads or writes any more. */
  giveBack(piece: Uint8Array): void {
    if (piece.length > READ_MEMORY_BYTES_MAX) return;
    // Those of sizes that chunks no longer have must not keep out the present ones.
    if (this.freeBytes + piece.length > READ_MEMORY_BYTES_MAX) this.dropFree();
    this.freeBytes += piece.length;
    const alike = this.free.get(piece.length);
    if (alike === undefined) this.free.set(piece.length, [piece]);
    else alike.push(piece);
  }

  private dropFree(): void {
    this.free.clear();
    this.freeBytes = 0;
  }
}

/** A little more, so that chunks of about the same size have memory of the same: up to an eighth of a power of two. */
function lentSize(bytes: number): number {
  const stepBytes = 2 ** Math.max(12, Math.ceil(Math.log2(Math.max(1, bytes))) - 3);
  return Math.ceil(Math.max(1, bytes) / stepBytes) * stepBytes;
}
