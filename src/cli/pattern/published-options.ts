/** Options of the commands that look at the patterns of published symbol-days. */
import { type Option, option } from '../option/option.js';
import * as options from '../option/options.js';

export const symbolsOption = option({
  ...options.symbolsOption,
  help: "A,B or a JSON list, also patterns such as 'BTC*', or 'all': every symbol in the manifests",
  defaultText: 'all',
});

export const publishedOptions: readonly Option<unknown>[] = [
  options.outOption,
  options.gcsEndpointOption,
  symbolsOption,
  options.recentFromOption,
  options.recentToOption,
  options.lastOption,
];
