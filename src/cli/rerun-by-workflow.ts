/** Runs of a repair through the deployed workflow: each of its groups is one execution, followed to its end. */
import { WINDOW_DAYS_DEFAULT } from '../core/plan/execution-plan.js';
import type { ExecutionView, Log } from '../jobs/ports.js';
import type { Rerunner, RerunEnd } from '../jobs/repair.js';
import { watchExecution } from '../jobs/watch-execution.js';
import type { World } from './command.js';
import type { Deployment } from './deployment.js';
import { EXIT_GOOD, EXIT_NOT_GOOD, EXIT_USAGE } from './exit-code.js';
import { exitCodeOfExecution } from './follow.js';
import { effectsOf } from './prepare.js';
import { argumentOf } from './start-execution.js';

/** The job's own rules apply: what was published by others comes out by the job's. */
export function workflowRerunner(
  { workflow, roots }: Deployment,
  world: World,
  log: Log,
): Rerunner {
  const effects = { ...effectsOf(roots, world, log), workflow, stopped: world.stopped };
  return {
    rerun: async ({ rules, symbols, dates }) => {
      const [from] = dates;
      const to = dates.at(-1);
      if (from === undefined || to === undefined)
        throw new Error('invariant broken: a day at least');
      const resolutions = rules.resolutions.length === 0 ? undefined : rules.resolutions;
      const windowDays = WINDOW_DAYS_DEFAULT;
      const symbolsWhere = '--symbols';
      const request = { dates, symbols, resolutions, windowDays, symbolsWhere };
      const id = await workflow.start(argumentOf(request, false));
      log.event('INFO', 'execution_started', { execution: id });
      const end = await watchExecution(id, { symbols, from, to, windowDays }, effects);
      if (typeof end !== 'string') return endOf(id, end);
      const message = `execution ${id} goes on: flowbars follow ${id}`;
      return { runId: id, end: 'stopped', message };
    },
  };
}

function endOf(runId: string, execution: ExecutionView): RerunEnd {
  const message = execution.error?.message;
  const exitCode = exitCodeOfExecution(execution);
  // Of a run that is not good, the records say what became of each symbol-day.
  if (exitCode === EXIT_GOOD || exitCode === EXIT_NOT_GOOD) return { runId, end: 'done', message };
  return { runId, end: exitCode === EXIT_USAGE ? 'broken' : 'world_failed', message };
}
