/** Opens the output root and reads which published symbol-days are asked for. */
import { codec } from '../../edge/format/codec.js';
import { csvTables } from '../../edge/format/csv-table.js';
import type { PublishedSearch } from '../../jobs/pattern/published-days.js';
import type { Effects } from '../../jobs/ports.js';
import type { World } from '../command/command.js';
import { readRecentDates } from '../compute/request.js';
import { openOut } from '../execution/deployment.js';
import type { Given } from '../option/option.js';
import { symbolsOption } from './published-options.js';

export interface OpenedSearch {
  readonly search: PublishedSearch;
  readonly effects: Pick<Effects, 'out' | 'codec' | 'tables'>;
}

export async function openSearch(given: Given, world: World): Promise<OpenedSearch> {
  const search = {
    dates: readRecentDates(given, world.clock),
    symbols: given.value(symbolsOption),
  };
  return { search, effects: { out: await openOut(given, world), codec, tables: csvTables } };
}
