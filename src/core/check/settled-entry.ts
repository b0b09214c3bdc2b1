/**
 * Decides whether a manifest entry may be kept without checking its files again: every check passed, and the
 * store still holds what it lists: by generation in a bucket, by the bytes that the caller reads in a folder.
 */
import type { ListedFile, PublishedEntry } from '../stored/manifest.js';
import type { Artifact } from '../stored/quality-report.js';
import type { PublishedReport } from '../stored/stored-shapes.js';
import type { WantedFile } from '../rule/products.js';
import { areListed } from '../stored/artifacts.js';
import { CHECK_NAMES } from './file-tally.js';

/** An empty day has no bar files, so their checks never run. */
export function isEveryCheckMade({ status, checks }: Omit<PublishedEntry, 'files'>): boolean {
  const made = new Set(checks.map(({ check }) => check));
  return status === 'empty' || CHECK_NAMES.every((name) => made.has(name));
}

/** True if every check of this build ran and passed, and each of the wanted files is listed. */
export function isSoundEntry(entry: PublishedEntry, wanted: readonly WantedFile[]): boolean {
  return (
    isEveryCheckMade(entry) &&
    entry.checks.every(({ ok }) => ok) &&
    (entry.status === 'empty' || areListed(entry.files, wanted))
  );
}

/** `generations`: those of the stored objects, by name. False if the store keeps none. */
export function isStoredAsListed(
  { files }: PublishedEntry,
  generations: ReadonlyMap<string, string | undefined>,
): boolean {
  return files.every(
    ({ name, generation }) => generation !== null && generations.get(name) === generation,
  );
}

/** True if the entry says what one without a failed check that is made from this report says. */
export function isEntryOf(entry: PublishedEntry, report: PublishedReport): boolean {
  const { artifacts, fingerprint, findings } = report;
  const files = entry.files.filter(({ kind }) => kind !== 'quality');
  const reports = entry.files.filter(({ kind }) => kind === 'quality');
  return (
    entry.status === report.status &&
    entry.coverage === report.coverage &&
    JSON.stringify(entry.findings) === JSON.stringify(findings) &&
    files.length === artifacts.length &&
    artifacts.every((artifact) => files.some((listed) => isListing(listed, artifact))) &&
    reports.length === 1 &&
    reports.every((listed) => listed.fingerprint === fingerprint)
  );
}

function isListing(listed: ListedFile, artifact: Artifact): boolean {
  return (
    listed.kind === artifact.kind &&
    listed.resolution === artifact.resolution &&
    listed.name === artifact.name &&
    listed.bytes === artifact.bytes &&
    listed.rows === artifact.rows &&
    listed.sha256 === artifact.sha256 &&
    listed.crc32c === artifact.crc32c &&
    listed.fingerprint === artifact.fingerprint
  );
}
