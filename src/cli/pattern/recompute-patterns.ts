/** Computes patterns again and shows what became of each symbol-day, for `flowbars patterns`. */
import type { Terminal } from '../../edge/process/terminal.js';
import { recompute } from '../../jobs/pattern/recompute.js';
import type { World } from '../command/command.js';
import { EXIT_GOOD, EXIT_NOT_GOOD } from '../command/exit-code.js';
import type { Given } from '../option/option.js';
import { countLine } from '../screen/count-line.js';
import { askedFormat, printOutput } from '../screen/output.js';
import { printLine } from '../screen/page.js';
import { printClosing } from '../screen/verdict.js';
import { elsewhereHint } from './elsewhere-hint.js';
import { checkOption } from './patterns.js';
import { printRecomputed, recomputedSentence } from './patterns-page.js';
import { publishAdvice } from './publish-advice.js';
import { openSearch } from './published-search.js';

export async function executePatterns(given: Given, world: World): Promise<number> {
  const opened = await openSearch(given, world);
  const { search, effects } = opened;
  const isCheck = given.value(checkOption);
  const onDone = countLine('recomputed', 'symbol-day', world);
  const done = await recompute({ ...search, isCheck, onDone }, effects);
  const unlisted = done.days.filter(({ listed }) => listed === false);
  const unverified = done.days.filter(
    ({ listed, outcome }) => listed === true && outcome === 'no_seconds',
  );
  const advice = {
    toPublish: await publishAdvice(unlisted, effects),
    toVerify: await publishAdvice(unverified, effects),
  };
  const hint = await elsewhereHint(done, opened);
  world.stderr.redraw([]);
  const exitCode = done.good ? EXIT_GOOD : EXIT_NOT_GOOD;
  printOutput(
    {
      document: done,
      rows: done.days,
      page: (terminal: Terminal) => printRecomputed(done, advice, terminal),
      closing: (terminal: Terminal) => {
        printClosing(exitCode, recomputedSentence(done), terminal);
        if (hint !== undefined) printLine(hint, terminal);
      },
    },
    askedFormat(given),
    world,
  );
  return exitCode;
}
