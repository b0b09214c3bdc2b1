/** `flowbars export`: published days as Parquet, or joined into one file per symbol, in a root of their own. */
import { FILE_FORMATS, OUTPUTS } from '../../core/rule/products.js';
import { quoted, refuse, someOf, type TextReader } from '../../core/unit/typed-text.js';
import type { Command } from '../command/command.js';
import { flag, option } from '../option/option.js';
import * as options from '../option/options.js';
import { outputsOption } from '../option/product-options.js';
import { publishedOptions, publishedRoot } from '../pattern/published-options.js';

type Formats = readonly (typeof FILE_FORMATS)[number][];

const parseExportFormats: TextReader<Formats> = (text, where) => {
  const formats = someOf(FILE_FORMATS)(text, where);
  if (formats.length > 0) return formats;
  return refuse(where, 'formats', quoted(text), `some of ${FILE_FORMATS.join(', ')}`);
};

export const intoOption = option({
  name: 'into',
  env: 'FLOWBARS_INTO',
  group: 'Where:',
  help: 'root to write into: a folder or gs://bucket/prefix, apart from --out',
  parse: options.outOption.parse,
});
export const exportFormatsOption = option({
  name: 'formats',
  env: 'FLOWBARS_FORMATS',
  group: 'What:',
  help: `formats to write: some of ${FILE_FORMATS.join(',')}`,
  defaultText: 'parquet',
  words: FILE_FORMATS,
  parse: parseExportFormats,
});
const { defaultHelp: _outputs, ...outputs } = outputsOption;
export const exportOutputsOption = option({
  ...outputs,
  help: `kinds of files: some of ${OUTPUTS.join(',')}`,
  defaultHelp: 'all that are published',
});
const { defaultText: _resolutions, ...resolutions } = options.resolutionsOption;
export const exportResolutionsOption = option({
  ...resolutions,
  help: 'bar lengths, such as 1s,1m',
  defaultHelp: 'all that are published',
});
export const joinedOption = flag({
  name: 'joined',
  env: 'FLOWBARS_JOINED',
  group: 'How:',
  help: 'one file per symbol and resolution over all days, bars and signals side by side',
});

export const exportCommand: Command = {
  name: 'export',
  summary: 'write published days as Parquet, or as one file per symbol, into another root',
  required: [publishedRoot, { option: intoOption }],
  options: [
    ...publishedOptions,
    intoOption,
    exportOutputsOption,
    exportResolutionsOption,
    exportFormatsOption,
    joinedOption,
    ...options.outputOptions,
    options.noColorOption,
  ],
  examples: [
    {
      line: 'export --out aggregated --into typed --from first --to last',
      does: 'each published file as Parquet',
    },
    {
      line: 'export --out gs://b/aggregated --into joined --symbols BTCUSDT --resolutions 1m --joined',
      does: 'the last 30 days of a symbol in one file',
    },
  ],
  execute: async (given, world) => {
    const { executeExport } = await import('./execute-export.js');
    return await executeExport(given, world);
  },
};
