/** `flowbars inspect`: what a chunk, a bar file, a quality report or a manifest holds. */
import type { Inspection } from '../../core/inspect/inspection.js';
import type { StreamName } from '../../core/rule/symbol-day.js';
import { codec } from '../../edge/format/codec.js';
import { csvTables } from '../../edge/format/csv-table.js';
import { inspectObject } from '../../jobs/examine/inspect-object.js';
import type { Command } from '../command/command.js';
import { EXIT_GOOD, EXIT_NOT_GOOD } from '../command/exit-code.js';
import { printInspection } from './inspect-page.js';
import type { Terminal } from '../../edge/process/terminal.js';
import { askedFormat, printOutput } from '../screen/output.js';
import { openNamedFile } from './open-named-file.js';
import { option } from '../option/option.js';
import { oneOf } from '../../core/unit/typed-text.js';
import {
  gcsEndpointOption,
  noColorOption,
  pageOutputOptions,
  streamNamesOption,
} from '../option/options.js';
import { ruleOption } from '../option/rule-options.js';

const fileArgument = { name: 'file', help: 'a path or gs://bucket/name' };
const streamOption = option<StreamName>({
  name: 'stream',
  env: 'FLOWBARS_INSPECT_STREAM',
  group: 'What:',
  help: "stream of the chunk: 'trades' or 'depth'",
  defaultHelp: 'from its name or header',
  words: ['trades', 'depth'],
  parse: oneOf(['trades', 'depth']),
});

const columnsOption = ruleOption('columns');

export const inspectCommand: Command = {
  name: 'inspect',
  summary: 'show what a raw chunk, bar file, quality report or manifest holds',
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
    const asked = askedFormat(given) ?? 'table';
    const stream = given.optional(streamOption);
    const gcsEndpoint = given.optional(gcsEndpointOption);
    const uri = given.argument(fileArgument);
    const file = openNamedFile(uri, 'flowbars inspect', gcsEndpoint);
    const hints = {
      stream,
      streamNames: given.value(streamNamesOption),
      columns: given.value(columnsOption),
    };
    const inspection = await inspectObject(file, hints, { codec, tables: csvTables });
    const page = (terminal: Terminal): void => printInspection(inspection, terminal);
    printOutput({ document: inspection, rows: [inspection], page }, asked, world);
    return isGood(inspection) ? EXIT_GOOD : EXIT_NOT_GOOD;
  },
};

/** Only a bar file that fails its checks is not good. */
function isGood(inspection: Inspection): boolean {
  return inspection.kind !== 'bars' || inspection.good;
}
