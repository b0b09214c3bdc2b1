/**
 * The manifest of a day after a run: the entries of the run's symbols are replaced, all others kept.
 * Pure; the job reads the manifest and writes it under a precondition.
 */
import type { Finding, FindingCode } from '../finding/finding.js';
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

/** Warnings that explain best why a day is not complete, before all others. */
const TELLING: readonly FindingCode[] = ['no_data', 'outage', 'chunk_unreadable'];

/**
 * The finding that explains best what is wrong with a symbol-day: the first error, else `no_data`, else
 * the longest outage (listed first), else an unreadable chunk, else the first of the worst severity.
 */
export function firstFinding(findings: readonly Finding[]): Finding | null {
  const telling = TELLING.map((code) => findings.find((finding) => finding.code === code));
  return (
    findings.find(({ severity }) => severity === 'error') ??
    telling.find((finding) => finding !== undefined) ??
    findings.find(({ severity }) => severity === 'warning') ??
    findings[0] ??
    null
  );
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
