/** An output stream for text: its size, its colours, and lines that are redrawn in place. */
import { clearScreenDown, moveCursor } from 'node:readline';
import { styleText } from 'node:util';

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

export interface Terminal {
  /** True for a terminal, false for a pipe or file. */
  readonly isTty: boolean;
  /** Cells of a line; COLUMNS_DEFAULT unless a terminal. */
  readonly columns: () => number;
  readonly rows: () => number;
  readonly write: (text: string) => void;
  /** The text in a style, or unchanged without colours. */
  readonly paint: (style: Style, text: string) => string;
  /** Replaces the lines drawn before; each has to fit one row. Empty: clears them. */
  readonly redraw: (lines: readonly string[]) => void;
}

export interface TerminalOptions {
  /** False for `--no-color` and NO_COLOR. A pipe never gets colours. */
  readonly colors: boolean;
}

/** The type of process.stdout and process.stderr; a pipe has neither size nor TTY. */
export interface TerminalStream extends NodeJS.WritableStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
}

export const COLUMNS_DEFAULT = 100;
export const ROWS_DEFAULT = 24;

export function openTerminal(stream: TerminalStream, options: TerminalOptions): Terminal {
  const isTty = stream.isTTY ?? false;
  let drawnLines = 0;
  const redraw = (lines: readonly string[]): void => {
    if (drawnLines > 0) {
      moveCursor(stream, 0, -drawnLines);
      stream.write('\r');
      clearScreenDown(stream);
    }
    if (lines.length > 0) stream.write(`${lines.join('\n')}\n`);
    drawnLines = lines.length;
  };
  return {
    isTty,
    columns: () => (isTty && stream.columns) || COLUMNS_DEFAULT,
    rows: () => (isTty && stream.rows) || ROWS_DEFAULT,
    write: (text) => {
      stream.write(text);
    },
    paint: (style, text) =>
      options.colors && isTty ? styleText(style, text, { validateStream: false }) : text,
    redraw,
  };
}

/** A pipe to a function that takes whole lines. */
export function lineTerminal(take: (line: string) => void): Terminal {
  let begun = '';
  const write = (text: string): void => {
    const lines = `${begun}${text}`.split('\n');
    begun = lines.pop() ?? '';
    for (const line of lines) take(line);
  };
  return {
    isTty: false,
    columns: () => COLUMNS_DEFAULT,
    rows: () => ROWS_DEFAULT,
    write,
    paint: (_style, text) => text,
    redraw: () => undefined,
  };
}
