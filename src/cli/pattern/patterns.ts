/** `flowbars patterns`: the patterns of published symbol-days, computed again from stored files alone. */
import type { Command } from '../command/command.js';
import { flag } from '../option/option.js';
import * as options from '../option/options.js';
import { publishedOptions, publishedRoot } from './published-options.js';

export const checkOption = flag({
  name: 'check',
  env: 'FLOWBARS_CHECK',
  group: 'How:',
  help: 'compare only; write nothing',
});

export const patternsCommand: Command = {
  name: 'patterns',
  summary: 'compute patterns again from the stored bars and signals, and compare',
  required: [publishedRoot],
  options: [...publishedOptions, checkOption, ...options.outputOptions, options.noColorOption],
  examples: [
    { line: 'patterns --out aggregated --check', does: 'compare the last 30 days, write nothing' },
    {
      line: 'patterns --out gs://b/aggregated --symbols BTCUSDT --from 2025-12-01',
      does: 'write missing files of a symbol again',
    },
  ],
  execute: async (given, world) => {
    const { executePatterns } = await import('./recompute-patterns.js');
    return await executePatterns(given, world);
  },
};
