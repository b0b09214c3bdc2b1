/** Declares `flowbars plan`; cli/compute/plan does it. */
import type { Command } from '../command/command.js';
import * as options from '../option/options.js';
import { argumentsOption, plannedOptions, startedAtOption } from '../option/plan-options.js';

export const planCommand: Command = {
  name: 'plan',
  summary: 'store the plan of a run: days, symbols and options for all of its tasks',
  required: [
    { option: options.ownRunIdOption },
    { option: options.rawOption },
    { option: options.outOption },
  ],
  options: [
    options.rawOption,
    options.outOption,
    options.gcsEndpointOption,
    argumentsOption,
    startedAtOption,
    ...plannedOptions,
    options.ownRunIdOption,
    options.progressMsOption,
    ...options.outputOptions,
    options.noColorOption,
  ],
  examples: [
    {
      line: 'plan --run-id R --raw raw --out aggregated --arguments \'{"end_date": "2025-12-11"}\'',
      does: 'the first task of run R: one day of every symbol',
    },
  ],
  refusesItself: true,
  execute: async (given, world) => {
    const { executePlan } = await import('../compute/plan.js');
    return await executePlan(planCommand, given, world);
  },
};
