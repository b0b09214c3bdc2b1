/** Options of the commands that look at the patterns of published symbol-days. */
import { workflowOption, workflowsEndpointOption } from '../option/operator-options.js';
import { type Option, option } from '../option/option.js';
import * as options from '../option/options.js';

export const symbolsOption = option({
  ...options.symbolsOption,
  help: "A,B or a JSON list, also patterns such as 'BTC*', or 'all': every symbol in the manifests",
  defaultText: 'all',
});

const fromOption = option({
  ...options.fromOption,
  help: 'first UTC day: YYYY-MM-DD, yesterday, or first published',
  defaultHelp: '30 days up to --to',
});
const toOption = option({
  ...options.toOption,
  help: 'last UTC day, inclusive: YYYY-MM-DD, yesterday, or last published',
  defaultHelp: 'yesterday',
});

/** Without --out a workflow names the root. */
export const publishedRoot = { option: options.outOption, unless: workflowOption } as const;

export const publishedOptions: readonly Option<unknown>[] = [
  options.outOption,
  workflowOption,
  workflowsEndpointOption,
  options.gcsEndpointOption,
  symbolsOption,
  fromOption,
  toOption,
  options.lastOption,
];
