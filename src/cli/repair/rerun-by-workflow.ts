/** Runs of a repair through the deployed workflow: each of its groups is one execution, followed to its end. */
import { WINDOW_DAYS_DEFAULT } from '../../core/plan/windows.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import type { ExecutionView, Log } from '../../jobs/ports.js';
import type { RerunEnd, Rerunner } from '../../jobs/repair/repair.js';
import { watchExecution } from '../../jobs/drive/watch-execution.js';
import type { World } from '../command/command.js';
import type { Deployment } from '../execution/deployment.js';
import { EXIT_GOOD, EXIT_NOT_GOOD, EXIT_USAGE } from '../command/exit-code.js';
import { exitCodeOfExecution } from '../execution/execution-end.js';
import { effectsOf } from '../compute/open-run.js';
import { argumentOf } from '../execution/execution-request.js';

export interface WorkflowRerunner extends Rerunner {
  /** What goes on when the following ends: `execution … goes on: flowbars follow …`; undefined where nothing does. */
  readonly goesOn: () => string | undefined;
}

/** The job's own rules apply: what was published by others comes out by the job's. */
export function workflowRerunner(
  { workflow, roots }: Deployment,
  world: World,
  log: Log,
): WorkflowRerunner {
  const effects = { ...effectsOf(roots, world, log), workflow, stopped: world.stopped };
  let running: string | undefined;
  const goesOn = (): string | undefined =>
    running === undefined ? undefined : `execution ${running} goes on: flowbars follow ${running}`;
  return {
    goesOn,
    rerun: async ({ rules, symbols, dates }) => {
      const resolutions = rules.resolutions.length === 0 ? undefined : rules.resolutions;
      const windowDays = WINDOW_DAYS_DEFAULT;
      const request = { dates, symbols, resolutions, windowDays, symbolsWhere: '--symbols' };
      const id = await workflow.start(argumentOf(request, false));
      running = id;
      log.event('INFO', 'execution_started', { execution: id });
      try {
        const watched = await watchExecution(id, effects);
        if (typeof watched === 'string') return { runId: id, end: 'stopped', message: goesOn() };
        running = undefined;
        return endOf(id, watched.end);
      } catch (error) {
        // Lost from sight, not ended: a second start beside it is for a person to decide.
        if (!(error instanceof FlowbarsError)) throw error;
        return { runId: id, end: 'world_failed', message: `${error.message}; ${goesOn()}` };
      }
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
