/** Declares `flowbars finalize`; cli/compute/finalize does it. */
import type { Command } from '../command/command.js';
import * as options from '../option/options.js';

export const finalizeCommand: Command = {
  name: 'finalize',
  summary: 'verify what the tasks of a run stored and write the day manifests',
  required: [
    { option: options.ownRunIdOption },
    { option: options.rawOption },
    { option: options.outOption },
    { option: options.symbolsOption, unless: 'task' },
  ],
  options: [
    // This step computes no bars, so there is nothing to force or to accept.
    ...options.stepOptions.filter(
      (option) => option !== options.forceOption && option !== options.acceptRemovedOption,
    ),
    ...options.goodOptions,
    options.windowOption,
    options.progressMsOption,
    ...options.outputOptions,
  ],
  examples: [
    {
      line: 'finalize --run-id R --raw raw --out aggregated --symbols BTCUSDT --from 2025-12-11',
      does: 'the step before the last of run R',
    },
  ],
  execute: async (given, world) => {
    const { executeFinalize } = await import('../compute/finalize.js');
    return await executeFinalize(given, world);
  },
};
