/**
 * `flowbars plan`: the first task of a run. It reads what an execution asks for, and stores either
 * what there is to do or why that cannot be, for the workflow and for all later tasks to read.
 */
import { isPlanned } from '../../core/plan/run-plan.js';
import { planName } from '../../core/stored/output-names.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import { cloudRunTask } from '../../edge/process/cloud-run.js';
import { type PlanEffects, planRun, storeRefusal } from '../../jobs/plan/plan-run.js';
import { readStoredPlan } from '../../jobs/plan/stored-plan.js';
import type { Command, World } from '../command/command.js';
import { EXIT_GOOD } from '../command/exit-code.js';
import { refuseUnreadable } from '../command/given.js';
import type { Given } from '../option/option.js';
import * as options from '../option/options.js';
import { openWatch } from '../screen/watch.js';
import { namedRoots } from './named-roots.js';
import { effectsOf } from './open-run.js';
import { argumentsOption, argumentsRequest, startedAtOption } from './plan-arguments.js';
import { plannedOptions } from './plan-request.js';
import { openRoots } from './request.js';

export const planCommand: Command = {
  name: 'plan',
  summary: 'what a run is to do, decided once for all of its tasks',
  options: [
    options.rawOption,
    options.outOption,
    options.gcsEndpointOption,
    argumentsOption,
    startedAtOption,
    ...plannedOptions,
    options.runIdOption,
    options.progressMsOption,
    options.noColorOption,
  ],
  examples: [
    {
      line: 'plan --run-id R --raw raw --out aggregated --arguments \'{"end_date": "2025-12-11"}\'',
      does: 'the first task of run R: one day of every symbol',
    },
  ],
  refusesItself: true,
  execute: async (given, world) => {
    const runId = given.value(options.runIdOption);
    const roots = openRoots(given);
    const watch = openWatch(given, world, 0);
    const effects = effectsOf(namedRoots(roots), world, watch.log);
    const says = await planOrRefuse(runId, given, world, effects);
    const plan = `${roots.out.root}/${planName(runId)}`;
    watch.log.event('INFO', 'planned', { plan, says });
    watch.close();
    return EXIT_GOOD;
  },
};

/** What the plan comes to, in a sentence. Only in a task a refusal is stored, since only there something waits for it. */
async function planOrRefuse(
  runId: string,
  given: Given,
  world: World,
  effects: PlanEffects,
): Promise<string> {
  const isTask = cloudRunTask(world.environment) !== undefined;
  const earlier = isTask ? await readStoredPlan(runId, effects) : undefined;
  try {
    refuseUnreadable(planCommand, given);
    const plan = await planRun(argumentsRequest(given, world.clock), effects);
    return `${plan.symbols.length} symbols, ${plan.from}..${plan.to}`;
  } catch (error) {
    const isRefusal = error instanceof FlowbarsError && error.kind === 'usage';
    if (!isTask || !isRefusal || (earlier !== undefined && isPlanned(earlier))) throw error;
    const said = given.text(argumentsOption) ?? '';
    const stored = await storeRefusal(runId, said, error, effects);
    return isPlanned(stored) ? 'planned by another task' : stored.refused.message;
  }
}
