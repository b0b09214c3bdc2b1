/** Runs a repair on this machine: each group as `flowbars run` would compute it. */
import { phasesOf } from '../../core/plan/run-plan.js';
import { counted } from '../../core/unit/words.js';
import { type LocalRunResult, runLocally } from '../../jobs/drive/run-locally.js';
import { planRun } from '../../jobs/plan/plan-run.js';
import type { Effects } from '../../jobs/ports.js';
import type { Rerunner, RerunEnd } from '../../jobs/repair/repair.js';
import type { World } from '../command/command.js';
import { EXIT_WORLD } from '../command/exit-code.js';
import { taskRunner, taskVariables, worstExitCode } from '../compute/local-tasks.js';
import { goodTexts } from '../compute/plan-request.js';
import { newRunId } from '../compute/request.js';
import type { Given } from '../option/option.js';
import * as options from '../option/options.js';
import { rulesAsOptions } from '../option/rule-texts.js';

export function localRerunner(given: Given, world: World, effects: Effects): Rerunner {
  const jobs = given.value(options.jobsOption);
  const retries = given.value(options.retriesOption);
  const { clock, stopped } = world;
  return {
    rerun: async ({ rules, symbols, dates }) => {
      const runId = newRunId(clock);
      const plan = await planRun(
        {
          runId,
          arguments: {},
          dates,
          windowDays: dates.length,
          choice: symbols,
          rawLayout: rules.rawLayout,
          options: { ...goodTexts(given), ...rulesAsOptions(rules) },
        },
        effects,
      );
      const runner = taskRunner(taskVariables(runId, given, world), runId, effects.log);
      const run = { phases: phasesOf(plan), jobs, retries };
      return endOf(runId, await runLocally(run, { ...effects, runner, clock, stopped }));
    },
  };
}

function endOf(runId: string, done: LocalRunResult<string>): RerunEnd {
  if (done.stoppedBy !== undefined) return { runId, end: 'stopped', message: done.stoppedBy };
  const worst = worstExitCode(done);
  if (worst === undefined) return { runId, end: 'done', message: undefined };
  const message = `${counted(done.failed.length, 'task')} given up, exit code ${worst}`;
  return { runId, end: worst === EXIT_WORLD ? 'world_failed' : 'broken', message };
}
