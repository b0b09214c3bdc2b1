/**
 * The manifest of a day after a run: the entries of the run's symbols are replaced, all others kept.
 * Pure; the job reads the manifest and writes it under a precondition.
 */
import { SCHEMA_VERSION } from '../shape/shape.js';
import type { Manifest, ManifestEntry } from '../stored/manifest.js';
import { compareNames } from '../unit/compare-names.js';

export interface ManifestUpdate {
  readonly date: string;
  readonly codeVersion: string;
  /** `_dataset.json` from the verified reports; null keeps the manifest's. */
  readonly dataset: Readonly<Record<string, unknown>> | null;
  /** The run's entry for each of its symbols; `published` is null if it published nothing. */
  readonly symbols: readonly ManifestEntry[];
}

/** Returns `previous` itself if no content changes: the code version is that of the last change. */
export function updateManifest(previous: Manifest | undefined, update: ManifestUpdate): Manifest {
  const entries = new Map((previous?.symbols ?? []).map((entry) => [entry.symbol, entry]));
  for (const symbolUpdate of update.symbols) {
    const { symbol } = symbolUpdate;
    entries.set(symbol, updatedEntry(entries.get(symbol), symbolUpdate));
  }
  const next: Manifest = {
    schema_version: SCHEMA_VERSION,
    code_version: update.codeVersion,
    date: update.date,
    dataset: update.dataset ?? previous?.dataset ?? null,
    symbols: [...entries.values()].toSorted((a, b) => compareNames(a.symbol, b.symbol)),
  };
  return previous !== undefined && isSameContent(previous, next) ? previous : next;
}

/** Codes that tell most, in this order; then the other errors, `no_data`, `outage`, the other warnings. */
const FIRST: readonly string[] = [
  'check_failed',
  'inputs_vanished',
  'limit_reached',
  'too_many_malformed',
  'chunk_unreadable',
];
const SEVERITIES: readonly string[] = ['error', 'warning', 'info'];
const TELLING_WARNINGS: readonly string[] = ['no_data', 'outage'];

interface RankedFinding {
  readonly code: string;
  readonly severity: string;
}

/**
 * The finding that explains best what is wrong with a symbol-day: why the day failed;
 * chunks that could not be read, which cause most other findings; then by severity.
 */
export function firstFinding<Found extends RankedFinding>(
  findings: readonly Found[],
): Found | null {
  const [first] = findings.toSorted((a, b) => rankOf(a) - rankOf(b));
  return first ?? null;
}

function rankOf({ code, severity }: RankedFinding): number {
  const ahead = FIRST.indexOf(code);
  if (ahead !== -1) return ahead;
  const telling = TELLING_WARNINGS.indexOf(code);
  const within = telling === -1 ? TELLING_WARNINGS.length : telling;
  return FIRST.length + SEVERITIES.indexOf(severity) * (TELLING_WARNINGS.length + 1) + within;
}

/** An attempt that published nothing keeps what was published before. */
function updatedEntry(previous: ManifestEntry | undefined, update: ManifestEntry): ManifestEntry {
  return update.published === null ? { ...update, published: previous?.published ?? null } : update;
}

function isSameContent(a: Manifest, b: Manifest): boolean {
  return contentOf(a) === contentOf(b);
}

function contentOf({ dataset, symbols }: Manifest): string {
  return JSON.stringify({ dataset, symbols });
}
