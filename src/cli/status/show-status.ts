/** Shows the calendar of published symbol-days and whether all are good, for `flowbars status`. */
import { calendarPage } from '../../core/site/calendar-page.js';
import { isPatterns, type SymbolPatterns } from '../../core/plan/symbol-pattern.js';
import type { ListedChoice } from '../../jobs/plan/listed-symbols.js';
import { codec } from '../../edge/format/codec.js';
import { csvTables } from '../../edge/format/csv-table.js';
import { openStore } from '../../edge/store-root.js';
import type { LiveRoot } from '../../jobs/look/look-at-raw.js';
import type { Store } from '../../jobs/ports.js';
import { publishedMatches } from '../../jobs/look/published-matches.js';
import { readCalendar } from '../../jobs/calendar/read-calendar.js';
import type { World } from '../command/command.js';
import { declaredGiven } from '../command/declared-given.js';
import { writeNamedPage } from '../examine/write-named-page.js';
import { openDeployment } from '../execution/deployment.js';
import { EXIT_GOOD, EXIT_NOT_GOOD } from '../command/exit-code.js';
import { countLine } from '../screen/count-line.js';
import { workflowOption } from '../option/operator-options.js';
import type { Given } from '../option/option.js';
import * as options from '../option/options.js';
import { typedRoot, typedRoots } from '../compute/named-roots.js';
import { openRoots } from '../compute/request.js';
import { calendarDays, layoutOf } from './status-days.js';
import { printCalendar } from './status-page.js';
import { askedFormat } from '../screen/output.js';
import { calendarPageOption, liveOption, symbolsOption } from './status.js';

export async function executeStatus(given: Given, world: World): Promise<number> {
  const asked: ListedChoice | SymbolPatterns = given.optional(symbolsOption) ?? 'listed';
  const goodRule = {
    coverageMin: given.value(options.coverageMinOption),
    allowEmpty: given.optional(options.allowEmptyOption) ?? [],
  };
  const { out, raw, live } = await openPlaces(given, world);
  const chosen = { raw, out, symbols: asked };
  const { dates, recorded } = await calendarDays(given, chosen, world.clock);
  const place = { dates, raw: live?.raw, where: '--symbols' };
  const symbols = isPatterns(asked) ? await publishedMatches(asked, place, { out, codec }) : asked;
  const onCompared = countLine('compared', 'symbol-day', world);
  const calendar = await readCalendar(
    { dates, recorded, symbols, goodRule, live, onCompared },
    {
      out,
      codec,
      tables: csvTables,
      clock: world.clock,
      // Warnings about unreadable neighbour days are left out here.
      log: { event: () => undefined },
    },
  );
  world.stderr.redraw([]);
  await writeNamedPage(calendarPageOption, 'status', () => calendarPage(calendar), given, world);
  const exitCode = calendar.good ? EXIT_GOOD : EXIT_NOT_GOOD;
  printCalendar(calendar, exitCode, askedFormat(given), world);
  return exitCode;
}

/** Opens the raw root only for `--live`. Without --out, a named workflow gives both roots. */
async function openPlaces(
  given: Given,
  world: World,
): Promise<{ out: Store; raw: Store | undefined; live: LiveRoot | undefined }> {
  const isLive = given.value(liveOption);
  const isOfWorkflow =
    given.optional(options.outOption) === undefined && given.optional(workflowOption) !== undefined;
  if (isOfWorkflow || isLive) {
    const { raw, out } = isOfWorkflow
      ? (await openDeployment(given, world)).roots
      : typedRoots(openRoots(given));
    return {
      out,
      raw,
      live: isLive ? { raw, layout: layoutOf(await declaredGiven(given, raw)) } : undefined,
    };
  }
  const gcsEndpoint = given.optional(options.gcsEndpointOption);
  const out = typedRoot('--out', openStore(given.value(options.outOption), { gcsEndpoint }));
  return { out, raw: undefined, live: undefined };
}
