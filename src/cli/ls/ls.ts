/** `flowbars ls`: what a raw root holds. */
import { hasSymbolFirst } from '../../core/rule/layout.js';
import { utcDate } from '../../core/unit/utc-date.js';
import { openStore } from '../../edge/store-root.js';
import { resolveSymbols } from '../../jobs/plan/symbols.js';
import { refuseUnknown } from '../../jobs/plan/unknown-symbol.js';
import { listRecording } from '../../jobs/recorded/list-recording.js';
import type { Command } from '../command/command.js';
import { EXIT_GOOD, EXIT_NOT_GOOD } from '../command/exit-code.js';
import { option } from '../option/option.js';
import * as options from '../option/options.js';
import { printRecording } from './ls-page.js';

const symbolsOption = option({ ...options.symbolsOption, defaultText: 'all' });
const fromOption = option({
  ...options.fromOption,
  help: 'first UTC day, YYYY-MM-DD',
  defaultHelp: 'the first recorded',
  parse: utcDate,
});
const toOption = option({
  ...options.toOption,
  help: 'last UTC day, inclusive, YYYY-MM-DD',
  defaultHelp: 'the last recorded',
  parse: utcDate,
});

export const lsCommand: Command = {
  name: 'ls',
  summary: 'list what a raw root holds: symbols, days, chunks and gaps',
  options: [
    options.rawOption,
    options.rawLayoutOption,
    options.streamNamesOption,
    options.gcsEndpointOption,
    symbolsOption,
    fromOption,
    toOption,
    options.jsonOption,
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
    const layout = {
      rawLayout: given.value(options.rawLayoutOption),
      streamNames: given.value(options.streamNamesOption),
    };
    const gcsEndpoint = given.optional(options.gcsEndpointOption);
    const raw = openStore(given.value(options.rawOption), { gcsEndpoint });
    const choice = given.value(symbolsOption);
    if (choice !== 'all') await refuseUnknown({ symbols: choice, layout, allowEmpty: [] }, raw);
    const search = {
      layout,
      symbols: choice === 'all' ? undefined : choice,
      from: given.optional(fromOption),
      to: given.optional(toOption),
    };
    const recording = await listRecording(search, raw);
    if (recording.symbol_days === 0 && hasSymbolFirst(layout.rawLayout)) {
      // Throws an error that says what lies there, if no folder is a symbol.
      await resolveSymbols(choice, layout, raw);
    }
    if (world.stdout.isTty && !given.value(options.jsonOption)) {
      printRecording(recording, world.stdout);
    } else {
      world.stdout.write(`${JSON.stringify(recording, null, 2)}\n`);
    }
    return recording.symbol_days === 0 ? EXIT_NOT_GOOD : EXIT_GOOD;
  },
};
