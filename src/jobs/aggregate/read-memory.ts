/** Memory for objects that are read ahead: whoever gives it back lets a later object have it. */

/** Free memory above it is left to the collector. */
const FREE_BYTES_MAX = 16_777_216;

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
    if (this.freeBytes + piece.length > FREE_BYTES_MAX) return;
    this.freeBytes += piece.length;
    const alike = this.free.get(piece.length);
    if (alike === undefined) this.free.set(piece.length, [piece]);
    else alike.push(piece);
  }
}

/** A little more, so that chunks of about the same size have memory of the same: up to an eighth of a power of two. */
function lentSize(bytes: number): number {
  const stepBytes = 2 ** Math.max(12, Math.ceil(Math.log2(Math.max(1, bytes))) - 3);
  return Math.ceil(Math.max(1, bytes) / stepBytes) * stepBytes;
}
