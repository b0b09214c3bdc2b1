/** The lines of a model text, taken one after the other, and the numbers in them; each error names its line. */
import { FlowbarsError } from '../unit/errors.js';

/** Characters of a line that an error quotes. */
const QUOTED_CHARACTERS_MAX = 60;
const NUMBER = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/iu;
const WHOLE = /^-?\d{1,9}$/u;

/** A line of the form `key=value`. */
export interface Pair {
  readonly key: string;
  readonly value: string;
  readonly line: number;
}

export class ModelLines {
  private readonly lines: readonly string[];
  private readonly where: string;
  private taken = 0;

  /** `where` names the text in errors. */
  constructor(text: string, where: string) {
    this.lines = text.split(/\r?\n/u);
    this.where = where;
  }

  /** Number of the line that was taken last, counted from 1. */
  get line(): number {
    return this.taken;
  }

  /** The next line that is not blank; undefined at the end. */
  take(): string | undefined {
    while (this.taken < this.lines.length) {
      const line = this.lines[this.taken] ?? '';
      this.taken += 1;
      if (line.trim() !== '') return line;
    }
    return undefined;
  }

  /** Takes the pairs up to the next blank line, or to the end. */
  takePairs(what: string): Map<string, Pair> {
    const pairs = new Map<string, Pair>();
    let text = this.take();
    while (text !== undefined && text.trim() !== '') {
      const at = text.indexOf('=');
      const key = at < 0 ? text : text.slice(0, at);
      const pair = { key, value: at < 0 ? '' : text.slice(at + 1), line: this.taken };
      if (pairs.has(key)) this.refuse(what, quotedLine(text), `one line '${key}'`);
      pairs.set(key, pair);
      text = this.lines[this.taken];
      this.taken += text === undefined ? 0 : 1;
    }
    return pairs;
  }

  refuse(what: string, found: string, expected: string, line: number = this.taken): never {
    throw new FlowbarsError('data', { what, found, expected, where: `${this.where} line ${line}` });
  }

  /** The pair of this key; `line` is where it should be. */
  pairOf(pairs: ReadonlyMap<string, Pair>, key: string): Pair {
    return pairs.get(key) ?? this.refuse(key, 'nothing', `a line '${key}=…' above this one`);
  }

  wholeOf({ key, value, line }: Pair): number {
    if (WHOLE.test(value)) return Number(value);
    return this.refuse(key, quotedLine(value), 'a whole number', line);
  }

  /** So many numbers, separated by spaces. `infinity` reads `inf`, which a split of nulls from all values has. */
  numbersOf(pair: Pair, count: number, infinity?: 'infinity'): Float64Array {
    return Float64Array.from(this.wordsOf(pair, count), (word) => {
      if (infinity !== undefined && word === 'inf') return Infinity;
      const value = NUMBER.test(word) ? Number(word) : Number.NaN;
      if (Number.isFinite(value)) return value;
      return this.refuse(pair.key, quotedLine(word), 'a decimal number', pair.line);
    });
  }

  wholesOf(pair: Pair, count: number): Int32Array {
    return Int32Array.from(this.wordsOf(pair, count), (word) =>
      this.wholeOf({ ...pair, value: word }),
    );
  }

  wordsOf({ key, value, line }: Pair, count: number): string[] {
    const words = value.split(' ').filter((word) => word !== '');
    if (words.length === count) return words;
    return this.refuse(key, `${words.length} values`, `${count}`, line);
  }
}

export function quotedLine(text: string): string {
  if (text === '') return 'nothing';
  const isLong = text.length > QUOTED_CHARACTERS_MAX;
  // Control characters would disturb a terminal.
  const shown = text.slice(0, QUOTED_CHARACTERS_MAX).replaceAll(/\p{C}/gu, '?');
  return `'${shown}${isLong ? '…' : ''}'`;
}
