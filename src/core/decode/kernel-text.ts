/**
 * A chunk's bytes as the byte kernels take them: with some bytes to look at behind every line, so that they can
 * read four or eight at once and never past the end.
 */

/** Bytes behind the end of a line that a kernel may look at. */
const LOOK_AHEAD_BYTES = 16;
const LINE_FEED = 10;

export interface KernelText {
  readonly bytes: Uint8Array;
  /** The same bytes. */
  readonly words: DataView;
  /** Where its last line ends; the bytes behind it are looked at, and mean nothing. */
  readonly end: number;
}

export interface KernelTexts {
  /** The content up to `lastStart`. */
  readonly most: KernelText;
  /** Where a line begins, behind the last one that has enough bytes behind it. */
  readonly lastStart: number;
  /** A copy of the rest, with zeros behind it. */
  readonly last: KernelText;
}

/** `lineBytesMax`: the kernels refuse longer lines, which are not copied. */
export function kernelTexts(content: Uint8Array, lineBytesMax: number): KernelTexts {
  const enough = content.length - LOOK_AHEAD_BYTES;
  const lastStart = enough > 0 ? content.lastIndexOf(LINE_FEED, enough - 1) + 1 : 0;
  const length = Math.min(content.length - lastStart, lineBytesMax + LOOK_AHEAD_BYTES);
  const padded = new Uint8Array(length + LOOK_AHEAD_BYTES);
  padded.set(content.subarray(lastStart, lastStart + length));
  // A view of its own has one class, whatever the content's is: the kernels stay monomorphic.
  const bytes = new Uint8Array(content.buffer, content.byteOffset, content.length);
  return { most: textOf(bytes, lastStart), lastStart, last: textOf(padded, length) };
}

function textOf(bytes: Uint8Array, end: number): KernelText {
  return { bytes, words: new DataView(bytes.buffer, bytes.byteOffset, bytes.length), end };
}
