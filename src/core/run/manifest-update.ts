/**
 * The manifest of a day after a run: entries of the run's symbols replaced, all others as they
 * were. A pure function of the manifest before it; reading and writing under a precondition is the job's.
 */
import type { Finding, FindingCode } from '../finding/finding.js';
import type { SymbolUpdate } from '../stored/finalized-part.js';
import type { Manifest, ManifestEntry } from '../stored/manifest.js';
import { SCHEMA_VERSION } from '../rule/day-rules.js';

export interface ManifestUpdate {
  readonly date: string;
  readonly codeVersion: string;
  /** `_dataset.json` as the verified reports carry it; null leaves what the manifest has. */
  readonly dataset: Readonly<Record<string, unknown>> | null;
  readonly symbols: readonly SymbolUpdate[];
}

/** The manifest before, itself, when nothing in it changes; its code version is that of its last change. */
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
    symbols: [...entries.values()].toSorted((a, b) => (a.symbol < b.symbol ? -1 : 1)),
  };
  return previous !== undefined && isSameContent(previous, next) ? previous : next;
}

/** Warnings that say best why a day is not complete, before all others. */
const TELLING: readonly FindingCode[] = ['no_data', 'outage', 'chunk_unreadable'];

/**
 * The finding that says best what is wrong with a symbol-day: the first error, else that there is no
 * data, else its longest outage (they are listed longest first), else the first of the worst severity.
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

function updatedEntry(previous: ManifestEntry | undefined, update: SymbolUpdate): ManifestEntry {
  if ('published' in update) return { symbol: update.symbol, published: update.published };
  return {
    symbol: update.symbol,
    published: previous?.published ?? null,
    last_attempt: update.attempt,
  };
}

function isSameContent(a: Manifest, b: Manifest): boolean {
  return contentOf(a) === contentOf(b);
}

function contentOf({ dataset, symbols }: Manifest): string {
  return JSON.stringify({ dataset, symbols });
}
