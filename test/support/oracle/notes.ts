/** The oracle's notes on the chunks of a day and its edges: what is normal and worth knowing. */
import type { Stream } from './chunk.js';
import type { OracleOptions } from './oracle-day.js';
import { judge } from './outcomes.js';
import { dayMs, minuteMs, placedRows, readAll, within } from './reading.js';
import type { OracleObject, ReadObject } from './reading.js';

export interface Note {
  code: 'columns_ignored' | 'ids_absent' | 'trades_aggregated' | 'no_final_line_feed';
  /** The first object of which it holds. */
  where: string;
  /** Rows without an id, or chunks. */
  count: number;
  /** Of columns_ignored, in the order of reading. */
  names: string[];
}

/** Notes on trades come first. */
export function notesOf(objects: OracleObject[], options: OracleOptions): Note[] {
  const fromMs = Date.parse(`${options.date}T00:00:00.000Z`);
  const toMs = fromMs + dayMs;
  const edgeMs = (options.edgeMinutes ?? 2) * minuteMs;
  const read = readAll(objects, options.symbol, options.columns);
  const streams: Stream[] = options.streams === 'trades' ? ['trades'] : ['trades', 'depth'];
  return streams.flatMap((stream) => {
    const readable = within(read, stream, fromMs - edgeMs, toMs + edgeMs);
    const ignoring = readable.filter(({ chunk }) => (chunk?.ignored.length ?? 0) > 0);
    const names = new Set(ignoring.flatMap(({ chunk }) => chunk?.ignored ?? []));
    const idless = judge(placedRows(readable), fromMs, toMs).flatMap(({ placed, outcome }) => {
      const isUsable = outcome === 'used' || outcome === 'short';
      const { row, object } = placed;
      return isUsable && row.kind !== 'malformed' && row.id === undefined ? [object] : [];
    });
    return [
      ...noteOf('columns_ignored', ignoring, [...names]),
      ...noteOf('ids_absent', idless),
      ...noteOf(
        'trades_aggregated',
        readable.filter(
          ({ chunk }) =>
            chunk?.isAggregated === true && chunk.rows.some(({ kind }) => kind !== 'malformed'),
        ),
      ),
      ...noteOf(
        'no_final_line_feed',
        readable.filter(({ chunk }) => chunk?.isOpenEnded === true),
      ),
    ];
  });
}

function noteOf(code: Note['code'], objects: ReadObject[], names: string[] = []): Note[] {
  const [first] = objects;
  return first === undefined ? [] : [{ code, where: first.name, count: objects.length, names }];
}
