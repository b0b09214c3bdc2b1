/** `flowbars explain`: one bar and its signals, down to the raw rows. */
import { EXPLAINED_COLUMNS } from '../../core/explain/explained.js';
import { PATTERN_EVENTS } from '../../core/column/pattern-table.js';
import { closestName } from '../../core/unit/closest-name.js';
import { parseResolution } from '../../core/unit/resolution.js';
import { quoted, refuse, wholeNumber } from '../../core/unit/typed-text.js';
import type { Command } from '../command/command.js';
import { parseInstant } from '../option/option-forms.js';
import { symbolOption } from '../option/operator-options.js';
import { flag, type Option, option } from '../option/option.js';
import * as options from '../option/options.js';
import { htmlOption } from '../option/page-option.js';

/** `--rows`; the document has all of them, up to limits of its own. */
export const SHOWN_ROWS_MAX = 100_000;

const COLUMN_LIST =
  'a column of bars (docs/OUTPUT.md) or signals (docs/SIGNALS.md); without --column explain shows them all';

export const atOption = option({
  name: 'at',
  env: 'FLOWBARS_AT',
  group: 'What:',
  help: 'an instant in the bar, such as 2025-12-11T00:31:07Z',
  parse: parseInstant,
});
export const resolutionOption = option({
  name: 'resolution',
  env: 'FLOWBARS_RESOLUTION',
  group: 'What:',
  help: 'length of the bar, such as 1m',
  defaultHelp: 'the finest published one',
  words: options.RESOLUTION_WORDS,
  parse: parseResolution,
});
export const eventOption = flag({
  name: 'event',
  env: 'FLOWBARS_EVENT',
  group: 'What:',
  help: 'an event is known at --at (scoreboard --events): explain it, and the bar that ends then',
});
export const columnOption = option({
  name: 'column',
  env: 'FLOWBARS_COLUMN',
  group: 'What:',
  help: 'only this column of bars or signals, such as vwap',
  defaultHelp: 'all',
  words: EXPLAINED_COLUMNS,
  parse: (text, where) => {
    if (EXPLAINED_COLUMNS.includes(text)) return text;
    if (PATTERN_EVENTS.header.some((name) => name === text)) {
      const expected = 'a column of bars or signals; --event alone shows what an event holds';
      return refuse(where, 'column', `${quoted(text)}, one of the patterns file`, expected);
    }
    const closest = closestName(text, EXPLAINED_COLUMNS);
    const hint = closest === undefined ? COLUMN_LIST : `'${closest}'`;
    return refuse(where, 'column', quoted(text), hint);
  },
});
export const rowsOption = option({
  name: 'rows',
  env: 'FLOWBARS_ROWS',
  group: 'Output:',
  help: 'rows of each list on the page, half from its begin and half from its end',
  defaultText: '12',
  parse: wholeNumber(0, SHOWN_ROWS_MAX),
});
export const barPageOption: Option<string> = htmlOption(
  'FLOWBARS_EXPLAIN_HTML',
  'also write the page for a browser',
);

export const explainCommand: Command = {
  name: 'explain',
  summary: 'explain one bar and its signals down to the raw rows',
  required: [
    { option: options.rawOption },
    { option: options.outOption },
    { option: symbolOption },
    { option: atOption },
  ],
  options: [
    options.rawOption,
    options.outOption,
    options.gcsEndpointOption,
    symbolOption,
    atOption,
    resolutionOption,
    eventOption,
    columnOption,
    rowsOption,
    barPageOption,
    ...options.pageOutputOptions,
    options.noColorOption,
  ],
  examples: [
    {
      line: 'explain --raw raw --out aggregated --symbol BTCUSDT --at 2025-12-11T00:31:07Z',
      does: 'a second, all of its cells',
    },
    {
      line: 'explain --raw raw --out aggregated --symbol BTCUSDT --at 2025-12-11T00:31:07Z --resolution 1m --column vwap',
      does: 'one cell of a minute',
    },
    {
      line: 'explain --raw raw --out aggregated --symbol BTCUSDT --at 2025-12-11T01:12:30Z --event --html event.html',
      does: 'an event of the patterns file, also as a page for a browser',
    },
  ],
  execute: async (given, world) => {
    const { executeExplain } = await import('./show-bar.js');
    return await executeExplain(given, world);
  },
};
