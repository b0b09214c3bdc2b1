/** Declares `flowbars aggregate`; cli/compute/aggregate does it. */
import type { Command } from '../command/command.js';
import * as options from '../option/options.js';

export const aggregateCommand: Command = {
  name: 'aggregate',
  summary:
    'compute bars, signals, patterns, scoreboards and reports in this process, without manifests',
  required: [
    { option: options.rawOption },
    { option: options.outOption },
    { option: options.symbolsOption },
  ],
  options: [
    ...options.computeOptions,
    options.threadsOption,
    options.progressMsOption,
    ...options.outputOptions,
  ],
  examples: [
    {
      line: 'aggregate --raw raw --out aggregated --symbols BTCUSDT --from 2025-12-11',
      does: 'one symbol-day',
    },
  ],
  execute: async (given, world) => {
    const { executeAggregate } = await import('../compute/aggregate.js');
    return await executeAggregate(given, world);
  },
};
