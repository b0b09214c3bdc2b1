/** The record of a symbol-day that left none: the final step writes it, so that the run's folder is whole. */
import { finding } from '../finding/finding-list.js';
import { recordName } from '../stored/output-names.js';
import type { PublishedEntry, RunRecord } from '../stored/manifest.js';
import type { SymbolDay } from '../rule/symbol-day.js';
import { unfinishedRecord } from './unfinished-record.js';

/** `published`: what the manifest lists of the symbol-day all the same; null where it lists nothing. */
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
