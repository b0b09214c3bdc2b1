/** Opens the deployed workflow and drafts the plan that it will make, so what it would refuse is refused here. */
import type { RunPlan } from '../../core/plan/stored-plan.js';
import { draftPlan } from '../../jobs/plan/plan-run.js';
import type { World } from '../command/command.js';
import { declaredGiven } from '../command/declared-given.js';
import { effectsOf } from '../compute/open-run.js';
import type { Given } from '../option/option.js';
import { type Deployment, openDeployment } from './deployment.js';
import { draftRequest, type ExecutionRequest } from './execution-request.js';

export interface DraftedExecution {
  readonly plan: RunPlan;
  readonly deployment: Deployment;
  /** The options, with what the raw root declares. */
  readonly declared: Given;
}

/** Throws a usage error for what the workflow would refuse, and for a named symbol without a folder. */
export async function draftExecution(
  request: ExecutionRequest,
  given: Given,
  world: World,
): Promise<DraftedExecution> {
  // What it would refuse anyway is refused before the deployment is asked.
  draftRequest(request, given);
  const deployment = await openDeployment(given, world);
  const declared = await declaredGiven(given, deployment.roots.raw);
  const effects = effectsOf(deployment.roots, world, { event: () => undefined });
  return { plan: await draftPlan(draftRequest(request, declared), effects), deployment, declared };
}
