/** Declares `flowbars summarize`; cli/compute/summarize does it. */
import type { Command } from '../command/command.js';
import * as options from '../option/options.js';
import { siteOfRunOptions } from '../site/site-options.js';

export const summarizeCommand: Command = {
  name: 'summarize',
  summary: 'write the summary of a run and tell whether the run is good',
  required: [
    { option: options.ownRunIdOption },
    { option: options.rawOption },
    { option: options.outOption },
    { option: options.symbolsOption, unless: 'task' },
  ],
  options: [
    ...options.stepOptions,
    ...options.goodOptions,
    ...siteOfRunOptions,
    options.progressMsOption,
    ...options.outputOptions,
  ],
  examples: [
    {
      line: 'summarize --run-id R --raw raw --out aggregated --symbols BTCUSDT --from 2025-12-11',
      does: 'the last step of run R',
    },
  ],
  execute: async (given, world) => {
    const { executeSummarize } = await import('../compute/summarize.js');
    return await executeSummarize(given, world);
  },
};
