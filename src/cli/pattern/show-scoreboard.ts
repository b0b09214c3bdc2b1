/** Pools scoreboards, or lists events, and shows them, for `flowbars scoreboard`. */
import { PATTERNS } from '../../core/column/pattern-table.js';
import type { LeftOutDay, ListedEvents, Scores } from '../../core/score/pattern-documents.js';
import type { Terminal } from '../../edge/process/terminal.js';
import { listEvents } from '../../jobs/pattern/list-events.js';
import { poolScoreboards } from '../../jobs/pattern/pool-scoreboards.js';
import type { World } from '../command/command.js';
import { EXIT_GOOD, EXIT_NOT_GOOD } from '../command/exit-code.js';
import type { Given } from '../option/option.js';
import { countLine } from '../screen/count-line.js';
import { askedFormat, type Output, printOutput } from '../screen/output.js';
import { printLine } from '../screen/page.js';
import { printClosing } from '../screen/verdict.js';
import { elsewhereHint } from './elsewhere-hint.js';
import { eventsSentence, printEvents } from './events-page.js';
import { publishAdvice } from './publish-advice.js';
import { openSearch, type OpenedSearch } from './published-search.js';
import { eventsOption, feeOption, patternOption } from './scoreboard.js';
import { printScores, scoresSentence } from './scoreboard-page.js';

export async function executeScoreboard(given: Given, world: World): Promise<number> {
  const opened = await openSearch(given, world);
  const isListing = given.value(eventsOption);
  const { isGood, ...output } = isListing
    ? await eventsOutput(opened, given, world)
    : await scoresOutput(opened, given, world);
  world.stderr.redraw([]);
  printOutput(output, askedFormat(given), world);
  return isGood ? EXIT_GOOD : EXIT_NOT_GOOD;
}

interface FoundOutput extends Output {
  readonly isGood: boolean;
}

async function scoresOutput(
  opened: OpenedSearch,
  given: Given,
  world: World,
): Promise<FoundOutput> {
  const { search, effects } = opened;
  const patterns = given.optional(patternOption) ?? PATTERNS;
  const pooling = {
    ...search,
    patterns,
    feeBps: given.value(feeOption),
    onDone: countLine('read', 'scoreboard', world),
    onLine: countLine('resampled', 'line', world),
  };
  const scores = await poolScoreboards(pooling, effects);
  const hint = await elsewhereHint(scores, opened);
  const advice = await publishAdvice(withoutPatterns(scores), effects);
  return {
    isGood: scores.good,
    document: scores,
    rows: scores.scores,
    page: (terminal) => printScores(scores, advice, terminal),
    closing: closingOf(scores.good, [scoresSentence(scores), 'pooled'], hint),
  };
}

async function eventsOutput(
  opened: OpenedSearch,
  given: Given,
  world: World,
): Promise<FoundOutput> {
  const { search, effects } = opened;
  const patterns = given.optional(patternOption) ?? PATTERNS;
  const onDone = countLine('read', 'symbol-day', world);
  const listed = await listEvents({ ...search, patterns, onDone }, effects);
  const hint = await elsewhereHint(listed, opened);
  const advice = await publishAdvice(withoutPatterns(listed), effects);
  return {
    isGood: listed.good,
    document: listed,
    rows: listed.events,
    page: (terminal) => printEvents(listed, advice, terminal),
    closing: closingOf(listed.good, [eventsSentence(listed), 'listed'], hint),
  };
}

function withoutPatterns({ left_out: leftOut }: Scores | ListedEvents): LeftOutDay[] {
  return leftOut.filter(({ reason }) => reason === 'not_listed');
}

/** No word of it says that a pattern is good. */
function closingOf(
  isGood: boolean,
  [sentence, word]: readonly [sentence: string, word: string],
  hint: string | undefined,
): (terminal: Terminal) => void {
  return (terminal) => {
    printClosing(isGood ? EXIT_GOOD : EXIT_NOT_GOOD, sentence, terminal, word);
    if (hint !== undefined) printLine(hint, terminal);
  };
}
