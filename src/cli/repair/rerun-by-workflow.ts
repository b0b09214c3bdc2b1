/** Runs a repair through the deployed workflow: one execution per group, each followed to its end. */
import { boundsOf, WINDOW_DAYS_DEFAULT } from '../../core/plan/windows.js';
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
  /** What still runs when the following stops: `execution … continues: flowbars follow …`; else undefined. */
  readonly goesOn: () => string | undefined;
}

/** The job's own rules apply, even to days that were published by other rules. */
export function workflowRerunner(
  { workflow, roots }: Deployment,
  acceptRemoved: boolean,
  world: World,
  log: Log,
): WorkflowRerunner {
  const effects = { ...effectsOf(roots, world, log), workflow, stopped: world.stopped };
  let running: string | undefined;
  const goesOn = (): string | undefined =>
    running === undefined
      ? undefined
      : `execution ${running} continues: flowbars follow ${running}`;
  return {
    goesOn,
    rerun: async ({ rules, symbols, dates }) => {
      const resolutions = rules.resolutions.length === 0 ? undefined : rules.resolutions;
      const outputs = rules.outputs.length === 0 ? undefined : rules.outputs;
      const formats = rules.formats.length === 0 ? undefined : rules.formats;
      const windowDays = WINDOW_DAYS_DEFAULT;
      const days = { dates, range: boundsOf(dates), recorded: false };
      const products = { resolutions, outputs, formats };
      const request = { ...days, symbols, ...products, windowDays, symbolsWhere: '--symbols' };
      const id = await workflow.start(argumentOf(request, { acceptRemoved }));
      running = id;
      log.event('INFO', 'execution_started', { execution: id });
      try {
        const watched = await watchExecution(id, effects);
        if (typeof watched === 'string') return { runId: id, end: 'stopped', message: goesOn() };
        running = undefined;
        return endOf(id, watched.end);
      } catch (error) {
        // The execution may still run, so only a person may decide to start another.
        if (!(error instanceof FlowbarsError)) throw error;
        return { runId: id, end: 'world_failed', message: `${error.message}; ${goesOn()}` };
      }
    },
  };
}

function endOf(runId: string, execution: ExecutionView): RerunEnd {
  const message = execution.error?.message;
  const exitCode = exitCodeOfExecution(execution);
  // For a run that is not good, its records tell the outcome of each symbol-day.
  if (exitCode === EXIT_GOOD || exitCode === EXIT_NOT_GOOD) return { runId, end: 'done', message };
  return { runId, end: exitCode === EXIT_USAGE ? 'broken' : 'world_failed', message };
}
