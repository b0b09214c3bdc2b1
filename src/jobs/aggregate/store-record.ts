/** Stores a run's record of a symbol-day (docs/OUTPUT.md). A retry never turns `published` into `unchanged`. */
import { qualityName, recordName } from '../../core/stored/output-names.js';
import { hintsOf } from '../../core/run/hint.js';
import { storedJson } from '../../core/stored/json-shape.js';
import type { Finding } from '../../core/finding/finding.js';
import { unreachable } from '../../core/unit/errors.js';
import type { RunRecord } from '../../core/stored/manifest.js';
import { SCHEMA_VERSION } from '../../core/shape/shape.js';
import type { SymbolDay } from '../../core/rule/symbol-day.js';
import type { AggregateOptions } from '../plan/aggregate-options.js';
import type { Effects } from '../ports.js';
import type { DayOutcome } from './day-outcome.js';
import { readRecord } from '../stored/run-record.js';

export async function storeRecord(
  day: SymbolDay,
  result: DayOutcome,
  attempt: { readonly options: AggregateOptions; readonly startedMs: number },
  effects: Effects,
): Promise<RunRecord> {
  const { runId } = attempt.options;
  const name = recordName(runId, day);
  const earlier = await readRecord(runId, day, effects);
  const seconds = (effects.clock.nowMs() - attempt.startedMs) / 1_000;
  const record = recordOf(day, result, { runId, seconds });
  // An earlier attempt of this run published exactly these files, so its record stays.
  const isRetry = record.outcome === 'unchanged' && earlier?.outcome === 'published';
  const kept = isRetry ? { ...earlier, finalized: false } : record;
  await effects.out.write(name, effects.codec.encode(storedJson(kept)), 'anything');
  return kept;
}

function recordOf(
  day: SymbolDay,
  result: DayOutcome,
  { runId, seconds }: { readonly runId: string; readonly seconds: number },
): RunRecord {
  const computed = 'computed' in result ? result.computed : undefined;
  const report = result.outcome === 'failed' ? undefined : result.report;
  const inputs = computed?.inputs ?? report?.inputs ?? [];
  const files = report?.artifacts.map(({ name }) => name) ?? [];
  const rows = computed?.evidence ?? report?.rows;
  const hints = hintsOf(report);
  return {
    schema_version: SCHEMA_VERSION,
    run_id: runId,
    symbol: day.symbol,
    date: day.date,
    outcome: result.outcome,
    status: result.outcome === 'failed' ? 'failed' : result.report.status,
    coverage: report?.coverage ?? null,
    finalized: false,
    findings: findingsOf(result),
    ...(hints.length === 0 ? {} : { hints }),
    trades: rows?.trades.used ?? 0,
    snapshots: (rows?.depth.used ?? 0) + (rows?.depth.short ?? 0),
    files: report === undefined ? [] : [...files, qualityName(day)],
    input_objects: inputs.length,
    input_bytes: inputs.reduce((sum, { size }) => sum + size, 0),
    output_bytes: report?.artifacts.reduce((sum, { bytes }) => sum + bytes, 0) ?? 0,
    seconds: Math.round(seconds * 1_000) / 1_000,
  };
}

function findingsOf(result: DayOutcome): readonly Finding[] {
  switch (result.outcome) {
    case 'failed':
      return result.findings;
    case 'published':
      return [...(result.notes ?? []), ...result.report.findings];
    case 'unchanged':
      return result.report.findings;
    default:
      return unreachable(result);
  }
}
