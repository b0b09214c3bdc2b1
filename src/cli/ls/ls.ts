/** `flowbars ls`: what a raw root holds. */
import { hasSymbolFirst } from '../../core/rule/layout.js';
import { openStore } from '../../edge/store-root.js';
import { isPatterns } from '../../core/plan/symbol-pattern.js';
import { patternSymbols } from '../../jobs/plan/pattern-symbols.js';
import { resolveSymbols } from '../../jobs/plan/symbols.js';
import { refuseUnknown } from '../../jobs/plan/unknown-symbol.js';
import { listRecording } from '../../jobs/recorded/list-recording.js';
import { rootHint } from '../../jobs/recorded/say-what-lies.js';
import type { Command } from '../command/command.js';
import { EXIT_GOOD, EXIT_NOT_GOOD } from '../command/exit-code.js';
import type { Terminal } from '../../edge/process/terminal.js';
import type { UtcDate } from '../../core/unit/utc-date.js';
import { dayOf, type SaidDay } from '../../core/plan/relative-days.js';
import type { Clock } from '../../jobs/ports.js';
import { typedRoot } from '../compute/named-roots.js';
import { parseDay } from '../option/option-forms.js';
import { askedFormat, printOutput } from '../screen/output.js';
import { option } from '../option/option.js';
import { printLine } from '../screen/page.js';
import * as options from '../option/options.js';
import { printRecording } from './ls-page.js';

const symbolsOption = option({ ...options.symbolsOption, defaultText: 'all' });
const fromOption = option({
  ...options.fromOption,
  help: options.recentFromOption.help,
  defaultHelp: 'the first recorded',
  parse: parseDay,
});
const toOption = option({
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
    const layout = {
      rawLayout: given.value(options.rawLayoutOption),
      streamNames: given.value(options.streamNamesOption),
    };
    const gcsEndpoint = given.optional(options.gcsEndpointOption);
    const raw = typedRoot('--raw', openStore(given.value(options.rawOption), { gcsEndpoint }));
    const asked = given.value(symbolsOption);
    const place = { where: '--symbols', among: `folder in ${raw.root}` };
    const choice = isPatterns(asked) ? patternSymbols(asked, await raw.folders(), place) : asked;
    if (choice !== 'all') await refuseUnknown({ symbols: choice, layout, allowEmpty: [] }, raw);
    const search = {
      layout,
      symbols: choice === 'all' ? undefined : choice,
      from: dayIn(given.optional(fromOption), world.clock),
      to: dayIn(given.optional(toOption), world.clock),
    };
    const recording = await listRecording(search, raw);
    if (recording.symbol_days === 0 && hasSymbolFirst(layout.rawLayout)) {
      // Throws an error that says what lies there, if no folder is a symbol.
      await resolveSymbols(choice, layout, raw);
    }
    const hint = recording.symbol_days === 0 ? await rootHint(layout, raw) : undefined;
    const page = (terminal: Terminal): void => printRecording(recording, terminal);
    printOutput({ document: recording, rows: recording.symbols, page }, askedFormat(given), world);
    if (hint !== undefined) printLine(hint, world.stderr);
    return recording.symbol_days === 0 ? EXIT_NOT_GOOD : EXIT_GOOD;
  },
};

function dayIn(said: SaidDay | undefined, clock: Clock): UtcDate | undefined {
  return said && dayOf(said, clock.nowMs());
}
