/**
 * The final step for one symbol-day: reads the run's record, verifies the stored files and completes
 * the record. The caller writes the day's manifest, once for all symbols.
 */
import { seedCheck } from '../../core/across/bar-file-seed.js';
import { isEveryCheckMade } from '../../core/check/settled-entry.js';
import { recordName } from '../../core/stored/output-names.js';
import type { Finding, FindingCode } from '../../core/finding/finding.js';
import { finding } from '../../core/finding/finding-list.js';
import { storedJson } from '../../core/stored/json-shape.js';
import { firstFinding } from '../../core/run/manifest-update.js';
import type { ManifestEntry, PublishedEntry, RunRecord } from '../../core/stored/manifest.js';
import { missingRecord } from '../../core/run/missing-record.js';
import type { SymbolDay } from '../../core/rule/symbol-day.js';
import type { PublishedReport } from '../../core/stored/stored-shapes.js';
import { assert } from '../../core/unit/errors.js';
import type { WantedFile } from '../../core/rule/products.js';
import { carryEntry, type ListedAround } from './carry-entry.js';
import { compareNeighbours } from './compare-neighbours.js';
import type { Effects, Replaces } from '../ports.js';
import { parseRecord } from '../stored/run-record.js';
import type { Verification } from './verify-symbol-day.js';

export interface FinalizeSymbolOptions {
  readonly runId: string;
  /** Files that the run requests. */
  readonly wanted: readonly WantedFile[];
  /** What the manifests listed of the symbol before this run. */
  readonly listed: ListedAround;
  /** The entry that an earlier attempt of this step stored for the manifest; valid while the record is finalized. */
  readonly earlier: ManifestEntry | undefined;
}

export interface FinalizedSymbol {
  readonly record: RunRecord;
  readonly update: ManifestEntry;
  /** The report's; null if it was not read or has none. */
  readonly dataset: PublishedReport['dataset'];
}

const NO_RECORD = 'this run left no record, so its task did not get to this symbol-day';
const UNREADABLE_RECORD =
  'the record of this run cannot be read, so nothing is known of what it did';

/** Codes of findings that this step adds; it drops earlier ones before it looks again. */
const OWN_FINDINGS: readonly FindingCode[] = ['seed_mismatch'];

export async function finalizeSymbol(
  symbolDay: SymbolDay,
  options: FinalizeSymbolOptions,
  effects: Effects,
): Promise<FinalizedSymbol> {
  const name = recordName(options.runId, symbolDay);
  const content = await effects.out.read(name);
  const found = content === undefined ? undefined : parseRecord(name, content, effects);
  const { earlier } = options;
  if (found?.finalized === true && earlier !== undefined) {
    return { record: found, update: earlier, dataset: null };
  }
  const detail = content === undefined ? NO_RECORD : UNREADABLE_RECORD;
  const published = options.listed.day;
  const record = found ?? missingRecord(options.runId, symbolDay, { published, detail });
  const finalized = await finalizedRecord(record, symbolDay, options, effects);
  const replaces: Replaces = content === undefined ? 'nothing' : { content };
  const bytes = effects.codec.encode(storedJson(finalized.record));
  await effects.out.write(name, bytes, replaces);
  return finalized;
}

async function finalizedRecord(
  record: RunRecord,
  symbolDay: SymbolDay,
  options: FinalizeSymbolOptions,
  effects: Effects,
): Promise<FinalizedSymbol> {
  if (record.outcome === 'failed' || record.outcome === 'error') return attempted(record);
  const { listed, wanted } = options;
  const carried = await carryEntry(symbolDay, listed, wanted, effects);
  if (carried !== undefined) return accepted(record, carried, effects);
  // Loaded where files have to be checked: those that are carried over need none of it.
  const { verifySymbolDay } = await import('./verify-symbol-day.js');
  const verification = await verifySymbolDay(symbolDay, wanted, effects);
  const { report, checks } = verification;
  const failed = checks.filter(({ ok }) => !ok);
  if (failed.length > 0 || report === undefined) {
    const checkFindings = failed.map(({ check, detail }) => finding('check_failed', check, detail));
    effects.log.event('ERROR', 'check_failed', { ...symbolDay, checks: failed });
    const findings = [...checkFindings, ...findingsOfTask(record)];
    return attempted({ ...record, outcome: 'failed', findings });
  }
  const seedPrice = report.seed?.price;
  const prices = { seedPrice, lastPrice: verification.lastPrice };
  const seedFindings = await compareNeighbours(symbolDay, prices, effects);
  const entry = publishedEntry(report, verification, seedFindings);
  return accepted(record, { entry, seedFindings, dataset: report.dataset }, effects);
}

/** The new manifest entry, carried over or verified by reading. */
interface AcceptedDay {
  readonly entry: PublishedEntry;
  readonly seedFindings: readonly Finding[];
  readonly dataset: PublishedReport['dataset'];
}

function accepted(
  record: RunRecord,
  { entry, seedFindings, dataset }: AcceptedDay,
  { log }: Effects,
): FinalizedSymbol {
  const { symbol, date } = record;
  for (const mismatch of seedFindings) {
    log.event('WARNING', mismatch.code, { symbol, date, ...mismatch });
  }
  const { status, coverage } = entry;
  const findings = [...findingsOfTask(record), ...seedFindings];
  return {
    record: { ...record, status, coverage, finalized: true, findings },
    update: { symbol, published: entry },
    dataset,
  };
}

function findingsOfTask({ findings }: RunRecord): Finding[] {
  return findings.filter(({ code }) => !OWN_FINDINGS.includes(code));
}

/** A record of an attempt that published nothing, so the earlier entry stays. */
function attempted(record: RunRecord): FinalizedSymbol {
  const { run_id, symbol, outcome, findings } = record;
  return {
    record: { ...record, finalized: true },
    update: {
      symbol,
      published: null,
      last_attempt: { run_id, outcome, first_finding: firstFinding(findings) },
    },
    dataset: null,
  };
}

function publishedEntry(
  report: PublishedReport,
  { checks, files }: Verification,
  seedFindings: readonly Finding[],
): PublishedEntry {
  const entry = {
    status: report.status,
    coverage: report.coverage,
    files,
    findings: [...report.findings, ...seedFindings],
    checks: [...checks, seedCheck(seedFindings)],
  };
  assert(isEveryCheckMade(entry), 'what is published has passed every check');
  return entry;
}
