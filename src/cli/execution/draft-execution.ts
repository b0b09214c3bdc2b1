/** Opens the deployed workflow and drafts the plan that it will make, so what it would refuse is refused here. */
import type { RunPlan } from '../../core/plan/stored-plan.js';
import { draftPlan } from '../../jobs/plan/plan-run.js';
import type { World } from '../command/command.js';
import { effectsOf } from '../compute/open-run.js';
import type { Given } from '../option/option.js';
import { type Deployment, openDeployment } from './deployment.js';
import { draftRequest, type ExecutionRequest } from './execution-request.js';

export interface DraftedExecution {
  readonly plan: RunPlan;
  readonly deployment: Deployment;
}

/** Throws a usage error for what the workflow would refuse, and for a named symbol without a folder. */
export async function draftExecution(
  request: ExecutionRequest,
  given: Given,
  world: World,
): Promise<DraftedExecution> {
  const planRequest = draftRequest(request, given);
  const deployment = await openDeployment(given, world);
  const effects = effectsOf(deployment.roots, world, { event: () => undefined });
  return { plan: await draftPlan(planRequest, effects), deployment };
}
