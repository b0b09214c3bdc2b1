/** `flowbars view --site`: the pages of published symbol-days, a page for each symbol, and the calendar as index. */
import { publishedMatches } from '../../jobs/look/published-matches.js';
import { isPatterns } from '../../core/plan/symbol-pattern.js';
import { assert } from '../../core/unit/errors.js';
import { readCalendar } from '../../jobs/calendar/read-calendar.js';
import { writeSite } from '../../jobs/site/write-site.js';
import type { World } from '../command/command.js';
import { EXIT_GOOD, EXIT_NOT_GOOD } from '../command/exit-code.js';
import { goodRule } from '../compute/plan-request.js';
import { inTypedRoot } from '../compute/named-roots.js';
import type { Given } from '../option/option.js';
import { openSearch } from '../pattern/published-search.js';
import { countLine } from '../screen/count-line.js';
import { askedFormat } from '../screen/output.js';
import { symbolsOption } from '../status/status.js';
import { openSite, siteWork } from '../site/open-site.js';
import { siteOption } from '../site/site-options.js';
import { resolutionsOption } from './view.js';
import { printSite } from './site-page.js';

/** Expects `--site`. The pages say whether the calendar is good; the exit code, whether all pages could be made. */
export async function executeSite(given: Given, world: World): Promise<number> {
  given.value(siteOption);
  const { search, effects } = await openSearch(given, world);
  const opened = openSite(given, { raw: undefined, out: effects.out });
  assert(opened !== undefined, '--site has a value');
  // Unlike `all`, no names at all mean those that the deployment lists as well.
  const asked = given.optional(symbolsOption) ?? 'listed';
  const place = { dates: search.dates, raw: undefined, where: '--symbols' };
  const calendar = await readCalendar(
    {
      dates: search.dates,
      recorded: undefined,
      symbols: isPatterns(asked) ? await publishedMatches(asked, place, effects) : asked,
      goodRule: goodRule(given),
      live: undefined,
      onCompared: () => undefined,
    },
    { ...effects, log: { event: () => undefined } },
  );
  const { request, effects: writing } = siteWork(
    opened,
    effects,
    world,
    given.optional(resolutionsOption),
  );
  const onDone = countLine('drew', 'symbol-day', world);
  const writingAll = writeSite({ ...request, calendar, wanted: undefined, onDone }, writing);
  const written = await inTypedRoot(given.where(siteOption), opened.site, writingAll);
  world.stderr.redraw([]);
  const exitCode = written.good ? EXIT_GOOD : EXIT_NOT_GOOD;
  printSite(written, exitCode, askedFormat(given), world);
  return exitCode;
}
