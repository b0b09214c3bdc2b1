/** Reads the stored plan of a run: written once, read by each of its tasks and by `follow`. */
import { isPlanned } from '../../core/plan/run-plan.js';
import type { RunPlan, StoredPlan } from '../../core/plan/stored-plan.js';
import { isStoredPlan } from '../../core/plan/stored-plan.js';
import { parseStored } from '../../core/stored/json-shape.js';
import { planName } from '../../core/stored/output-names.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import type { Effects } from '../ports.js';

/** Undefined before the run has one. Throws a FlowbarsError of kind `data` if the object is not a plan. */
export async function readStoredPlan(
  runId: string,
  { out, codec }: Pick<Effects, 'out' | 'codec'>,
): Promise<StoredPlan | undefined> {
  const name = planName(runId);
  const content = await out.read(name);
  if (content === undefined) return undefined;
  const place = { what: 'plan', where: `${out.root}/${name}` };
  return parseStored(codec.decode(content.bytes), isStoredPlan, place);
}

/** Undefined before the run has one, and if its arguments were refused. */
export async function readPlan(
  runId: string,
  effects: Pick<Effects, 'out' | 'codec'>,
): Promise<RunPlan | undefined> {
  const plan = await readStoredPlan(runId, effects);
  return plan !== undefined && isPlanned(plan) ? plan : undefined;
}

/** For a task, which needs a plan. Throws a usage error if there is none. */
export async function requirePlan(
  runId: string,
  effects: Pick<Effects, 'out' | 'codec'>,
): Promise<RunPlan> {
  const plan = await readPlan(runId, effects);
  if (plan !== undefined) return plan;
  throw new FlowbarsError('usage', {
    where: `${effects.out.root}/${planName(runId)}`,
    what: 'plan',
    found: 'none',
    expected: 'a plan (flowbars plan writes it before the first task)',
  });
}
