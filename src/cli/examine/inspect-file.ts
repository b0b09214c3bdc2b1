/** Shows what a chunk or a published file holds, for `flowbars inspect`. */
import type { Inspection } from '../../core/inspect/inspection.js';
import { codec } from '../../edge/format/codec.js';
import { csvTables } from '../../edge/format/csv-table.js';
import { inspectObject } from '../../jobs/examine/inspect-object.js';
import { EXIT_GOOD, EXIT_NOT_GOOD } from '../command/exit-code.js';
import { printInspection } from './inspect-page.js';
import type { Terminal } from '../../edge/process/terminal.js';
import { askedFormat, printOutput } from '../screen/output.js';
import { openNamedFile } from './open-named-file.js';
import { gcsEndpointOption, streamNamesOption } from '../option/options.js';
import type { World } from '../command/command.js';
import type { Given } from '../option/option.js';
import { columnsOption, fileArgument, streamOption } from './inspect.js';

export async function executeInspect(given: Given, world: World): Promise<number> {
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
}

/** Only a file that fails its checks is not good. */
function isGood(inspection: Inspection): boolean {
  return !('good' in inspection) || inspection.good;
}
