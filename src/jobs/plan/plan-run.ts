/**
 * Plans a run: finds its symbols, refuses invalid requests and stores the plan that all tasks read. A
 * stored plan never changes, so a retry after midnight has the same days.
 */
import { fanOut, isPlanned, refusedPlan, runPlan } from '../../core/plan/run-plan.js';
import { plannedDays } from '../../core/plan/planned-days.js';
import type { FanOut, RunPlan, StoredPlan } from '../../core/plan/stored-plan.js';
import { storedJson } from '../../core/stored/json-shape.js';
import { fanOutName, planName } from '../../core/stored/output-names.js';
import type { AllowEmpty } from '../../core/run/good.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import type { Effects } from '../ports.js';
import { readStoredPlan } from './stored-plan.js';
import { agreeOnDataset } from './dataset.js';
import { findSymbols, type SymbolsRequest } from './listed-symbols.js';
import { type DaysRequest, requestedDays } from './requested-days.js';
import { refuseTooMany, refuseTooManyDays, SYMBOL_DAYS_MAX } from './symbols.js';
import { refuseUnknown } from './unknown-symbol.js';

/** A run as its options or arguments request it. */
export interface PlanRequest extends SymbolsRequest, DaysRequest {
  readonly runId: string;
  /** The arguments as given; a retry is recognised by them. */
  readonly arguments: Readonly<Record<string, unknown>>;
  /** Undefined: one window. */
  readonly windowDays: number | undefined;
  /** Named symbols that need no folder in the raw root. */
  readonly allowEmpty: AllowEmpty;
  /** Option texts by option name. */
  readonly options: Readonly<Record<string, string>>;
}

export type PlanEffects = Pick<Effects, 'raw' | 'out' | 'codec' | 'log'>;

/** Throws a usage error for an invalid request, and if the run already has another plan. */
export async function planRun(request: PlanRequest, effects: PlanEffects): Promise<RunPlan> {
  const earlier = await readStoredPlan(request.runId, effects);
  if (earlier !== undefined) return await keepPlan(earlier, request, effects);
  const plan = await draftPlan(request, effects);
  await agreeOnDataset(effects);
  const stored = await storePlan(plan, effects);
  return stored === plan ? plan : await keepPlan(stored, request, effects);
}

/** The plan that a run would have. Writes nothing. */
export async function draftPlan(request: PlanRequest, effects: PlanEffects): Promise<RunPlan> {
  const { options, layout, symbolsWhere: where } = request;
  // Throws if the raw root does not exist, which otherwise looks like one without data.
  await effects.raw.folders();
  const { symbols, isFound } = await findSymbols(request, effects);
  if (!('pick' in request.dates) && !request.recorded) {
    refuseTooManyDays(symbols, request.dates, where);
  }
  if (typeof request.choice !== 'string') {
    await refuseUnknown({ ...request, symbols, where }, effects.raw);
  }
  const days = await requestedDays(request, symbols, layout, effects.raw);
  if (days.recorded === undefined) refuseTooManyDays(symbols, days.dates, where);
  // Symbols found in the raw root may have no data (docs/EVIDENCE.md).
  const allowEmpty = isFound ? { 'allow-empty': 'all' } : {};
  const planned = { ...request, ...days, symbols, isFound, options: { ...options, ...allowEmpty } };
  const plan = runPlan(planned);
  const symbolDays = plannedDays(plan).length;
  refuseTooMany(symbolDays, {
    where: '--recorded',
    found: `${symbolDays} symbol-days`,
    expected: `at most ${SYMBOL_DAYS_MAX}`,
  });
  effects.log.event('DEBUG', 'run_planned', { symbol_days: symbolDays });
  return plan;
}

/** Stores a refusal in place of a plan, for the workflow that waits for one. Keeps a stored plan. */
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
    found: isPlanned(earlier) ? 'a plan for other options' : 'a refusal',
    expected: 'the options that the run was started with, or another run id',
  });
}

/** Returns the stored plan: this one, or that of a faster task. */
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

/** Written after the plan, from which it derives, so its reader also finds the plan. */
async function storeFanOut(plan: StoredPlan, { out, codec }: PlanEffects): Promise<void> {
  const numbers: FanOut = fanOut(plan);
  await out.write(fanOutName(plan.run_id), codec.encode(storedJson(numbers)), 'anything');
}
