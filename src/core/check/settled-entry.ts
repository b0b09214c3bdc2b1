/**
 * Whether a manifest's entry may be carried on without reading its files: it was verified whole, and
 * the store still holds exactly the listed generations. Pure; who lists the store is the caller's business.
 */
import type { PublishedEntry } from '../stored/manifest.js';
import type { Resolution } from '../unit/resolution.js';
import { CHECK_NAMES } from './bar-file-tally.js';

/** An empty day has no bars, so the checks of bar files are not made. */
export function isEveryCheckMade({ status, checks }: Omit<PublishedEntry, 'files'>): boolean {
  const made = new Set(checks.map(({ check }) => check));
  return status === 'empty' || CHECK_NAMES.every((name) => made.has(name));
}

/** Every check that this build makes was made and passed, and each of the resolutions is listed. */
export function isSoundEntry(entry: PublishedEntry, resolutions: readonly Resolution[]): boolean {
  const listed = new Set(entry.files.map(({ resolution }) => resolution));
  return (
    isEveryCheckMade(entry) &&
    entry.checks.every(({ ok }) => ok) &&
    (entry.status === 'empty' || resolutions.every(({ name }) => listed.has(name)))
  );
}

/** `generations`: of what is stored, by name. False where the store keeps none. */
export function isStoredAsListed(
  { files }: PublishedEntry,
  generations: ReadonlyMap<string, string | undefined>,
): boolean {
  return files.every(
    ({ name, generation }) => generation !== null && generations.get(name) === generation,
  );
}
