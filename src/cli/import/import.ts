/** `flowbars import`: files that people have, into raw chunks. */
import { SOURCES } from '../../core/import/kind/recognised.js';
import { MARKETS } from '../../core/import/source-market.js';
import { parseColumns } from '../../core/rule/named-columns.js';
import { STREAMS } from '../../core/rule/symbol-day.js';
import { symbolName } from '../../core/unit/symbol.js';
import { oneOf, quoted, refuse } from '../../core/unit/typed-text.js';
import type { Command } from '../command/command.js';
import { type Argument, flag, option } from '../option/option.js';
import { gcsEndpointOption, noColorOption, outputOptions, rawOption } from '../option/options.js';

/** Some twenty-seven years of daily files. */
export const IMPORT_FILES_MAX = 10_000;

export const filesArgument: Argument = {
  name: 'FILE',
  help: 'paths of files: archives, captures, exports, csv; packed or not',
  isMany: true,
};
export const sourceOption = option({
  name: 'source',
  env: 'FLOWBARS_IMPORT_SOURCE',
  group: 'What:',
  help: `where the files are from, one of ${SOURCES.join(', ')}`,
  defaultHelp: 'by content and name',
  words: SOURCES,
  parse: oneOf(SOURCES),
});
export const symbolOption = option({
  name: 'symbol',
  env: 'FLOWBARS_IMPORT_SYMBOL',
  group: 'What:',
  help: 'symbol of files that do not say theirs',
  parse: symbolName,
});
export const marketOption = option({
  name: 'market',
  env: 'FLOWBARS_IMPORT_MARKET',
  group: 'What:',
  help: 'market of files that do not say theirs: usdm, coinm or spot',
  defaultHelp: 'by content and name, else usdm',
  words: MARKETS,
  parse: oneOf(MARKETS),
});
export const streamOption = option({
  name: 'stream',
  env: 'FLOWBARS_IMPORT_STREAM',
  group: 'What:',
  help: "what a csv of one's own holds: trades or depth",
  defaultHelp: 'by its header',
  words: STREAMS,
  parse: oneOf(STREAMS),
});
export const columnsOption = option({
  name: 'columns',
  env: 'FLOWBARS_IMPORT_COLUMNS',
  group: 'What:',
  help: "names of columns in a csv of one's own: trades:when=timestamp,vol=quantity",
  defaultText: 'none',
  parse: parseColumns,
});
export const chunkOption = option({
  name: 'chunk',
  env: 'FLOWBARS_IMPORT_CHUNK',
  group: 'What:',
  help: 'what a chunk holds: 1m or 1h',
  words: ['1m', '1h'],
  defaultText: '1m',
  parse: (text, where) => (oneOf(['1m', '1h'])(text, where) === '1h' ? 60 : 1),
});
export const partOption = option({
  name: 'part',
  env: 'FLOWBARS_IMPORT_PART',
  group: 'What:',
  help: 'store the chunks beside others of their minutes: letters, digits and -',
  parse: (text, where) =>
    /^[A-Za-z0-9-]{1,64}$/.test(text)
      ? text
      : refuse(where, 'part', quoted(text), '1 to 64 letters, digits or -'),
});
export const noGzipOption = flag({
  name: 'no-gzip',
  env: 'FLOWBARS_IMPORT_NO_GZIP',
  group: 'What:',
  help: 'store the chunks as plain .csv',
});

export const importCommand: Command = {
  name: 'import',
  summary: 'import archives, captures and exports as raw chunks',
  argument: filesArgument,
  required: [{ option: rawOption }],
  options: [
    rawOption,
    gcsEndpointOption,
    sourceOption,
    symbolOption,
    marketOption,
    streamOption,
    columnsOption,
    chunkOption,
    partOption,
    noGzipOption,
    ...outputOptions,
    noColorOption,
  ],
  examples: [
    {
      line: 'import BTCUSDT-trades-2024-07-18.zip --raw raw',
      does: "a day of Binance's archive",
    },
    {
      line: 'import capture.jsonl.gz --raw gs://bucket/raw --chunk 1h',
      does: 'recorded websocket frames, in chunks of an hour',
    },
    {
      line: 'import mine.csv --raw raw --symbol BTCUSDT --columns trades:when=timestamp,vol=quantity',
      does: "one's own file, whose columns have other names",
    },
  ],
  execute: async (given, world) => {
    const { executeImport } = await import('./execute-import.js');
    return await executeImport(given, world);
  },
};
