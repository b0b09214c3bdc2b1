/** The exit codes of docs/COMMANDS.md, and the exit code of each error. main handles bugs. */
import { type FlowbarsError, unreachable } from '../../core/unit/errors.js';
import type { StopSignal } from '../../edge/process/stop-signal.js';

export const EXIT_GOOD = 0;
/** The data is not good; the summary says what. */
export const EXIT_NOT_GOOD = 1;
export const EXIT_USAGE = 2;
/** Storage or network failed and work is left undone: start it again. */
export const EXIT_WORLD = 3;
/** EX_SOFTWARE of sysexits.h: a bug of flowbars, as main reports it. */
export const EXIT_BUG = 70;

export function exitCodeOf(error: FlowbarsError): number {
  switch (error.kind) {
    case 'usage':
      return EXIT_USAGE;
    case 'data':
    case 'limit':
      return EXIT_NOT_GOOD;
    case 'world':
    case 'absent':
    case 'blocked':
    case 'conflict':
      return EXIT_WORLD;
    default:
      return unreachable(error.kind);
  }
}

/** 128 + the signal's number, as in a shell. */
export function exitCodeOfSignal(signal: StopSignal): number {
  return signal === 'SIGINT' ? 130 : 143;
}

/** From here on an exit code names a signal: 143 is 128 + SIGTERM. */
const EXIT_SIGNAL_MIN = 129;

/**
 * Whether storage, network or machine ended the process, so that a later start may succeed. An undefined
 * exit code: a signal ended it, or it did not start.
 */
export function isWorldsFault({ exitCode }: { readonly exitCode: number | undefined }): boolean {
  return exitCode === undefined || exitCode === EXIT_WORLD || exitCode >= EXIT_SIGNAL_MIN;
}

/** What an exit code means, for the closing line. */
export function exitCodeMeaning(code: number): string {
  switch (code) {
    case EXIT_GOOD:
      return 'good';
    case EXIT_NOT_GOOD:
      return 'the data is not good';
    case EXIT_USAGE:
      return 'usage';
    case EXIT_WORLD:
      return 'storage, network or machine failed; start again to finish';
    case EXIT_BUG:
      return 'a bug in flowbars, not in your data';
    default:
      return 'stopped';
  }
}
