/**
 * Plans a run: finds its symbols, refuses what cannot end well, and stores what there is to do for
 * all of its tasks. A plan that is stored stays, so that a retry after midnight has the same days.
 */
import { fanOut, isPlanned, refusedPlan, runPlan } from '../../core/plan/run-plan.js';
import type { FanOut, RunPlan, StoredPlan } from '../../core/plan/stored-plan.js';
import { storedJson } from '../../core/stored/json-shape.js';
import { fanOutName, planName } from '../../core/stored/output-names.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import type { UtcDate } from '../../core/unit/utc-date.js';
import type { Effects } from '../ports.js';
import { readStoredPlan } from './stored-plan.js';
import { agreeOnDataset } from './dataset.js';
import { findSymbols, type SymbolsRequest } from './listed-symbols.js';
import { refuseTooManyDays } from './symbols.js';

/** A run as its options or arguments ask for it. */
export interface PlanRequest extends SymbolsRequest {
  readonly runId: string;
  /** As it was said: by it the same request is known again. */
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly dates: readonly UtcDate[];
  readonly windowDays: number;
  /** Texts of options by their names. */
  readonly options: Readonly<Record<string, string>>;
}

export type PlanEffects = Pick<Effects, 'raw' | 'out' | 'codec' | 'log'>;

/** Throws a usage error for what cannot be planned, and where the run has another plan already. */
export async function planRun(request: PlanRequest, effects: PlanEffects): Promise<RunPlan> {
  const earlier = await readStoredPlan(request.runId, effects);
  if (earlier !== undefined) return await keepPlan(earlier, request, effects);
  const plan = await draftPlan(request, effects);
  await agreeOnDataset(effects);
  const stored = await storePlan(plan, effects);
  return stored === plan ? plan : await keepPlan(stored, request, effects);
}

/** The plan that a run would have; nothing is written. */
export async function draftPlan(request: PlanRequest, effects: PlanEffects): Promise<RunPlan> {
  const { dates, options } = request;
  // A raw root that is not there is told from one without data.
  await effects.raw.folders();
  const { symbols, isFound } = await findSymbols(request, effects);
  refuseTooManyDays(symbols, dates, request.symbolsWhere);
  effects.log.event('DEBUG', 'run_planned', { symbol_days: symbols.length * dates.length });
  // What was found in the raw root may be without data (SPEC section 6).
  const allowEmpty = isFound ? { 'allow-empty': 'all' } : {};
  return runPlan({ ...request, symbols, isFound, options: { ...options, ...allowEmpty } });
}

/** Stores why there is no plan, for whoever waits for one. A plan that is there stays. */
export async function storeRefusal(
  runId: string,
  said: string,
  { parts }: FlowbarsError,
  effects: PlanEffects,
): Promise<StoredPlan> {
  const stored = await storePlan(refusedPlan(runId, said, parts), effects);
  await storeFanOut(stored, effects);
  return stored;
}

async function keepPlan(
  earlier: StoredPlan,
  { runId, arguments: said }: PlanRequest,
  effects: PlanEffects,
): Promise<RunPlan> {
  const isSame = JSON.stringify(earlier.arguments) === JSON.stringify(said);
  if (isSame && isPlanned(earlier)) {
    await storeFanOut(earlier, effects);
    return earlier;
  }
  throw new FlowbarsError('usage', {
    where: `${effects.out.root}/${planName(runId)}`,
    what: 'plan',
    found: isPlanned(earlier) ? 'one for other options' : 'a refusal',
    expected: 'the options that the run was begun with, or another run id',
  });
}

/** Gives what is stored: this plan, or that of a task which was faster. */
async function storePlan(plan: StoredPlan, effects: PlanEffects): Promise<StoredPlan> {
  const { out, codec } = effects;
  try {
    await out.write(planName(plan.run_id), codec.encode(storedJson(plan)), 'nothing');
  } catch (error) {
    if (!(error instanceof FlowbarsError) || error.kind !== 'conflict') throw error;
    return (await readStoredPlan(plan.run_id, effects)) ?? plan;
  }
  await storeFanOut(plan, effects);
  return plan;
}

/** Written after the plan, from which it follows: whoever finds it finds the plan, too. */
async function storeFanOut(plan: StoredPlan, { out, codec }: PlanEffects): Promise<void> {
  const numbers: FanOut = fanOut(plan);
  await out.write(fanOutName(plan.run_id), codec.encode(storedJson(numbers)), 'anything');
}
