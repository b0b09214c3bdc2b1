/**
 * The names and sizes that every store allows. The program makes all names, so a bad one is a bug;
 * these checks keep a name below its root.
 */
import { assert } from '../../core/unit/errors.js';

/** An object is held in memory whole; a day of 1s bars takes about 10 MB, a chunk less. */
export const OBJECT_BYTES_MAX: number = 2 ** 30;

/** True for `a/b/c.csv`: no empty segment, so neither a leading nor a trailing `/`, no `.` and no `..`. */
export function isObjectName(name: string): boolean {
  return name.split('/').every(isSegment);
}

export function assertObjectName(name: string): void {
  assert(isObjectName(name), `an object name has plain segments, unlike '${name}'`);
}

/** A prefix is empty, a folder with its `/`, or a folder and the beginning of a name. */
export function splitPrefix(prefix: string): { readonly folder: string; readonly rest: string } {
  const end = prefix.lastIndexOf('/');
  const folder = end < 0 ? '' : prefix.slice(0, end);
  assert(folder === '' ? end < 0 : isObjectName(folder), `a prefix is not '${prefix}'`);
  return { folder, rest: prefix.slice(end + 1) };
}

function isSegment(segment: string): boolean {
  return segment !== '' && segment !== '.' && segment !== '..' && !segment.includes('\0');
}
