/** Opens the output root and reads which published symbol-days are asked for. */
import type { Window } from '../../core/plan/windows.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import { codec } from '../../edge/format/codec.js';
import { csvTables } from '../../edge/format/csv-table.js';
import type { PublishedSearch } from '../../jobs/pattern/published-days.js';
import { publishedWindow } from '../../jobs/pattern/published-window.js';
import type { Effects, Store } from '../../jobs/ports.js';
import type { World } from '../command/command.js';
import { readRecentChoice } from '../compute/request.js';
import { openOut } from '../execution/deployment.js';
import type { Given } from '../option/option.js';
import { symbolsOption } from './published-options.js';

export interface OpenedSearch {
  readonly search: PublishedSearch;
  readonly effects: Pick<Effects, 'out' | 'codec' | 'tables' | 'clock'>;
}

/** Throws a usage error for `first` or `last` where nothing is published. */
export async function openSearch(given: Given, world: World): Promise<OpenedSearch> {
  const symbols = given.value(symbolsOption);
  const choice = readRecentChoice(given, world.clock);
  const out = await openOut(given, world);
  const dates = 'pick' in choice ? choice.pick(await windowOf(out)) : choice;
  return {
    search: { dates, symbols },
    effects: { out, codec, tables: csvTables, clock: world.clock },
  };
}

/** Throws a usage error where nothing is published. */
export async function windowOf(out: Store): Promise<Window> {
  const window = await publishedWindow(out);
  if (window !== undefined) return window;
  throw new FlowbarsError('usage', {
    where: '--from',
    what: `days in ${out.root}`,
    found: 'no manifest',
    expected: 'a published day (flowbars run publishes days)',
  });
}
