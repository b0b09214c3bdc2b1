/** The record of a symbol-day for which a run stored nothing: outcome `error` with one finding. */
import type { Finding } from '../finding/finding.js';
import type { SymbolDay } from '../rule/symbol-day.js';
import { SCHEMA_VERSION } from '../shape/shape.js';
import type { RunRecord } from '../stored/manifest.js';

export function unfinishedRecord(
  runId: string,
  { symbol, date }: SymbolDay,
  finding: Finding,
): RunRecord {
  return {
    schema_version: SCHEMA_VERSION,
    run_id: runId,
    symbol,
    date,
    outcome: 'error',
    status: null,
    coverage: null,
    finalized: false,
    findings: [finding],
    trades: 0,
    snapshots: 0,
    files: [],
    input_objects: 0,
    input_bytes: 0,
    output_bytes: 0,
    seconds: 0,
  };
}
