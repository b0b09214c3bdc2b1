/** `flowbars ls`: what a raw root holds. */
import type { Command } from '../command/command.js';
import { parseDay } from '../option/option-forms.js';
import { option } from '../option/option.js';
import * as options from '../option/options.js';

export const symbolsOption = option({ ...options.symbolsOption, defaultText: 'all' });
export const fromOption = option({
  ...options.fromOption,
  help: options.recentFromOption.help,
  defaultHelp: 'the first recorded',
  parse: parseDay,
});
export const toOption = option({
  ...options.toOption,
  help: options.recentToOption.help,
  defaultHelp: 'the last recorded',
  parse: parseDay,
});

export const lsCommand: Command = {
  name: 'ls',
  summary: 'list what a raw root holds: symbols, days, chunks and gaps',
  required: [{ option: options.rawOption }],
  options: [
    options.rawOption,
    options.rawLayoutOption,
    options.streamNamesOption,
    options.gcsEndpointOption,
    symbolsOption,
    fromOption,
    toOption,
    ...options.outputOptions,
    options.noColorOption,
  ],
  examples: [
    { line: 'ls --raw raw', does: 'every symbol and day' },
    {
      line: 'ls --raw gs://b/raw --symbols BTCUSDT --from 2025-12-01',
      does: 'one symbol of a bucket from a day on',
    },
  ],
  execute: async (given, world) => {
    const { executeLs } = await import('./list-root.js');
    return await executeLs(given, world);
  },
};
