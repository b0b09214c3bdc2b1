/** Exports published days and shows which files were made and what is in none, for `flowbars export`. */
import { hasResolutions } from '../../core/rule/products.js';
import { quoted, refuse } from '../../core/unit/typed-text.js';
import { openStore, rootsOverlap } from '../../edge/store-root.js';
import type { Terminal } from '../../edge/process/terminal.js';
import { exportDays } from '../../jobs/typed/export-days.js';
import type { Store } from '../../jobs/ports.js';
import type { World } from '../command/command.js';
import { EXIT_GOOD, EXIT_NOT_GOOD } from '../command/exit-code.js';
import { inTypedRoot } from '../compute/named-roots.js';
import type { Given } from '../option/option.js';
import { gcsEndpointOption } from '../option/options.js';
import { elsewhereHint } from '../pattern/elsewhere-hint.js';
import { openSearch } from '../pattern/published-search.js';
import { countLine } from '../screen/count-line.js';
import { askedFormat, printOutput } from '../screen/output.js';
import { printLine } from '../screen/page.js';
import { printClosing } from '../screen/verdict.js';
import {
  exportFormatsOption,
  exportOutputsOption,
  exportResolutionsOption,
  intoOption,
  joinedOption,
} from './export.js';
import { exportedSentence, printExported } from './export-page.js';

export async function executeExport(given: Given, world: World): Promise<number> {
  refuseIdle(given);
  const choice = {
    outputs: given.optional(exportOutputsOption),
    resolutions: given.optional(exportResolutionsOption),
    formats: given.value(exportFormatsOption),
    isJoined: given.value(joinedOption),
  };
  const opened = await openSearch(given, world);
  const { search, effects } = opened;
  const into = openInto(given, effects.out);
  const onDone = countLine('exported', 'symbol-day', world);
  const exporting = exportDays({ ...search, ...choice, onDone }, { ...effects, into });
  const done = await inTypedRoot(`--${intoOption.name}`, into, exporting);
  // Days that are left out because nothing is published lie elsewhere as well.
  const hint = await elsewhereHint({ ...done, left_out: [] }, opened);
  world.stderr.redraw([]);
  const exitCode = done.good ? EXIT_GOOD : EXIT_NOT_GOOD;
  printOutput(
    {
      document: done,
      rows: done.files,
      page: (terminal: Terminal) => printExported(done, terminal),
      closing: (terminal: Terminal) => {
        printClosing(exitCode, exportedSentence(done), terminal);
        if (hint !== undefined) printLine(hint, terminal);
      },
    },
    askedFormat(given),
    world,
  );
  return exitCode;
}

/** Resolutions that were typed choose nothing among files that have none. A variable may be meant for other commands. */
function refuseIdle(given: Given): void {
  const [outputs, where] = [
    given.optional(exportOutputsOption),
    given.where(exportResolutionsOption),
  ];
  const typed = given.text(exportResolutionsOption);
  if (typed === undefined || !where.startsWith('--') || outputs === undefined) return;
  if (outputs.some(hasResolutions)) return;
  const found = `${quoted(typed)} with --${exportOutputsOption.name} ${outputs.join(',')}`;
  refuse(where, 'resolutions', found, 'none, as these files have no resolution');
}

/** A root of its own: an export must never stand in for what was published. */
function openInto(given: Given, out: Store): Store {
  const into = given.value(intoOption);
  if (rootsOverlap(out.root, into)) {
    const expected = 'two roots, neither inside the other';
    refuse(`--${intoOption.name}`, 'root', `'${into}' with output root '${out.root}'`, expected);
  }
  return openStore(into, { gcsEndpoint: given.optional(gcsEndpointOption) });
}
