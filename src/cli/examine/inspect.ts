/** `flowbars inspect`: what a chunk or a published file holds. */
import type { StreamName } from '../../core/rule/symbol-day.js';
import type { Command } from '../command/command.js';
import { option } from '../option/option.js';
import { oneOf } from '../../core/unit/typed-text.js';
import {
  gcsEndpointOption,
  noColorOption,
  pageOutputOptions,
  streamNamesOption,
} from '../option/options.js';
import { ruleOption } from '../option/rule-options.js';

export const fileArgument = { name: 'file', help: 'a path or gs://bucket/name' };
export const streamOption = option<StreamName>({
  name: 'stream',
  env: 'FLOWBARS_INSPECT_STREAM',
  group: 'What:',
  help: "stream of the chunk: 'trades' or 'depth'",
  defaultHelp: 'from its name or header',
  words: ['trades', 'depth'],
  parse: oneOf(['trades', 'depth']),
});

export const columnsOption = ruleOption('columns');

export const inspectCommand: Command = {
  name: 'inspect',
  summary: 'show what a raw chunk or a published file holds',
  options: [
    gcsEndpointOption,
    streamOption,
    streamNamesOption,
    columnsOption,
    ...pageOutputOptions,
    noColorOption,
  ],
  argument: fileArgument,
  examples: [
    { line: 'inspect raw/BTCUSDT/trades/2025-12-11/09-31.csv', does: 'a chunk of trades' },
    { line: 'inspect gs://bucket/aggregated/BTCUSDT/2025-12-11_1m.csv', does: 'a bar file' },
  ],
  execute: async (given, world) => {
    const { executeInspect } = await import('./inspect-file.js');
    return await executeInspect(given, world);
  },
};
