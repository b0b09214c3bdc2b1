/**
 * Decides whether a manifest entry may be kept without checking its files again: every check passed, and the
 * store still holds what it lists: by generation in a bucket, by the bytes that the caller reads in a folder.
 */
import type { ListedFile, PublishedEntry } from '../stored/manifest.js';
import type { Artifact } from '../stored/quality-report.js';
import type { PublishedReport } from '../stored/stored-shapes.js';
import {
  ARTIFACT_KINDS,
  type ArtifactKind,
  type FileFormat,
  type WantedFile,
} from '../rule/products.js';
import { areListed } from '../stored/artifacts.js';
import { CHECK_NAMES, type CheckName } from './file-tally.js';

/** Where a check is made: if any of these kinds is listed, only if all of them are, or if a file has the format. */
type CheckedKinds =
  | { readonly any: readonly ArtifactKind[] }
  | { readonly all: readonly ArtifactKind[] }
  | { readonly format: FileFormat };

const EVERY_KIND: CheckedKinds = { any: ARTIFACT_KINDS };
const TABLES: CheckedKinds = { any: ['bars', 'signals', 'patterns'] };
const GRIDS: CheckedKinds = { any: ['bars', 'signals'] };
const BARS_ALONE: CheckedKinds = { any: ['bars'] };
const SIGNALS_ALONE: CheckedKinds = { any: ['signals'] };
const PATTERNS_ALONE: CheckedKinds = { any: ['patterns'] };
const TYPED_ALONE: CheckedKinds = { format: 'parquet' };

/** Which files of a day each check looks at. */
const KINDS_OF_CHECK: Readonly<Record<CheckName, CheckedKinds>> = {
  quality_report: EVERY_KIND,
  files_exist: EVERY_KIND,
  bytes: EVERY_KIND,
  sha256: EVERY_KIND,
  crc32c: EVERY_KIND,
  columns: TABLES,
  row_count: TABLES,
  time_steps: GRIDS,
  row_order: PATTERNS_ALONE,
  time_format: PATTERNS_ALONE,
  text_values: { any: ['signals', 'patterns'] },
  number_format: TABLES,
  price_order: BARS_ALONE,
  vwap_range: BARS_ALONE,
  volume_sums: BARS_ALONE,
  flat_bars: BARS_ALONE,
  avg_spread: BARS_ALONE,
  imbalance: GRIDS,
  delta_range: SIGNALS_ALONE,
  fill_reasons: SIGNALS_ALONE,
  taker_flow: SIGNALS_ALONE,
  book_cells: SIGNALS_ALONE,
  book_order: SIGNALS_ALONE,
  bars_agree: { all: ['bars', 'signals'] },
  roll_up: GRIDS,
  scoreboard: { any: ['scoreboard'] },
  typed_columns: TYPED_ALONE,
  typed_cells: TYPED_ALONE,
  seed_continuity: EVERY_KIND,
};

/** The checks of a day with files of these kinds and formats, in the order of their results. */
export function checksOf(
  kinds: readonly string[],
  formats: readonly FileFormat[] = ['csv'],
): CheckName[] {
  return CHECK_NAMES.filter((name) => {
    const of = KINDS_OF_CHECK[name];
    if ('format' in of) return formats.includes(of.format);
    return 'any' in of
      ? of.any.some((kind) => kinds.includes(kind))
      : of.all.every((kind) => kinds.includes(kind));
  });
}

/** An empty day has no files, so no check of theirs ever runs. */
export function isEveryCheckMade({ status, files, checks }: PublishedEntry): boolean {
  const made = new Set(checks.map(({ check }) => check));
  const due = checksOf(
    files.map(({ kind }) => kind),
    files.map(({ format }) => format),
  );
  return status === 'empty' || due.every((name) => made.has(name));
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
    listed.format === artifact.format &&
    listed.resolution === artifact.resolution &&
    listed.name === artifact.name &&
    listed.bytes === artifact.bytes &&
    listed.rows === artifact.rows &&
    listed.sha256 === artifact.sha256 &&
    listed.crc32c === artifact.crc32c &&
    listed.fingerprint === artifact.fingerprint
  );
}
