/** `flowbars follow`: shows the progress of a workflow execution until it ends. */
import type { Command } from '../command/command.js';
import { untilStopped } from '../command/until-stopped.js';
import { workflowOption, workflowOptions } from '../option/operator-options.js';
import { parseRunId } from '../option/option-forms.js';
import { noColorOption, outputOptions } from '../option/options.js';
import { openDeployment } from './deployment.js';
import { followExecution, leave } from './follow-execution.js';

const executionArgument = {
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
    // gcloud lists full names.
    const name = given.argument(executionArgument).split('/executions/').at(-1) ?? '';
    const id = parseRunId(name, 'flowbars follow');
    const opened = await untilStopped(openDeployment(given, world), world);
    if (typeof opened === 'string') return leave(id, opened, world);
    return await followExecution(id, opened, given, world);
  },
};
