/** The commands that trace facts, as a person copies them into a shell. */
import type { SymbolDay } from '../../rule/symbol-day.js';

/** Each as a shell reads it, with quotes where it needs them; names behind it need none. */
export interface TraceRoots {
  readonly out: string;
  /** Without it `flowbars explain` needs FLOWBARS_RAW. */
  readonly raw: string | undefined;
}

export interface Tracer {
  /** A published file. */
  readonly file: (name: string) => string;
  /** A cell of a minute, or all of it; `at` as `2025-12-11T00:41:00Z`. */
  readonly minute: (at: string, column?: string) => string;
  /** An event that is known at `at`. */
  readonly event: (at: string) => string;
}

export function tracerOf({ symbol }: SymbolDay, { out, raw }: TraceRoots): Tracer {
  const explain = (words: readonly string[]): string =>
    line([
      'explain',
      ...(raw === undefined ? [] : ['--raw', raw]),
      '--out',
      out,
      // A name that begins with a dash would read as an option.
      ...(symbol.startsWith('-') ? [`--symbol=${symbol}`] : ['--symbol', symbol]),
      ...words,
    ]);
  return {
    file: (name) => line(['inspect', `${out.replace(/\/+$/u, '')}/${name}`]),
    minute: (at, column) =>
      explain([
        '--at',
        at,
        '--resolution',
        '1m',
        ...(column === undefined ? [] : ['--column', column]),
      ]),
    event: (at) => explain(['--at', at, '--event']),
  };
}

function line(words: readonly string[]): string {
  return ['flowbars', ...words].join(' ');
}
