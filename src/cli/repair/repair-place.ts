/** Where a repair runs: in the deployed workflow if one is named, else on this machine. */
import type { DayRules } from '../../core/rule/rule-table.js';
import { unpublishedRules } from '../../core/stale/published-rules.js';
import { agreeOnDataset } from '../../jobs/plan/dataset.js';
import type { StaleDay } from '../../jobs/look/find-stale.js';
import type { Effects } from '../../jobs/ports.js';
import type { Rerunner } from '../../jobs/repair/repair.js';
import type { World } from '../command/command.js';
import { type Deployment, openDeployment } from '../execution/deployment.js';
import { askedProducts } from '../execution/execution-request.js';
import { ExecutionDisplay } from '../execution/execution-progress.js';
import { removedOption, workflowOption } from '../option/operator-options.js';
import type { Given } from '../option/option.js';
import { typedRoots } from '../compute/named-roots.js';
import { openRoots, type Roots } from '../compute/request.js';
import { workflowRerunner, type WorkflowRerunner } from './rerun-by-workflow.js';
import { localRerunner } from './rerun-locally.js';
import type { Display } from '../screen/watch.js';
import { hereOption } from './repair.js';

export interface RepairPlace {
  readonly roots: Roots;
  readonly deployment: Deployment | undefined;
}

export async function openPlace(given: Given, world: World): Promise<RepairPlace> {
  const isHere = given.value(hereOption) || given.optional(workflowOption) === undefined;
  if (isHere) return { roots: typedRoots(openRoots(given)), deployment: undefined };
  const deployment = await openDeployment(given, world);
  return { roots: deployment.roots, deployment };
}

/** Rules for days that were never published. A workflow's job has its own products unless some are named. */
export function rulesAt({ deployment }: RepairPlace, rules: DayRules, given: Given): DayRules {
  if (deployment === undefined) return rules;
  const { resolutions = [], outputs = [], formats = [] } = askedProducts(given);
  return { ...rules, resolutions, outputs, formats };
}

/** What to draw while it runs: an execution, or the number of symbol-days on this machine. */
export function displayAt(
  { deployment }: RepairPlace,
  symbolDays: number,
  world: World,
): number | Display {
  return deployment === undefined ? symbolDays : new ExecutionDisplay(world.clock.nowMs());
}

/** Refuses roots of different markets; the tasks of a workflow check that themselves. */
export async function openRerunner(
  { deployment }: RepairPlace,
  effects: Effects,
  given: Given,
  world: World,
): Promise<Rerunner & Partial<WorkflowRerunner>> {
  if (deployment !== undefined) {
    const acceptRemoved = given.value(removedOption);
    return workflowRerunner(deployment, acceptRemoved, world, effects.log);
  }
  await agreeOnDataset(effects);
  return localRerunner(given, world, effects);
}

/** A workflow's job has its own rules, so an execution takes only the products from the published rules. */
export function staleAt(
  { deployment }: RepairPlace,
  stale: readonly StaleDay[],
): readonly StaleDay[] {
  if (deployment === undefined) return stale;
  const unsaid = unpublishedRules();
  return stale.map((one) => {
    const { resolutions, outputs, formats } = one.rules;
    return { ...one, rules: { ...unsaid, resolutions, outputs, formats } };
  });
}
