/** Computes patterns again and shows what became of each symbol-day, for `flowbars patterns`. */
import type { Terminal } from '../../edge/process/terminal.js';
import { recompute } from '../../jobs/pattern/recompute.js';
import type { World } from '../command/command.js';
import { EXIT_GOOD, EXIT_NOT_GOOD } from '../command/exit-code.js';
import type { Given } from '../option/option.js';
import { countLine } from '../screen/count-line.js';
import { askedFormat, printOutput } from '../screen/output.js';
import { printClosing } from '../screen/verdict.js';
import { checkOption } from './patterns.js';
import { printRecomputed, recomputedSentence } from './patterns-page.js';
import { openSearch } from './published-search.js';

export async function executePatterns(given: Given, world: World): Promise<number> {
  const { search, effects } = await openSearch(given, world);
  const isCheck = given.value(checkOption);
  const onDone = countLine('recomputed', 'symbol-day', world);
  const done = await recompute({ ...search, isCheck, onDone }, effects);
  world.stderr.redraw([]);
  const exitCode = done.good ? EXIT_GOOD : EXIT_NOT_GOOD;
  printOutput(
    {
      document: done,
      rows: done.days,
      page: (terminal: Terminal) => printRecomputed(done, terminal),
      closing: (terminal: Terminal) => printClosing(exitCode, recomputedSentence(done), terminal),
    },
    askedFormat(given),
    world,
  );
  return exitCode;
}
