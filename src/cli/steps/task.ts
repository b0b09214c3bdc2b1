/** Declares `flowbars task`; cli/compute/task does it. */
import type { Command } from '../command/command.js';
import * as options from '../option/options.js';

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
    const { executeTask } = await import('../compute/task.js');
    return await executeTask(given, world);
  },
};
