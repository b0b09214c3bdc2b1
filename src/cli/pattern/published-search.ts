/** Opens the output root and reads which published symbol-days are asked for. */
import { codec } from '../../edge/format/codec.js';
import { csvTables } from '../../edge/format/csv-table.js';
import { openStore } from '../../edge/store-root.js';
import type { PublishedSearch } from '../../jobs/pattern/published-days.js';
import type { Effects } from '../../jobs/ports.js';
import type { World } from '../command/command.js';
import { typedRoot } from '../compute/named-roots.js';
import { readRecentDates } from '../compute/request.js';
import type { Given } from '../option/option.js';
import * as options from '../option/options.js';
import { symbolsOption } from './published-options.js';

export interface OpenedSearch {
  readonly search: PublishedSearch;
  readonly effects: Pick<Effects, 'out' | 'codec' | 'tables'>;
}

export function openSearch(given: Given, { clock }: Pick<World, 'clock'>): OpenedSearch {
  const gcsEndpoint = given.optional(options.gcsEndpointOption);
  const out = typedRoot('--out', openStore(given.value(options.outOption), { gcsEndpoint }));
  const search = { dates: readRecentDates(given, clock), symbols: given.value(symbolsOption) };
  return { search, effects: { out, codec, tables: csvTables } };
}
