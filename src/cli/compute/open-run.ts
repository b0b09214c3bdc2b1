/**
 * Opens what a process of a run needs: its plan, options, roots and effects. A task reads the stored
 * plan; a command line drafts one from its options.
 */
import type { RunPlan } from '../../core/plan/stored-plan.js';
import { codec } from '../../edge/format/codec.js';
import { csvTables } from '../../edge/format/csv-table.js';
import { type CloudRunTask, cloudRunTask } from '../../edge/process/cloud-run.js';
import { draftPlan } from '../../jobs/plan/plan-run.js';
import type { Effects, Log } from '../../jobs/ports.js';
import { requirePlan } from '../../jobs/plan/stored-plan.js';
import type { World } from '../command/command.js';
import { declaredGiven } from '../command/declared-given.js';
import type { Given } from '../option/option.js';
import { ownRunIdOption } from '../option/options.js';
import { optionsRequest, plannedGiven } from './plan-request.js';
import { typedRoots } from './named-roots.js';
import { openRoots, type Roots } from './request.js';

export interface OpenedRun {
  /** Undefined outside of a Cloud Run job. */
  readonly task: CloudRunTask | undefined;
  readonly plan: RunPlan;
  /** The options of the plan. */
  readonly given: Given;
  readonly roots: Roots;
  readonly effects: Effects;
}

/** Throws a usage error if a task has no plan, or the options give none. */
export async function openRun(given: Given, world: World, log: Log): Promise<OpenedRun> {
  const task = cloudRunTask(world.environment);
  const opened = openRoots(given);
  const roots = task === undefined ? typedRoots(opened) : opened;
  const effects = effectsOf(roots, world, log);
  const plan =
    task === undefined
      ? await draftPlan(
          optionsRequest(await declaredGiven(given, effects.raw), world.clock),
          effects,
        )
      : await requirePlan(given.value(ownRunIdOption), effects);
  return { task, plan, given: plannedGiven(plan, given), roots, effects };
}

export function effectsOf({ raw, out }: Roots, world: World, log: Log): Effects {
  return { raw, out, codec, tables: csvTables, clock: world.clock, log };
}
