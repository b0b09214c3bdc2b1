/** Runs a repair on this machine: each group as `flowbars run` would compute it. */
import { counted } from '../../core/unit/words.js';
import type { LocalRunResult } from '../../jobs/drive/run-locally.js';
import { planRun } from '../../jobs/plan/plan-run.js';
import type { Effects } from '../../jobs/ports.js';
import type { Rerunner, RerunEnd } from '../../jobs/repair/repair.js';
import type { World } from '../command/command.js';
import { EXIT_WORLD } from '../command/exit-code.js';
import { worstExitCode } from '../compute/local-run-end.js';
import { goodTexts } from '../compute/plan-request.js';
import { newRunId } from '../compute/request.js';
import { runPhases } from '../compute/run-phases.js';
import { removedOption } from '../option/operator-options.js';
import type { Given } from '../option/option.js';
import { acceptRemovedOption } from '../option/options.js';
import { rulesAsOptions } from '../option/rule-texts.js';

export function localRerunner(given: Given, world: World, effects: Effects): Rerunner {
  return {
    rerun: async ({ rules, symbols, dates }) => {
      const runId = newRunId(world.clock);
      const plan = await planRun(
        {
          runId,
          arguments: {},
          dates,
          recorded: false,
          windowDays: undefined,
          choice: symbols,
          // What a repair computes is published, whatever is left of it.
          allowEmpty: 'found',
          layout: rules,
          options: {
            ...goodTexts(given),
            ...rulesAsOptions(rules),
            [acceptRemovedOption.name]: String(given.value(removedOption)),
          },
        },
        effects,
      );
      return endOf(runId, await runPhases(plan, given, world, effects.log));
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
