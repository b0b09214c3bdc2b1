/** Declares `flowbars run`; cli/compute/run does it. */
import type { Command } from '../command/command.js';
import * as options from '../option/options.js';
import { siteOfRunOptions } from '../site/site-options.js';

export const runCommand: Command = {
  name: 'run',
  summary: 'compute bars, signals, patterns, scoreboards, reports and manifests on this machine',
  required: [
    { option: options.rawOption },
    { option: options.outOption },
    { option: options.symbolsOption },
  ],
  options: [
    ...options.computeOptions,
    ...options.goodOptions,
    ...siteOfRunOptions,
    options.jobsOption,
    options.threadsOption,
    options.retriesOption,
    ...options.outputOptions,
  ],
  examples: [
    { line: 'run --raw raw --out aggregated --symbols all', does: 'yesterday, every symbol' },
    {
      line: 'run --raw gs://b/raw --out gs://b/agg --symbols all --from 2025-12-01 --to 2025-12-07',
      does: 'a week of every symbol in a bucket',
    },
    {
      line: 'run --raw raw --out aggregated --symbols all --site pages',
      does: 'also write pages to look at, with pages/index.html as the first',
    },
  ],
  stopsItself: true,
  execute: async (given, world) => {
    const { executeRun } = await import('../compute/run.js');
    return await executeRun(given, world);
  },
};
