/** Whom `--only` lets take part: those of whose group or name it says a word. */
import type { Contestant } from '../contest/contestant.js';
import type { BenchOption } from './bench-options.js';

/** What groups and contestants can be named by. */
export const WORDS = [
  'decode',
  'depth',
  'trades',
  'fold',
  'plain',
  'gzip',
  'folder',
  'bucket',
  'flowbars',
  'aggregate',
  'run',
  'unchanged',
  'all',
  'outputs',
  'DuckDB',
  'polars',
  'csv-parse',
  'gunzip',
  'download',
  'floor',
] as const;

/** Who takes part; without words everybody does. */
export class Wanted {
  private readonly parts: readonly (readonly string[])[];

  constructor(parts: readonly (readonly string[])[] = []) {
    this.parts = parts;
  }

  has({ group, name }: Pick<Contestant, 'group' | 'name'>): boolean {
    if (this.parts.length === 0) return true;
    const own = wordsOf(`${group} ${name}`);
    return this.parts.some((part) => part.every((word) => own.includes(word)));
  }
}

/** Parts between commas; a part of several words wants those that have all of them. */
export const onlyOption: BenchOption<Wanted> = {
  placeholder: 'WORD,…',
  about: `only contestants with one of these words: ${WORDS.join(', ')}`,
  fallback: new Wanted(),
  expected: `one or more of ${WORDS.join(', ')}, separated by commas`,
  parse: (text) => {
    const known = new Set(WORDS.flatMap(wordsOf));
    const parts = text.split(',').map(wordsOf);
    const areKnown = parts.every(
      (part) => part.length > 0 && part.every((word) => known.has(word)),
    );
    return areKnown ? new Wanted(parts) : undefined;
  },
};

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[\s,()]+/u)
    .filter((word) => word !== '');
}
