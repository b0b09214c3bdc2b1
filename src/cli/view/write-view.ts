/** Writes the page of a symbol's days and says what it holds, for `flowbars view`. */
import { SCHEMA_VERSION } from '../../core/shape/shape.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import type { UtcDate } from '../../core/unit/utc-date.js';
import { codec } from '../../edge/format/codec.js';
import { csvTables } from '../../edge/format/csv-table.js';
import { pageKit } from '../../edge/page/page-kit.js';
import { openStore } from '../../edge/store-root.js';
import type { Store } from '../../jobs/ports.js';
import { type MadePage, makeDayPage } from '../../jobs/view/day-page.js';
import type { World } from '../command/command.js';
import { EXIT_GOOD } from '../command/exit-code.js';
import { readDates } from '../compute/request.js';
import { refuseOther } from '../examine/write-named-page.js';
import { openOut } from '../execution/deployment.js';
import type { Given } from '../option/option.js';
import { gcsEndpointOption } from '../option/options.js';
import { windowOf } from '../pattern/published-search.js';
import { formatCounted, formatMegabytes } from '../screen/figures.js';
import { askedFormat, printOutput } from '../screen/output.js';
import { printFacts } from '../screen/page.js';
import { printClosing } from '../screen/verdict.js';
import { pageOption, resolutionsOption, symbolOption } from './view.js';

const NO_FILE: ReadonlySet<string> = new Set(['', '.', '..']);
const BUCKET_ALONE = /^gs:\/\/[^/]*$/u;

export async function executeView(given: Given, world: World): Promise<number> {
  const symbol = given.value(symbolOption);
  const resolutions = given.optional(resolutionsOption);
  const choice = readDates(given, world.clock);
  const out = await openOut(given, world);
  const dates = 'pick' in choice ? choice.pick(await windowOf(out)) : choice;
  const page = given.optional(pageOption) ?? `${symbol}_${rangeName(dates)}.html`;
  const place = openPlace(page, given.optional(gcsEndpointOption));
  await refuseOther({ ...place, uri: page, command: 'view', where: given.where(pageOption) });
  const effects = { out, codec, tables: csvTables, kit: pageKit };
  const made = await makeDayPage({ symbol, dates, resolutions }, effects);
  await place.store.write(place.name, made.bytes, 'anything');
  printMade({ ...made, symbol, page }, given, world);
  return EXIT_GOOD;
}

function rangeName(dates: readonly UtcDate[]): string {
  const [from, to] = [dates.at(0) ?? '', dates.at(-1) ?? ''];
  return from === to ? from : `${from}_${to}`;
}

interface Place {
  readonly store: Store;
  readonly name: string;
}

function openPlace(page: string, gcsEndpoint: string | undefined): Place {
  const end = page.lastIndexOf('/');
  const name = page.slice(end + 1);
  if (NO_FILE.has(name) || BUCKET_ALONE.test(page)) {
    throw new FlowbarsError('usage', {
      where: '--page',
      what: 'file',
      found: `'${page}'`,
      expected: 'a file, such as day.html or gs://bucket/day.html',
    });
  }
  const folder = end < 0 ? '.' : page.slice(0, Math.max(1, end));
  return { store: openStore(folder, { gcsEndpoint }), name };
}

function printMade(
  made: MadePage & { readonly symbol: string; readonly page: string },
  given: Given,
  world: World,
): void {
  const { symbol, page, bytes, dates, unpublished, resolutions, rows, events } = made;
  const document = {
    schema_version: SCHEMA_VERSION,
    page,
    bytes: bytes.length,
    symbol,
    dates,
    unpublished,
    resolutions,
    rows,
    events,
  };
  printOutput(
    {
      document,
      rows: [document],
      page: (terminal) => {
        printFacts(
          [
            { label: 'page', value: page },
            { label: 'days', value: dates.join(' ') },
            ...(unpublished.length === 0
              ? []
              : [{ label: 'unpublished', value: unpublished.join(' ') }]),
            { label: 'rows', value: resolutions.length === 0 ? 'none' : resolutions.join(', ') },
            { label: 'events', value: String(events) },
          ],
          terminal,
        );
        terminal.write('\n');
      },
      closing: (terminal) => {
        const sentence = `${formatCounted(dates.length, 'day')} of ${symbol}, ${formatMegabytes(bytes.length)}; open ${page} in a browser`;
        printClosing(EXIT_GOOD, sentence, terminal, 'written');
      },
    },
    askedFormat(given),
    world,
  );
}
