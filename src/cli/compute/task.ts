/**
 * `flowbars task`: what a task of a Cloud Run job runs, and what `flowbars run` starts in its place:
 * the symbol at CLOUD_RUN_TASK_INDEX, all days, one JSON line per event.
 */
import { cloudRunTask, type CloudRunTask } from '../../edge/process/cloud-run.js';
import { aggregateSymbol, isStored } from '../../jobs/aggregate/aggregate-symbol.js';
import type { Command, World } from '../command/command.js';
import { EXIT_GOOD, EXIT_WORLD } from '../command/exit-code.js';
import type { Given } from '../option/option.js';
import { refuse } from '../../core/unit/typed-text.js';
import * as options from '../option/options.js';
import { effectsOf, prepare, warnOfSkipped } from './prepare.js';
import { cloudLog } from '../screen/watch.js';

export const taskCommand: Command = {
  name: 'task',
  summary: 'the symbol at CLOUD_RUN_TASK_INDEX, as a task of a Cloud Run job',
  options: [...options.computeOptions, options.progressMsOption],
  examples: [
    {
      line: 'task',
      does: 'with FLOWBARS_SYMBOLS, FLOWBARS_RAW, … and CLOUD_RUN_TASK_INDEX in the environment',
    },
  ],
  execute: async (given, world) => {
    const task = requiredTask(world);
    const log = cloudLog(world, given.value(options.progressMsOption));
    const choice = given.value(options.symbolsOption);
    if (choice !== 'all' && task.index >= choice.length) {
      const reason = `FLOWBARS_SYMBOLS has ${choice.length} symbols`;
      log.event('INFO', 'nothing_to_do', { index: task.index, reason });
      return EXIT_GOOD;
    }
    const run = { runId: taskRunId(given, task), index: task.index };
    const prepared = await prepare(given, world, run);
    // Every task of a run sees the same folders; one of them says so.
    if (task.index === 0) warnOfSkipped(prepared, log);
    const symbol = prepared.symbols[task.index];
    if (symbol === undefined) {
      const reason = `the raw root has ${prepared.symbols.length} symbols`;
      log.event('INFO', 'nothing_to_do', { index: task.index, reason });
      return EXIT_GOOD;
    }
    const { dates, aggregate, roots } = prepared;
    log.event('INFO', 'task_started', { symbol, days: dates.length, attempt: task.attempt });
    const effects = effectsOf(roots, world, log);
    const records = await aggregateSymbol(symbol, dates, aggregate, effects);
    return records.every(isStored) ? EXIT_GOOD : EXIT_WORLD;
  },
};

function requiredTask(world: World): CloudRunTask {
  return (
    cloudRunTask(world.environment) ??
    refuse('CLOUD_RUN_TASK_INDEX', 'variable', 'nothing', 'the index of a symbol, from 0')
  );
}

/** Retries of one execution have to share it; without a workflow the execution's own name does. */
function taskRunId(given: Given, task: CloudRunTask): string {
  const named = given.optional(options.runIdOption);
  if (named !== undefined || task.execution === '')
    return named ?? given.value(options.runIdOption);
  return options.runIdOption.parse(task.execution, 'CLOUD_RUN_EXECUTION');
}
