/** What a run has stored by now: its summary and the records of its symbol-days. */
import { plannedDays } from '../../core/plan/planned-days.js';
import type { RunPlan } from '../../core/plan/stored-plan.js';
import { type SymbolDay, symbolDayKey } from '../../core/rule/symbol-day.js';
import type { RunRecord } from '../../core/stored/manifest.js';
import type { RunSummary } from '../../core/stored/run-summary.js';
import type { Effects } from '../ports.js';
import { readRecords, readSummary } from './read-run.js';
import { recordedDays } from './recorded-days.js';

export interface RunView {
  /** Undefined until the run has ended. */
  readonly summary: RunSummary | undefined;
  /** Those of the plan; without a plan, those with a record. */
  readonly symbolDays: readonly SymbolDay[];
  /** In the order of the symbol-days. */
  readonly records: readonly RunRecord[];
}

export async function readRunView(
  runId: string,
  plan: RunPlan | undefined,
  effects: Pick<Effects, 'out' | 'codec' | 'log'>,
): Promise<RunView> {
  const summary = await readSummary(runId, effects);
  const recorded = await recordedDays(runId, effects.out);
  const symbolDays = plan === undefined ? recorded : plannedDays(plan);
  const keys = new Set(recorded.map(symbolDayKey));
  const there = symbolDays.filter((day) => keys.has(symbolDayKey(day)));
  return { summary, symbolDays, records: await readRecords(runId, there, effects) };
}
