/** `flowbars scoreboard`: what followed the patterns of published symbol-days, or their events one by one. */
import { PATTERNS } from '../../core/column/pattern-table.js';
import { quoted, refuse, someOf } from '../../core/unit/typed-text.js';
import type { Command } from '../command/command.js';
import { flag, option } from '../option/option.js';
import * as options from '../option/options.js';
import { ruleOption } from '../option/rule-options.js';
import { publishedOptions, publishedRoot } from './published-options.js';

export const eventsOption = flag({
  name: 'events',
  env: 'FLOWBARS_EVENTS',
  group: 'What:',
  help: 'list the events, each with the lines of the files that it was read off',
});
export const patternOption = option({
  name: 'pattern',
  env: 'FLOWBARS_PATTERN',
  group: 'What:',
  help: `only these: some of ${PATTERNS.join(',')}`,
  defaultHelp: 'all',
  words: PATTERNS,
  parse: (text, where) => {
    const patterns = someOf(PATTERNS)(text, where);
    return patterns.length > 0
      ? patterns
      : refuse(where, 'patterns', quoted(text), `some of ${PATTERNS.join(', ')}`);
  },
});
/** The rule of a day: here the fee beside the pooled moves, whatever the days were published with. */
export const feeOption = ruleOption('feeBps');

export const scoreboardCommand: Command = {
  name: 'scoreboard',
  summary: 'show what followed the patterns, pooled over days and symbols',
  required: [publishedRoot],
  options: [
    ...publishedOptions,
    patternOption,
    eventsOption,
    feeOption,
    ...options.outputOptions,
    options.noColorOption,
  ],
  examples: [
    { line: 'scoreboard --out aggregated', does: 'pool all symbols over the last 30 days' },
    {
      line: 'scoreboard --out aggregated --symbols BTCUSDT --from 2025-12-11 --to 2025-12-11 --pattern absorption --events',
      does: 'list the events of a pattern with the lines they come from',
    },
  ],
  execute: async (given, world) => {
    const { executeScoreboard } = await import('./show-scoreboard.js');
    return await executeScoreboard(given, world);
  },
};
