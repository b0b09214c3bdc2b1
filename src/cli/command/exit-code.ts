/** The exit codes of SPEC section 6, and which error ends in which. A bug that ends this process is main's. */
import type { RunRecord } from '../../core/stored/manifest.js';
import { type FlowbarsError, unreachable } from '../../core/unit/errors.js';
import type { StopSignal } from '../../edge/process/stop-signal.js';
import { isStored } from '../../jobs/aggregate/aggregate-symbol.js';

export const EXIT_GOOD = 0;
/** The data is not good; the summary says what. */
export const EXIT_NOT_GOOD = 1;
export const EXIT_USAGE = 2;
/** The world failed (storage, network) and something is left undone: start it again. */
export const EXIT_WORLD = 3;
/** EX_SOFTWARE of sysexits.h, as main gives it: we are wrong. */
export const EXIT_BUG = 70;

export function exitCodeOf(error: FlowbarsError): number {
  switch (error.kind) {
    case 'usage':
      return EXIT_USAGE;
    case 'data':
    case 'limit':
      return EXIT_NOT_GOOD;
    case 'world':
    case 'conflict':
      return EXIT_WORLD;
    default:
      return unreachable(error.kind);
  }
}

/** Of a part of the workflow: whether days with holes are good enough is for the summary to say. */
export function exitCodeOfRecords(records: readonly RunRecord[]): number {
  if (!records.every(isStored)) return EXIT_WORLD;
  return records.some(({ outcome }) => outcome === 'failed') ? EXIT_NOT_GOOD : EXIT_GOOD;
}

/** 128 + the signal's number, as shells have it. */
export function exitCodeOfSignal(signal: StopSignal): number {
  return signal === 'SIGINT' ? 130 : 143;
}

/** From here on shells and programs say which signal it was: 143 is 128 + SIGTERM. */
const EXIT_SIGNAL_MIN = 129;

/** Of a process: whether the same one may end well another time. Undefined: a signal ended it, or it did not start. */
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
      return 'storage, network or machine failed, a second start finishes the work';
    case EXIT_BUG:
      return 'a bug of flowbars, not of your data';
    default:
      return 'stopped';
  }
}
