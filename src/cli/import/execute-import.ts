/** Imports files and says what came of them, for `flowbars import`. */
import { compareNames } from '../../core/unit/compare-names.js';
import { refuse } from '../../core/unit/typed-text.js';
import { codec } from '../../edge/format/codec.js';
import { csvTables } from '../../edge/format/csv-table.js';
import { gzipBytes } from '../../edge/format/gzip.js';
import { openSourceFile } from '../../edge/local/source-file.js';
import { openStore } from '../../edge/store-root.js';
import { importFiles } from '../../jobs/import/import-files.js';
import type { ImportEffects, ImportRequest } from '../../jobs/import/import-request.js';
import type { SourceFile } from '../../jobs/ports.js';
import type { World } from '../command/command.js';
import { EXIT_GOOD } from '../command/exit-code.js';
import { inTypedRoot } from '../compute/named-roots.js';
import type { Given } from '../option/option.js';
import { gcsEndpointOption, rawOption } from '../option/options.js';
import { askedFormat, printOutput } from '../screen/output.js';
import { importDocument } from './import-document.js';
import { printImport } from './import-page.js';
import { progressDrawer } from './import-progress.js';
import {
  chunkOption,
  columnsOption,
  filesArgument,
  IMPORT_FILES_MAX,
  marketOption,
  noGzipOption,
  partOption,
  sourceOption,
  streamOption,
  symbolOption,
} from './import.js';

export async function executeImport(given: Given, world: World): Promise<number> {
  const asked = askedFormat(given);
  const gcsEndpoint = given.optional(gcsEndpointOption);
  const raw = openStore(given.value(rawOption), { gcsEndpoint });
  const request = readRequest(given, await openFiles(given.manyArguments(filesArgument)));
  const effects: ImportEffects = {
    raw,
    codec,
    splitLine: (line) => csvTables.splitLine(line),
    gzip: gzipBytes,
    clock: world.clock,
    onProgress: progressDrawer(world),
  };
  const summary = await inTypedRoot('--raw', raw, importFiles(request, effects));
  world.stderr.redraw([]);
  const document = importDocument(summary);
  printOutput(
    {
      document,
      rows: document.streams,
      page: (terminal) => printImport(summary, raw.root, terminal),
    },
    asked,
    world,
  );
  return EXIT_GOOD;
}

function readRequest(given: Given, files: readonly SourceFile[]): ImportRequest {
  return {
    files,
    hints: {
      source: given.optional(sourceOption),
      symbol: given.optional(symbolOption),
      market: given.optional(marketOption),
      stream: given.optional(streamOption),
      columns: given.value(columnsOption),
    },
    chunkMinutes: given.value(chunkOption),
    gzip: !given.value(noGzipOption),
    part: given.optional(partOption) ?? '',
  };
}

/** In the order of their names. */
async function openFiles(paths: readonly string[]): Promise<SourceFile[]> {
  const where = 'flowbars import';
  if (paths.length > IMPORT_FILES_MAX) {
    refuse(where, 'files', `${paths.length} files`, `at most ${IMPORT_FILES_MAX}`);
  }
  const sorted = paths.toSorted(compareNames);
  const twice = sorted.find((path, index) => path === sorted[index + 1]);
  if (twice !== undefined) refuse(where, 'files', `'${twice}' twice`, 'each file once');
  const files: SourceFile[] = [];
  for (const path of sorted) files.push(await openSourceFile(path));
  return files;
}
