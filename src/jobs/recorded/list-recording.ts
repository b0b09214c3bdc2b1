/** Lists what a raw root holds: symbols, days and streams, and the chunks of a day where they are few enough. */
import type {
  ListedSymbol,
  RecordedDayEntry,
  Recording,
} from '../../core/recorded/recording-shape.js';
import { streamListing } from '../../core/recorded/stream-listing.js';
import { hasHourFirst, listPrefix, type RawLayout } from '../../core/rule/layout.js';
import type { StreamName } from '../../core/rule/symbol-day.js';
import { SCHEMA_VERSION } from '../../core/shape/shape.js';
import { mapBounded } from '../map-bounded.js';
import type { Store } from '../ports.js';
import { listForms } from './list-forms.js';
import { findRecordedDays, type RecordedDay, type RecordedSearch } from './recorded-days.js';

/** Symbol-days whose chunks are counted; each takes six listings in a bucket. */
export const COUNTED_DAYS_MAX = 2_000;
const DAYS_AT_ONCE = 8;
/** Names that a bucket lists at once. */
const NAMES_OF_LISTING = 1_000;
const DAY_HOURS = 24;

/** Throws FlowbarsErrors of kind `world`, and a usage error for a root with too many folders. */
export async function listRecording(search: RecordedSearch, raw: Store): Promise<Recording> {
  const { days, listings } = await findRecordedDays(search, raw);
  const isCounted = days.length <= COUNTED_DAYS_MAX;
  let names = 0;
  const entries = await mapBounded(days, DAYS_AT_ONCE, async (day) => {
    const entry = isCounted ? await countedDay(day, search.layout, raw) : undefined;
    names += entry?.listings ?? 0;
    return { symbol: day.symbol, entry: entry?.day ?? uncounted(day) };
  });
  const streams = entries.flatMap(({ entry }) => [entry.trades ?? [], entry.depth ?? []].flat());
  const dates = days.map(({ date }) => date).toSorted();
  return {
    schema_version: SCHEMA_VERSION,
    raw: raw.root,
    from: dates.at(0) ?? null,
    to: dates.at(-1) ?? null,
    symbol_days: days.length,
    counted: isCounted,
    chunks: streams.reduce((sum, { chunks }) => sum + chunks, 0),
    bytes: streams.reduce((sum, { bytes }) => sum + bytes, 0),
    listings: listings + names,
    symbols: [...Map.groupBy(entries, ({ symbol }) => symbol)].map(
      ([symbol, own]): ListedSymbol => ({ symbol, days: own.map(({ entry }) => entry) }),
    ),
  };
}

function uncounted({ date, streams }: RecordedDay): RecordedDayEntry {
  return { date, trades: null, depth: null, streams };
}

async function countedDay(
  day: RecordedDay,
  layout: RawLayout,
  raw: Store,
): Promise<{ readonly day: RecordedDayEntry; readonly listings: number }> {
  const found: Partial<Record<StreamName, RecordedDayEntry['trades']>> = {};
  let listings = 0;
  const hours = hasHourFirst(layout.rawLayout)
    ? Array.from({ length: DAY_HOURS }, (_, hour) => hour)
    : [undefined];
  for (const stream of day.streams) {
    const folder = { symbol: day.symbol, stream, date: day.date };
    const listed = await mapBounded(hours, DAYS_AT_ONCE, async (hour) => {
      const objects = await listForms(listPrefix(layout, folder, hour), raw);
      listings += Math.max(1, Math.ceil(objects.length / NAMES_OF_LISTING));
      return objects;
    });
    found[stream] = streamListing(layout, folder, listed.flat());
  }
  const { trades = null, depth = null } = found;
  return { day: { date: day.date, trades, depth, streams: day.streams }, listings };
}
