/** Runs of a repair on this machine: each of its groups as `flowbars run` would compute it. */
import type { Log } from '../../jobs/ports.js';
import type { Rerunner, RerunEnd } from '../../jobs/repair/repair.js';
import { type LocalRunResult, runLocally } from '../../jobs/drive/run-locally.js';
import { counted } from '../../core/unit/words.js';
import type { World } from '../command/command.js';
import { EXIT_WORLD } from '../command/exit-code.js';
import {
  optionVariables,
  taskRunner,
  taskVariables,
  worstExitCode,
} from '../compute/local-tasks.js';
import type { Given } from '../option/option.js';
import * as options from '../option/options.js';
import { newRunId } from '../compute/request.js';
import { ruleVariables } from '../option/rule-texts.js';

/** What every task of every run is told alike. */
const SHARED_OPTIONS = [
  options.rawOption,
  options.outOption,
  options.gcsEndpointOption,
  ...options.goodOptions,
];

export function localRerunner(given: Given, world: World, log: Log): Rerunner {
  const jobs = given.value(options.jobsOption);
  const retries = given.value(options.retriesOption);
  const shared = optionVariables(given, SHARED_OPTIONS);
  const { clock, stopped } = world;
  return {
    rerun: async ({ rules, symbols, dates }) => {
      const runId = newRunId(clock);
      const told = { ...shared, ...ruleVariables(rules) };
      const variables = taskVariables(world, { runId, symbols, dates, variables: told });
      const runner = taskRunner(variables, runId, log);
      const size = { symbolCount: symbols.length, dayCount: dates.length };
      const done = await runLocally({ ...size, jobs, retries }, { runner, clock, log, stopped });
      return endOf(runId, done);
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
