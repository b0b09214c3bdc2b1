/** `flowbars follow`: shows the progress of a workflow execution until it ends. */
import type { Command } from '../command/command.js';
import { workflowOption, workflowOptions } from '../option/operator-options.js';
import { noColorOption, outputOptions } from '../option/options.js';

export const executionArgument = {
  name: 'execution',
  help: 'the id or full name of an execution; the id is also the run id',
};

export const followCommand: Command = {
  name: 'follow',
  summary: 'show the progress of a workflow execution until it ends',
  required: [{ option: workflowOption }],
  options: [...workflowOptions, ...outputOptions, noColorOption],
  argument: executionArgument,
  examples: [
    {
      line: 'follow 9b2c61f0-… --workflow projects/p/locations/l/workflows/flowbars',
      does: 'an execution that the schedule started',
    },
  ],
  stopsItself: true,
  execute: async (given, world) => {
    const { executeFollow } = await import('./follow-execution.js');
    return await executeFollow(given, world);
  },
};
