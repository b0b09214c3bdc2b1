/** Collects the records of a run and writes its summary, which says whether the run is good. */
import { summaryName } from '../../core/stored/output-names.js';
import type { GoodRule } from '../../core/run/good.js';
import { storedJson } from '../../core/stored/json-shape.js';
import type { RunSummary } from '../../core/stored/run-summary.js';
import { missingRecord } from '../../core/run/missing-record.js';
import type { SymbolDay } from '../../core/rule/symbol-day.js';
import { runSummary } from '../../core/run/summary.js';
import { mapBounded } from '../map-bounded.js';
import type { Effects } from '../ports.js';
import { readRecord } from '../stored/run-record.js';

export const RECORDS_AT_ONCE = 16;
/** Records between two events that show progress. */
const RECORDS_PER_EVENT = 100;

export interface SummarizeOptions extends GoodRule {
  readonly runId: string;
  readonly codeVersion: string;
  /** Those of the run. */
  readonly symbolDays: readonly SymbolDay[];
  /** The options of the run, as the summary lists them. */
  readonly arguments: Readonly<Record<string, unknown>>;
}

const NO_RECORD = 'neither the task nor the final step of its day got to this symbol-day';

/** The effects that a summary needs. */
export type SummarizeEffects = Pick<Effects, 'out' | 'codec' | 'log'>;

export async function summarizeRun(
  options: SummarizeOptions,
  effects: SummarizeEffects,
): Promise<RunSummary> {
  const { runId, codeVersion, symbolDays, coverageMin, allowEmpty } = options;
  let done = 0;
  const records = await mapBounded(symbolDays, RECORDS_AT_ONCE, async (symbolDay) => {
    const record = await readRecord(runId, symbolDay, effects);
    done += 1;
    if (done % RECORDS_PER_EVENT === 0) {
      effects.log.event('DEBUG', 'records_read', { done, total: symbolDays.length });
    }
    return record ?? missingRecord(runId, symbolDay, { published: null, detail: NO_RECORD });
  });
  const facts = { runId, codeVersion, arguments: options.arguments, records };
  const { codec, out, log } = effects;
  const summary = runSummary(
    { ...facts, rule: { coverageMin, allowEmpty } },
    (text) => codec.encode(text).length,
  );
  await out.write(summaryName(runId), codec.encode(storedJson(summary)), 'anything');
  log.event(summary.good ? 'INFO' : 'ERROR', 'run_summarized', {
    run_id: runId,
    good: summary.good,
    symbol_days: summary.symbol_days,
    outcomes: summary.outcomes,
    statuses: summary.statuses,
  });
  return summary;
}
