/** Computes patterns again and shows what became of each symbol-day, for `flowbars patterns`. */
import type { Terminal } from '../../edge/process/terminal.js';
import { recompute, type Recomputation } from '../../jobs/pattern/recompute.js';
import type { World } from '../command/command.js';
import { EXIT_GOOD, EXIT_NOT_GOOD } from '../command/exit-code.js';
import type { Given } from '../option/option.js';
import { formatCount, formatCounted } from '../screen/figures.js';
import { askedFormat, printOutput } from '../screen/output.js';
import { cutToWidth } from '../screen/text-width.js';
import { printClosing } from '../screen/verdict.js';
import { checkOption } from './patterns.js';
import { printRecomputed, recomputedSentence } from './patterns-page.js';
import { openSearch } from './published-search.js';

export async function executePatterns(given: Given, world: World): Promise<number> {
  const { search, effects } = openSearch(given, world);
  const isCheck = given.value(checkOption);
  const done = await recompute({ ...search, isCheck, onDone: progressLine(world) }, effects);
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

/** `recomputed 3 of 30 symbol-days`, drawn in place on a terminal. */
function progressLine({ stderr }: World): Recomputation['onDone'] {
  if (!stderr.isTty) return () => undefined;
  return (done, total) => {
    const line = `recomputed ${formatCount(done)} of ${formatCounted(total, 'symbol-day')}`;
    stderr.redraw([cutToWidth(line, stderr.columns())]);
  };
}
