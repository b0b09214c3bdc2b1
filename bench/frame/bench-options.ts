/** The options of a bench: read and checked before anything is made or measured. */
import { statSync } from 'node:fs';
import { parseArgs } from 'node:util';

export interface BenchOption<Value> {
  /** Stands for the value in the list of options; a switch has none. */
  readonly placeholder?: string;
  readonly about: string;
  readonly fallback: Value;
  /** What its value has to be, in words. */
  readonly expected: string;
  /** Undefined for what it cannot be. */
  readonly parse: (text: string) => Value | undefined;
}

type BenchOptions = Readonly<Record<string, BenchOption<unknown>>>;
type ValuesOf<Options extends BenchOptions> = {
  readonly [Name in keyof Options]: Options[Name] extends BenchOption<infer Value> ? Value : never;
};

/** What is wrong with a command line, in one line. */
export class UsageError extends Error {}

/** Of this process. Prints what is wrong and exits with 2, or the list of options and with 0. */
export function benchOptions<const Options extends BenchOptions>(
  options: Options,
): ValuesOf<Options> {
  const args = process.argv.slice(2);
  if (args.includes('--help')) {
    console.log(listOf(options));
    process.exit(0);
  }
  try {
    return readOptions(options, args);
  } catch (error) {
    if (error instanceof UsageError) {
      console.error(error.message);
      process.exit(2);
    }
    throw error;
  }
}

/** Throws a UsageError. */
export function readOptions<const Options extends BenchOptions>(
  options: Options,
  args: readonly string[],
): ValuesOf<Options> {
  const types = Object.entries(options).map(
    ([name, { placeholder }]) =>
      [name, { type: placeholder === undefined ? 'boolean' : 'string' }] as const,
  );
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(types),
    strict: false,
    tokens: true,
  });
  const values = new Map(Object.entries(options).map(([name, { fallback }]) => [name, fallback]));
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue;
    if (token.kind === 'positional')
      throw new UsageError(`bench: found '${token.value}', expected an option`);
    const { name, rawName, value } = token;
    const option = Object.hasOwn(options, name) ? options[name] : undefined;
    if (option === undefined || rawName !== `--${name}`) {
      const known = Object.keys(options).map((each) => `--${each}`);
      throw new UsageError(`bench: found '${rawName}', expected ${known.join(', ')} or --help`);
    }
    values.set(name, valueOf(name, option, value));
  }
  return Object.fromEntries(values) as ValuesOf<Options>;
}

function valueOf(name: string, option: BenchOption<unknown>, text: string | undefined): unknown {
  const isSwitch = option.placeholder === undefined;
  const value = isSwitch === (text === undefined) ? option.parse(text ?? '') : undefined;
  if (value !== undefined) return value;
  const found = text === undefined ? 'nothing' : `'${text}'`;
  throw new UsageError(`bench: --${name}: found ${found}, expected ${option.expected}`);
}

/** One line each. */
export function listOf(options: BenchOptions): string {
  const lines = Object.entries(options).map(([name, { placeholder, about, fallback }]) => {
    const shown = placeholder === undefined ? `--${name}` : `--${name} ${placeholder}`;
    const value = defaultOf(fallback);
    return [shown, value === undefined ? about : `${about} (default: ${value})`] as const;
  });
  const width = Math.max(...lines.map(([shown]) => shown.length));
  return lines.map(([shown, about]) => `  ${shown.padEnd(width)}  ${about}`).join('\n');
}

function defaultOf(fallback: unknown): string | undefined {
  if (typeof fallback === 'number') return String(fallback);
  return Array.isArray(fallback) ? fallback.join(',') : undefined;
}

export function wholeNumber(
  about: string,
  fallback: number,
  {
    least = 1,
    most = Number.MAX_SAFE_INTEGER,
  }: { readonly least?: number; readonly most?: number } = {},
): BenchOption<number> {
  const range = most === Number.MAX_SAFE_INTEGER ? `from ${least}` : `from ${least} to ${most}`;
  const parse = (text: string): number | undefined => wholeIn(text, least, most);
  return { placeholder: 'N', about, fallback, expected: `a whole number ${range}`, parse };
}

/** Without a fallback there is no list unless it is given. */
export function wholeNumbers<Fallback extends readonly number[] | undefined>(
  about: string,
  fallback: Fallback,
): BenchOption<readonly number[] | Fallback> {
  const expected = "whole numbers from 1, such as '1,2'";
  return { placeholder: 'N,…', about, fallback, expected, parse: wholeNumbersIn };
}

/** Some of these, separated by commas. */
export function oneOrMore<const Word extends string>(
  about: string,
  words: readonly Word[],
): BenchOption<readonly Word[]> {
  const isWord = (text: string): text is Word => words.some((word) => word === text);
  const parse = (text: string): readonly Word[] | undefined => {
    const parts = text.split(',');
    return parts.every(isWord) ? parts : undefined;
  };
  const expected = `one or more of ${words.join(', ')}, separated by commas`;
  return { placeholder: 'WORD,…', about, fallback: words, expected, parse };
}

export function folderOption(about: string): BenchOption<string | undefined> {
  return { placeholder: 'DIR', about, fallback: undefined, expected: 'a folder', parse: folderAt };
}

export function switchOption(about: string): BenchOption<boolean> {
  return { about, fallback: false, expected: 'no value', parse: () => true };
}

function wholeIn(text: string, least: number, most: number): number | undefined {
  const value = /^\d+$/u.test(text) ? Number(text) : Number.NaN;
  return value >= least && value <= most ? value : undefined;
}

function wholeNumbersIn(text: string): readonly number[] | undefined {
  const numbers = text.split(',').map((part) => wholeIn(part, 1, Number.MAX_SAFE_INTEGER));
  return numbers.every((each) => each !== undefined) ? numbers : undefined;
}

function folderAt(text: string): string | undefined {
  return statSync(text, { throwIfNoEntry: false })?.isDirectory() === true ? text : undefined;
}
