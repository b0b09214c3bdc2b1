/**
 * `flowbars task`: one task of a Cloud Run job or of `flowbars run`. It computes one symbol of the
 * plan on the days of a window and logs one JSON line per event.
 */
import { symbolTask } from '../../core/plan/run-plan.js';
import { cloudRunTask } from '../../edge/process/cloud-run.js';
import { codeVersion } from '../../edge/process/version.js';
import { aggregateSymbol, isStored } from '../../jobs/aggregate/aggregate-symbol.js';
import { agreeOnDataset } from '../../jobs/plan/dataset.js';
import type { Command } from '../command/command.js';
import { EXIT_GOOD, EXIT_WORLD } from '../command/exit-code.js';
import { refuse } from '../../core/unit/typed-text.js';
import * as options from '../option/options.js';
import { givenCrew } from '../thread/given-crew.js';
import { openRun } from './open-run.js';
import { readRules } from './request.js';
import { cloudLog } from '../screen/watch.js';

export const taskCommand: Command = {
  name: 'task',
  summary: 'compute one symbol of a stored plan, as a task of a Cloud Run job',
  required: [
    { option: options.ownRunIdOption },
    { option: options.windowOption },
    { option: options.rawOption },
    { option: options.outOption },
  ],
  options: options.taskOptions,
  examples: [
    {
      line: 'task',
      does: 'with FLOWBARS_RUN_ID, FLOWBARS_WINDOW, … and CLOUD_RUN_TASK_INDEX in the environment',
    },
  ],
  execute: async (given, world) => {
    const task =
      cloudRunTask(world.environment) ??
      refuse('CLOUD_RUN_TASK_INDEX', 'variable', 'nothing', 'the index of a symbol, from 0');
    const log = cloudLog(world, given.value(options.progressMsOption));
    const window = given.value(options.windowOption);
    const run = await openRun(given, world, log);
    const work = symbolTask(run.plan, window, task.index);
    if (work === undefined) {
      const count = run.plan.windows[window - 1]?.aggregate_tasks ?? 0;
      const reason = `window ${window} of the plan has ${count} tasks`;
      log.event('INFO', 'nothing_to_do', { index: task.index, reason });
      return EXIT_GOOD;
    }
    const { symbol, dates } = work;
    const aggregate = {
      rules: readRules(run.given, dates),
      runId: run.plan.run_id,
      force: run.given.value(options.forceOption),
      acceptRemoved: run.given.value(options.acceptRemovedOption),
      codeVersion: codeVersion(world.environment),
      dataset: await agreeOnDataset(run.effects),
    };
    log.event('INFO', 'task_started', { symbol, days: dates.length, attempt: task.attempt });
    const records = await aggregateSymbol(symbol, dates, aggregate, {
      ...run.effects,
      crew: givenCrew(given),
    });
    return records.every(isStored) ? EXIT_GOOD : EXIT_WORLD;
  },
};
