/** Scores published days and shows how many minutes have a score, for `flowbars score`. */
import { refuse } from '../../core/unit/typed-text.js';
import { codec } from '../../edge/format/codec.js';
import { codeVersion } from '../../edge/process/version.js';
import { openStore, relativeRoot, rootsOverlap } from '../../edge/store-root.js';
import type { Store } from '../../jobs/ports.js';
import { readModel } from '../../jobs/score/read-model.js';
import { scoreDays } from '../../jobs/score/score-days.js';
import type { World } from '../command/command.js';
import { EXIT_GOOD, EXIT_NOT_GOOD } from '../command/exit-code.js';
import { inTypedRoot } from '../compute/named-roots.js';
import { keepUnprovenOption } from '../dataset/dataset.js';
import type { Given } from '../option/option.js';
import { gcsEndpointOption } from '../option/options.js';
import { openSearch } from '../pattern/published-search.js';
import { countLine } from '../screen/count-line.js';
import { askedFormat, printOutput } from '../screen/output.js';
import { printClosing } from '../screen/verdict.js';
import { scoreIntoOption, scoreModelOption } from './score.js';
import { printScored, scoredSentence } from './score-page.js';

export async function executeScore(given: Given, world: World): Promise<number> {
  const { search, effects } = await openSearch(given, world);
  const into = openInto(given, effects.out);
  const model = await readModel({ model: openGiven(given.value(scoreModelOption), given), codec });
  const request = {
    ...search,
    model,
    keepUnproven: given.value(keepUnprovenOption),
    codeVersion: codeVersion(world.environment),
    onDone: countLine('scored', 'symbol-day', world),
  };
  const scoring = scoreDays(request, { ...effects, into });
  const done = await inTypedRoot(`--${scoreIntoOption.name}`, into, scoring);
  world.stderr.redraw([]);
  const exitCode = done.good ? EXIT_GOOD : EXIT_NOT_GOOD;
  printOutput(
    {
      document: done,
      rows: done.days,
      page: (terminal) => printScored(done, terminal),
      closing: (terminal) => printClosing(exitCode, scoredSentence(done), terminal),
    },
    askedFormat(given),
    world,
  );
  return exitCode;
}

function openGiven(root: string, given: Given): Store {
  return openStore(root, { gcsEndpoint: given.optional(gcsEndpointOption) });
}

/** The output root itself, or a root apart from it. */
function openInto(given: Given, out: Store): Store {
  const named = given.optional(scoreIntoOption);
  if (named === undefined || relativeRoot(out.root, named) === '') return out;
  if (rootsOverlap(out.root, named)) {
    const expected = 'the same root, or two of which neither is inside the other';
    refuse(
      given.where(scoreIntoOption),
      'root',
      `'${named}' with output root '${out.root}'`,
      expected,
    );
  }
  return openGiven(named, given);
}
