/** A short way to write the plan of a run, as flowbars plan stores it. */
import { type PlannedRun, runPlan } from '../../../src/core/plan/run-plan.js';
import type { RunPlan } from '../../../src/core/plan/stored-plan.js';
import { symbolName } from '../../../src/core/unit/symbol.js';
import { datesBetween, utcDate } from '../../../src/core/unit/utc-date.js';

export interface PlannedWords extends Partial<Omit<PlannedRun, 'symbols' | 'dates'>> {
  readonly symbols: readonly string[];
  readonly from: string;
  readonly to: string;
}

export function plannedRun({ symbols, from, to, ...run }: PlannedWords): RunPlan {
  return runPlan({
    runId: 'run-1',
    arguments: {},
    dates: datesBetween(utcDate(from, 'test'), utcDate(to, 'test')),
    windowDays: 31,
    isFound: false,
    options: {},
    ...run,
    symbols: symbols.map((name) => symbolName(name, 'test')),
  });
}
