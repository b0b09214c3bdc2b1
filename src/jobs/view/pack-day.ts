/** A day's rows packed for the page, and what is told of it beside them: the cells themselves are let go. */
import type { StoredEvent } from '../../core/pattern/read-events.js';
import { packRows } from '../../core/view/packed-rows.js';
import { dayShades } from '../../core/view/shades.js';
import type { DayRows, Mark } from '../../core/view/view-data.js';
import type { PageDay } from '../../core/view/view-page.js';
import type { ViewedDay } from '../../core/view/viewed-day.js';
import { DAY_SECONDS, dayStartMs } from '../../core/unit/utc-date.js';
import type { Codec, PageKit } from '../ports.js';

export interface PackedDay {
  readonly told: PageDay;
  /** Undefined without rows. */
  readonly rows: DayRows | undefined;
  /** Base64 by the id of its element. */
  readonly packed: ReadonlyMap<string, string>;
  readonly columns: readonly string[];
  /** Columns with a value in some row. */
  readonly filled: readonly string[];
  readonly marks: readonly Mark[];
  readonly rowCount: number;
}

export async function packDay(
  { tables, ...day }: ViewedDay,
  { codec, kit }: { readonly codec: Codec; readonly kit: PageKit },
): Promise<PackedDay> {
  const packed = new Map<string, string>();
  const rowsIds: Record<string, string> = {};
  const encode = (text: string): Uint8Array => codec.encode(text);
  // The page shows the coarsest first, and finds it first.
  for (const { resolution, columns } of tables.toReversed()) {
    const id = `rows-${day.date}-${resolution.name}`;
    rowsIds[resolution.name] = id;
    packed.set(id, await kit.pack(packRows(columns, encode)));
  }
  const [finest] = tables;
  const columns = finest?.columns ?? [];
  const reasons = columns.find(({ name }) => name === 'fill_reason')?.cells ?? [];
  const { outages, options } = day.report;
  const shades = dayShades({ date: day.date, outages, expect: options.expect, reasons });
  return {
    told: { ...day, shades },
    rows:
      finest === undefined ? undefined : { date: day.date, startMs: dayStartMs(day.date), rowsIds },
    packed,
    columns: columns.map(({ name }) => name),
    filled: columns.flatMap(({ name, cells }) => (cells.some((cell) => cell !== '') ? [name] : [])),
    marks: (day.events ?? []).map(markOf),
    rowCount: tables.reduce((sum, { resolution }) => sum + DAY_SECONDS / resolution.seconds, 0),
  };
}

function markOf({ pattern, direction, cells }: StoredEvent): Mark {
  const { from, confirmed, price, strength, threshold } = cells;
  const outcomes = [cells.outcome_10s_bps, cells.outcome_60s_bps, cells.outcome_300s_bps] as const;
  return { pattern, direction, from, confirmed, price, strength, threshold, outcomes };
}
