/** The record that the final step writes for a symbol-day without one: every symbol-day of a run has a record. */
import { finding } from '../finding/finding-list.js';
import type { SymbolDay } from '../rule/symbol-day.js';
import type { PublishedEntry, RunRecord } from '../stored/manifest.js';
import { recordName } from '../stored/output-names.js';
import { unfinishedRecord } from './unfinished-record.js';

/** `published`: what the manifest still lists for the symbol-day; null if nothing. */
export function missingRecord(
  runId: string,
  symbolDay: SymbolDay,
  { published, detail }: { readonly published: PublishedEntry | null; readonly detail: string },
): RunRecord {
  const where = recordName(runId, symbolDay);
  return {
    ...unfinishedRecord(runId, symbolDay, finding('record_missing', where, detail)),
    status: published?.status ?? null,
    coverage: published?.coverage ?? null,
    finalized: true,
  };
}
