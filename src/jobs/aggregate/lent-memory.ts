/** Memory for the contents of one chunk minute after the other, used again and again. */

/** A larger piece is left to the collector after its chunk minute. */
const KEPT_BYTES_MAX = 33_554_432;

export class LentMemory {
  private readonly pieces: Uint8Array[] = [];
  private lent = 0;

  /** At least `bytes` of memory, not cleared; nobody else has it until `reclaim`. */
  lend(bytes: number): Uint8Array {
    const piece = this.pieces[this.lent];
    // A quarter more, since the next chunks are a little larger or smaller.
    const fitting = piece !== undefined && piece.length >= bytes ? piece : roomFor(bytes);
    this.pieces[this.lent] = fitting;
    this.lent += 1;
    return fitting;
  }

  /** Takes all memory back: nobody reads it any more. */
  reclaim(): void {
    for (let at = 0; at < this.lent; at++) {
      if ((this.pieces[at]?.length ?? 0) > KEPT_BYTES_MAX) this.pieces[at] = new Uint8Array();
    }
    this.lent = 0;
  }
}

function roomFor(bytes: number): Uint8Array {
  return new Uint8Array(Math.ceil(bytes * 1.25));
}
