/**
 * Prints the result of a command in the asked format. The only place that decides between a page for a
 * person, one JSON document, and JSON lines; docs/COMMANDS.md says what a line is for each command.
 */
import type { Terminal } from '../../edge/process/terminal.js';
import type { World } from '../command/command.js';
import type { Given } from '../option/option.js';
import { type Format, formatOption, jsonOption } from '../option/options.js';

export interface Output {
  /** For `json`. */
  readonly document: object;
  /** For `jsonl`: what the document lists, one object a line. */
  readonly rows: readonly object[];
  /** For a person; on a terminal also beside a document, if there is a closing line. */
  readonly page: (terminal: Terminal) => void;
  /** The last line of the page, which stderr gets beside a document in any case. */
  readonly closing?: (terminal: Terminal) => void;
}

/** Undefined if none is asked for: the output decides. */
export type AskedFormat = Format | undefined;

export function askedFormat(given: Given): AskedFormat {
  return given.value(jsonOption) ? 'json' : given.optional(formatOption);
}

/** A page on a terminal, a document in a pipe. */
export function formatFor(asked: AskedFormat, { isTty }: Pick<Terminal, 'isTty'>): Format {
  return asked ?? (isTty ? 'table' : 'json');
}

export function printOutput(
  { document, rows, page, closing }: Output,
  asked: AskedFormat,
  { stdout, stderr }: Pick<World, 'stdout' | 'stderr'>,
): void {
  const format = formatFor(asked, stdout);
  if (format === 'table') {
    page(stdout);
    closing?.(stdout);
    return;
  }
  if (format === 'json') stdout.write(`${JSON.stringify(document, null, 2)}\n`);
  else for (const row of rows) stdout.write(`${JSON.stringify(row)}\n`);
  if (closing === undefined) return;
  if (stderr.isTty) page(stderr);
  closing(stderr);
}
