/** `flowbars repair`: computes stale symbol-days again and shows what changed. */
import type { Command } from '../command/command.js';
import { flag, option } from '../option/option.js';
import * as operatorOptions from '../option/operator-options.js';
import * as options from '../option/options.js';

export const symbolsOption = option({
  ...options.symbolsOption,
  help: "A,B or a JSON list, or 'all': every symbol in the manifests",
  defaultText: 'all',
});
export const missingOption = flag({
  name: 'missing',
  env: 'FLOWBARS_MISSING',
  group: 'What:',
  help: 'also symbol-days with raw chunks that were never published',
});
export const dryRunOption = option({
  ...operatorOptions.dryRunOption,
  help: 'show what is stale and start nothing; exit code 1 if anything is',
});

export const hereOption = flag({
  name: 'here',
  env: 'FLOWBARS_HERE',
  group: 'How:',
  help: 'run on this machine even if a workflow is named',
});

/** These rules apply to unpublished days only; published days keep the rules of their report. */
const computeOptions = options.computeOptions.filter(
  (one) =>
    one !== options.symbolsOption &&
    one !== options.fromOption &&
    one !== options.toOption &&
    one !== options.lastOption &&
    one !== options.forceOption &&
    // --removed says it.
    one !== options.acceptRemovedOption &&
    one !== options.runIdOption,
);

export const repairCommand: Command = {
  name: 'repair',
  summary: 'compute stale symbol-days again and show what changed',
  required: [
    { option: options.rawOption, unless: operatorOptions.workflowOption },
    { option: options.outOption, unless: operatorOptions.workflowOption },
  ],
  options: [
    ...computeOptions,
    operatorOptions.workflowOption,
    operatorOptions.workflowsEndpointOption,
    symbolsOption,
    options.recentFromOption,
    options.recentToOption,
    options.lastOption,
    missingOption,
    operatorOptions.removedOption,
    ...options.goodOptions,
    dryRunOption,
    hereOption,
    options.jobsOption,
    options.threadsOption,
    options.retriesOption,
    ...options.outputOptions,
  ],
  examples: [
    { line: 'repair --raw raw --out aggregated --dry-run', does: 'show what is stale and why' },
    { line: 'repair --raw raw --out aggregated', does: 'repair the last 30 days' },
    {
      line: 'repair --workflow projects/p/locations/l/workflows/flowbars',
      does: 'repair a deployment through its workflow',
    },
  ],
  stopsItself: true,
  execute: async (given, world) => {
    const { executeRepair } = await import('./repair-days.js');
    return await executeRepair(given, world);
  },
};
