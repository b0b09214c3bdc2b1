/** `flowbars inspect`: what a chunk, a bar file, a quality report or a manifest holds. */
import type { Inspection } from '../../core/inspect/inspection.js';
import type { StreamName } from '../../core/rule/symbol-day.js';
import { codec } from '../../edge/format/codec.js';
import { csvTables } from '../../edge/format/csv-table.js';
import { inspectObject } from '../../jobs/examine/inspect-object.js';
import type { Command } from '../command/command.js';
import { EXIT_GOOD, EXIT_NOT_GOOD } from '../command/exit-code.js';
import { printInspection } from './inspect-page.js';
import { openNamedFile, pageJsonOption } from './open-named-file.js';
import { option } from '../option/option.js';
import { oneOf } from '../../core/unit/typed-text.js';
import { gcsEndpointOption, noColorOption, streamNamesOption } from '../option/options.js';

const fileArgument = { name: 'file', help: 'a path or gs://bucket/name' };
const streamOption = option<StreamName>({
  name: 'stream',
  env: 'FLOWBARS_INSPECT_STREAM',
  group: 'What:',
  help: "stream of the chunk: 'trades' or 'depth'",
  defaultHelp: 'from its name or header',
  parse: oneOf(['trades', 'depth']),
});

export const inspectCommand: Command = {
  name: 'inspect',
  summary: 'show what a raw chunk, bar file, quality report or manifest holds',
  options: [gcsEndpointOption, streamOption, streamNamesOption, pageJsonOption, noColorOption],
  argument: fileArgument,
  examples: [
    { line: 'inspect raw/BTCUSDT/trades/2025-12-11/09-31.csv', does: 'a chunk of trades' },
    { line: 'inspect gs://bucket/aggregated/BTCUSDT/2025-12-11_1m.csv', does: 'a bar file' },
  ],
  execute: async (given, world) => {
    const stream = given.optional(streamOption);
    const gcsEndpoint = given.optional(gcsEndpointOption);
    const uri = given.argument(fileArgument);
    const file = openNamedFile(uri, 'flowbars inspect', gcsEndpoint);
    const signs = { stream, streamNames: given.value(streamNamesOption) };
    const inspection = await inspectObject(file, signs, { codec, tables: csvTables });
    if (given.value(pageJsonOption)) {
      world.stdout.write(`${JSON.stringify(inspection, null, 2)}\n`);
    } else {
      printInspection(inspection, world.stdout);
    }
    return isGood(inspection) ? EXIT_GOOD : EXIT_NOT_GOOD;
  },
};

/** Only a bar file that fails its checks is not good. */
function isGood(inspection: Inspection): boolean {
  return inspection.kind !== 'bars' || inspection.good;
}
