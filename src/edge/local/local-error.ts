/** Turns errors of the file system into four parts with the path. */
import { FlowbarsError } from '../../core/unit/errors.js';

interface Complaint {
  readonly found: string;
  readonly expected: string;
}

const RIGHT = 'the right to do this (grant it, then start again)';
const ROOM = 'free space (make room, then start again)';

/** What no retry mends: only a person can. */
const BLOCKING: Readonly<Record<string, Complaint>> = {
  EACCES: { found: 'permission denied', expected: RIGHT },
  EPERM: { found: 'operation not permitted', expected: RIGHT },
  EROFS: { found: 'a read-only file system', expected: 'a writable one' },
  ENOSPC: { found: 'no space left on the device', expected: ROOM },
  EDQUOT: { found: 'the disk quota exceeded', expected: ROOM },
};

const COMPLAINTS: Readonly<Record<string, Complaint>> = {
  ENOENT: { found: 'nothing there', expected: 'an existing file or folder' },
  ENOTDIR: { found: 'a file in place of a folder', expected: 'a folder' },
  EEXIST: { found: 'a file in place of a folder', expected: 'a folder' },
  EISDIR: { found: 'a folder', expected: 'a file' },
  EMFILE: { found: 'too many open files', expected: 'a higher limit (ulimit -n)' },
  ENFILE: { found: 'too many open files on the machine', expected: 'fewer' },
  ENAMETOOLONG: { found: 'a name that is too long', expected: 'a shorter one' },
  ELOOP: { found: 'a loop of symbolic links', expected: 'links without a loop' },
  EIO: { found: 'an input/output error', expected: 'a working disk' },
};

/** The code of an error of the operating system; undefined for our own bugs. */
export function errnoOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('errno' in error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** True if the path does not exist; a parent may be missing or not be a folder. */
export function isAbsent(error: unknown): boolean {
  const code = errnoOf(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}

/** Runs one operation; an error of the operating system becomes a FlowbarsError of kind `world` or `blocked`. */
export async function onFiles<T>(what: string, path: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw inFourParts(what, path, error);
  }
}

/** The same for an operation that waits for the system. */
export function onFilesNow<T>(what: string, path: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw inFourParts(what, path, error);
  }
}

function inFourParts(what: string, path: string, error: unknown): unknown {
  const code = errnoOf(error);
  if (code === undefined) return error;
  const blocking = BLOCKING[code];
  const complaint = blocking ?? COMPLAINTS[code] ?? unknown(code);
  const parts = { what, found: `${complaint.found} (${code})`, expected: complaint.expected };
  const kind = blocking === undefined ? 'world' : 'blocked';
  return new FlowbarsError(kind, { ...parts, where: path }, error);
}

function unknown(code: string): Complaint {
  return { found: code, expected: 'the operation to succeed' };
}
