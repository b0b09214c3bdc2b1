/** `flowbars status`: a calendar of published symbol-days, and whether all are good. */
import { isPatterns } from '../../core/plan/symbol-pattern.js';
import type { UtcDate } from '../../core/unit/utc-date.js';
import { codec } from '../../edge/format/codec.js';
import { csvTables } from '../../edge/format/csv-table.js';
import { openStore } from '../../edge/store-root.js';
import type { LiveRoot } from '../../jobs/look/look-at-raw.js';
import type { Store } from '../../jobs/ports.js';
import { publishedMatches } from '../../jobs/look/published-matches.js';
import { type CalendarRequest, readCalendar } from '../../jobs/calendar/read-calendar.js';
import type { Command, World } from '../command/command.js';
import { openDeployment } from '../execution/deployment.js';
import { EXIT_GOOD, EXIT_NOT_GOOD } from '../command/exit-code.js';
import { formatCount, formatCounted } from '../screen/figures.js';
import { workflowOption, workflowsEndpointOption } from '../option/operator-options.js';
import { flag, type Given, option } from '../option/option.js';
import { refuse } from '../../core/unit/typed-text.js';
import * as options from '../option/options.js';
import { typedRoot, typedRoots } from '../compute/named-roots.js';
import { openRoots, readRecentDates } from '../compute/request.js';
import { printCalendar } from './status-page.js';
import { askedFormat } from '../screen/output.js';
import { cutToWidth } from '../screen/text-width.js';

/** A leap year; ask for a longer calendar year by year. */
export const STATUS_DAYS_MAX = 366;

const REDRAW_MS = 100;

const liveOption = flag({
  name: 'live',
  env: 'FLOWBARS_LIVE',
  group: 'How:',
  help: 'compare with the raw root (--raw); takes eight listings a symbol-day',
});
const symbolsOption = option({
  ...options.symbolsOption,
  help: "A,B or a JSON list, or 'all': every known symbol",
  defaultHelp: "all, with the deployment's list",
});
/** Without a default: reports of published days name the layout of their recording. */
const rawLayoutOption = option({
  name: options.rawLayoutOption.name,
  env: options.rawLayoutOption.env,
  group: options.rawLayoutOption.group,
  help: 'chunk names below the raw root, for unpublished symbol-days',
  defaultHelp: 'as in the published days',
  parse: options.rawLayoutOption.parse,
});

export const statusCommand: Command = {
  name: 'status',
  summary: 'show a calendar of published, missing, failed and stale symbol-days',
  required: [{ option: options.outOption, unless: workflowOption }],
  options: [
    options.outOption,
    options.rawOption,
    workflowOption,
    workflowsEndpointOption,
    rawLayoutOption,
    options.gcsEndpointOption,
    symbolsOption,
    options.recentFromOption,
    options.recentToOption,
    options.lastOption,
    options.coverageMinOption,
    options.allowEmptyOption,
    liveOption,
    ...options.outputOptions,
    options.noColorOption,
  ],
  examples: [
    { line: 'status --out aggregated', does: 'show the last 30 days, from the manifests alone' },
    {
      line: 'status --out aggregated --raw raw --live --from 2025-12-01',
      does: 'compare with the raw root as it is now',
    },
  ],
  execute: async (given, world) => {
    const dates = readRecentDates(given, world.clock);
    refuseTooLong(dates);
    const asked = given.optional(symbolsOption) ?? 'listed';
    const goodRule = {
      coverageMin: given.value(options.coverageMinOption),
      allowEmpty: given.optional(options.allowEmptyOption) ?? [],
    };
    const { out, live } = await openPlaces(given, world);
    const place = { dates, raw: live?.raw, where: '--symbols' };
    const symbols = isPatterns(asked)
      ? await publishedMatches(asked, place, { out, codec })
      : asked;
    const onCompared = progressLine(world);
    const calendar = await readCalendar(
      { dates, symbols, goodRule, live, onCompared },
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
    const exitCode = calendar.good ? EXIT_GOOD : EXIT_NOT_GOOD;
    printCalendar(calendar, exitCode, askedFormat(given), world);
    return exitCode;
  },
};

function refuseTooLong(dates: readonly UtcDate[]): void {
  if (dates.length <= STATUS_DAYS_MAX) return;
  const found = `${dates.length} days, from '${dates[0] ?? ''}'`;
  refuse('--from', 'range', found, `at most ${STATUS_DAYS_MAX} days`);
}

/** Opens the raw root only for `--live`. Without --out, a named workflow gives both roots. */
async function openPlaces(
  given: Given,
  world: World,
): Promise<{ out: Store; live: LiveRoot | undefined }> {
  const isLive = given.value(liveOption);
  const isOfWorkflow =
    given.optional(options.outOption) === undefined && given.optional(workflowOption) !== undefined;
  if (isOfWorkflow || isLive) {
    const { raw, out } = isOfWorkflow
      ? (await openDeployment(given, world)).roots
      : typedRoots(openRoots(given));
    return { out, live: isLive ? { raw, rawLayout: given.optional(rawLayoutOption) } : undefined };
  }
  const gcsEndpoint = given.optional(options.gcsEndpointOption);
  const out = typedRoot('--out', openStore(given.value(options.outOption), { gcsEndpoint }));
  return { out, live: undefined };
}

/** `compared 120 of 1,500 symbol-days`, drawn in place on a terminal. */
function progressLine({ stderr, clock }: World): CalendarRequest['onCompared'] {
  if (!stderr.isTty) return () => undefined;
  let drawnMs = clock.nowMs();
  return (done, total) => {
    if (clock.nowMs() - drawnMs < REDRAW_MS) return;
    drawnMs = clock.nowMs();
    const line = `compared ${formatCount(done)} of ${formatCounted(total, 'symbol-day')}`;
    stderr.redraw([cutToWidth(line, stderr.columns())]);
  };
}
