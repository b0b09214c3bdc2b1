/** Runs the phases of a stored plan on this machine, for `run` and for a repair. */
import { phasesOf } from '../../core/plan/run-plan.js';
import type { RunPlan } from '../../core/plan/stored-plan.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import type { StopSignal } from '../../edge/process/stop-signal.js';
import { type LocalRunResult, runLocally } from '../../jobs/drive/run-locally.js';
import type { Log } from '../../jobs/ports.js';
import type { World } from '../command/command.js';
import type { Given } from '../option/option.js';
import { jobsOption, retriesOption, threadsOption } from '../option/options.js';
import { sharedThreads } from '../thread/given-crew.js';
import { taskRunner, taskVariables } from './local-tasks.js';

/** Tasks at once and retries are the caller's --jobs and --retries. Throws what no retry mends, once for all tasks. */
export async function runPhases(
  plan: RunPlan,
  given: Given,
  world: World,
  log: Log,
): Promise<LocalRunResult<StopSignal>> {
  const { clock, stopped } = world;
  const variables = taskVariables(plan.run_id, given, world);
  const jobs = given.value(jobsOption);
  const threads = (tasks: number): number =>
    given.optional(threadsOption) ?? sharedThreads(Math.min(jobs, tasks));
  const runner = taskRunner({ variables, threads }, plan.run_id, log);
  const run = {
    phases: phasesOf(plan),
    jobs,
    retries: given.value(retriesOption),
  };
  const done = await runLocally(run, { clock, log, runner, stopped });
  if (done.blocked !== undefined) throw new FlowbarsError('blocked', done.blocked);
  return done;
}
