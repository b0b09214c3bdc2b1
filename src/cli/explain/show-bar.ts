/** Explains a bar and shows it, for `flowbars explain`. */
import type { Explained } from '../../core/explain/explained-shape.js';
import { explainedPage } from '../../core/told/explained-page.js';
import { sectionsOf } from '../../core/told/sections.js';
import { dateOf } from '../../core/unit/utc-date.js';
import { codec } from '../../edge/format/codec.js';
import { csvTables } from '../../edge/format/csv-table.js';
import { openStore } from '../../edge/store-root.js';
import { explainBar } from '../../jobs/explain/explain-bar.js';
import type { World } from '../command/command.js';
import { EXIT_GOOD, EXIT_NOT_GOOD } from '../command/exit-code.js';
import { typedRoots } from '../compute/named-roots.js';
import { writeNamedPage } from '../examine/write-named-page.js';
import type { Given } from '../option/option.js';
import { symbolOption } from '../option/operator-options.js';
import * as options from '../option/options.js';
import { formatCounted } from '../screen/figures.js';
import { countLine } from '../screen/count-line.js';
import { askedFormat, printOutput } from '../screen/output.js';
import { printClosing } from '../screen/verdict.js';
import {
  atOption,
  barPageOption,
  columnOption,
  eventOption,
  resolutionOption,
  rowsOption,
} from './explain.js';
import { printSections } from './explained-text.js';

export async function executeExplain(given: Given, world: World): Promise<number> {
  const gcsEndpoint = given.optional(options.gcsEndpointOption);
  const { raw, out } = typedRoots({
    raw: openStore(given.value(options.rawOption), { gcsEndpoint }),
    out: openStore(given.value(options.outOption), { gcsEndpoint }),
  });
  const askedMs = given.value(atOption);
  const isEvent = given.value(eventOption);
  // The bar that ends at an instant is the one right before it.
  const atMs = isEvent ? askedMs - 1 : askedMs;
  const bar = await explainBar(
    {
      day: { symbol: given.value(symbolOption), date: dateOf(atMs) },
      atMs,
      eventMs: isEvent ? askedMs : undefined,
      resolution: given.optional(resolutionOption),
      column: given.optional(columnOption),
      onRead: countLine('read', 'chunk minute', world),
    },
    { raw, out, codec, tables: csvTables, clock: world.clock },
  );
  world.stderr.redraw([]);
  await writeNamedPage(barPageOption, 'explain', () => explainedPage(bar), given, world);
  const exitCode = bar.good ? EXIT_GOOD : EXIT_NOT_GOOD;
  const rows = given.value(rowsOption);
  printOutput(
    {
      document: bar,
      rows: bar.cells,
      page: (terminal) => printSections(sectionsOf(bar, rows), terminal),
      closing: (terminal) => printClosing(exitCode, sentenceOf(bar), terminal, 'explained'),
    },
    askedFormat(given) ?? 'table',
    world,
  );
  return exitCode;
}

function sentenceOf({ symbol, from, resolution, cells, differs }: Explained): string {
  const same = cells.filter((cell) => cell.same && cell.published !== null).length;
  const words =
    differs.length === 0
      ? `${formatCounted(same, 'published cell')} as the rows give ${same === 1 ? 'it' : 'them'}`
      : `${differs.length} differ: ${differs[0] ?? ''}`;
  return `${symbol} ${resolution} bar of ${from}: ${words}`;
}
