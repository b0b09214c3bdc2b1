/** `flowbars check`: bars against Binance's official klines. */
import { parseInstant } from '../option/option-forms.js';
import type { Command } from '../command/command.js';
import { option } from '../option/option.js';
import { htmlOption } from '../option/page-option.js';
import { refuse } from '../../core/unit/typed-text.js';
import {
  gcsEndpointOption,
  lastOption,
  noColorOption,
  pageOutputOptions,
} from '../option/options.js';

/** A leap year of daily files. */
export const CHECK_FILES_MAX = 366;

export const barsOption = option({
  name: 'bars',
  env: 'FLOWBARS_BARS',
  group: 'Where:',
  help: '1m or 1s bar files, one per day: A,B, each a path or gs://bucket/name',
  parse: parseFiles,
});
export const klinesOption = option({
  name: 'klines',
  env: 'FLOWBARS_KLINES',
  group: 'Where:',
  help: 'official 1m klines, unpacked csv files: A,B as above',
  parse: parseFiles,
});
export const fromOption = option({
  name: 'from',
  env: 'FLOWBARS_CHECK_FROM',
  group: 'What:',
  help: 'first minute, such as 2024-07-18T23:58:00Z',
  defaultHelp: 'start of the klines',
  parse: parseInstant,
});
export const toOption = option({
  name: 'to',
  env: 'FLOWBARS_CHECK_TO',
  group: 'What:',
  help: 'end, exclusive, such as 2024-07-19T00:00:00Z',
  defaultHelp: 'end of the klines',
  parse: parseInstant,
});

export const checkLastOption = option({ ...lastOption, env: 'FLOWBARS_CHECK_LAST' });

export const checkPageOption = htmlOption(
  'FLOWBARS_CHECK_HTML',
  'also write the comparison as a page',
);

export const checkCommand: Command = {
  name: 'check',
  summary: "compare bars with Binance's official 1m klines, minute by minute",
  required: [{ option: barsOption }, { option: klinesOption }],
  options: [
    barsOption,
    klinesOption,
    gcsEndpointOption,
    fromOption,
    toOption,
    checkLastOption,
    ...pageOutputOptions,
    checkPageOption,
    noColorOption,
  ],
  examples: [
    {
      line: 'check --bars aggregated/BTCUSDT/2024-07-18_1m.csv --klines BTCUSDT-1m-2024-07-18.csv',
      does: 'all minutes of the klines',
    },
    {
      line: 'check --bars A_1m.csv,B_1m.csv --klines K.csv --from 2024-07-18T23:58:00Z',
      does: 'two days, from an instant on',
    },
  ],
  execute: async (given, world) => {
    const { executeCheck } = await import('./check-bars.js');
    return await executeCheck(given, world);
  },
};

/** `A,B`. */
function parseFiles(text: string, where: string): string[] {
  const uris = text.split(',').map((uri) => uri.trim());
  if (uris.includes('')) refuse(where, 'files', `'${text}'`, 'paths separated by single commas');
  if (uris.length > CHECK_FILES_MAX) {
    refuse(where, 'files', `${uris.length} files`, `at most ${CHECK_FILES_MAX}`);
  }
  return uris;
}
