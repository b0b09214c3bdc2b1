/** Compares a stored file with the bytes that the files it was made from give again. */
import { CheckTally, quoted } from '../check/file-tally.js';
import type { CheckResult } from '../stored/manifest.js';

const LF = 10;
/** Bytes of a line that a detail is made from. */
const LINE_BYTES_MAX = 256;

export interface RemadeFile {
  readonly name: string;
  readonly stored: Uint8Array;
  /** What it has to be. */
  readonly remade: Uint8Array;
}

/** Says in which line the two differ first. */
export function checkRemade({ name, stored, remade }: RemadeFile): CheckResult[] {
  const tally = new CheckTally(name, ['recomputed']);
  const length = Math.min(stored.length, remade.length);
  let place = 0;
  while (place < length && stored[place] === remade[place]) place += 1;
  if (place < stored.length || place < remade.length) {
    const start = place === 0 ? 0 : stored.lastIndexOf(LF, place - 1) + 1;
    let line = 1;
    for (let index = 0; index < start; index++) if (stored[index] === LF) line += 1;
    tally.breach('recomputed', {
      where: `line ${line}`,
      found: lineText(stored, start),
      expected: `${lineText(remade, start)} as the 1s bars and 1s signals give it`,
    });
  }
  return tally.results();
}

function lineText(bytes: Uint8Array, start: number): string {
  if (start >= bytes.length) return 'no line';
  const end = bytes.indexOf(LF, start);
  const last = Math.min(end < 0 ? bytes.length : end, start + LINE_BYTES_MAX);
  return quoted(String.fromCharCode(...bytes.subarray(start, last)));
}
