/** The record of a symbol-day that left none: the final step writes it, so that the run's folder is whole. */
import { recordName } from '../plan/output-names.js';
import type { PublishedEntry, RunRecord } from './manifest.js';
import { SCHEMA_VERSION, type SymbolDay } from './options.js';

/** `published`: what the manifest lists of the symbol-day all the same; null where it lists nothing. */
export function missingRecord(
  runId: string,
  symbolDay: SymbolDay,
  { published, detail }: { readonly published: PublishedEntry | null; readonly detail: string },
): RunRecord {
  const where = recordName(runId, symbolDay);
  return {
    schema_version: SCHEMA_VERSION,
    run_id: runId,
    symbol: symbolDay.symbol,
    date: symbolDay.date,
    outcome: 'error',
    status: published?.status ?? null,
    coverage: published?.coverage ?? null,
    finalized: true,
    findings: [{ code: 'record_missing', severity: 'error', where, detail }],
    trades: 0,
    snapshots: 0,
    files: [],
    input_objects: 0,
    input_bytes: 0,
    output_bytes: 0,
    seconds: 0,
  };
}
