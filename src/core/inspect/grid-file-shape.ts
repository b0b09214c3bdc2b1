/**
 * Reads from a file of bars or signals its day and its resolution, and from bars the price that their first
 * row carries. The checks of the file do the rest.
 */
import { BARS } from '../column/bar-table.js';
import type { FileTable } from '../column/file-table.js';
import { FlowbarsError } from '../unit/errors.js';
import { type Resolution, resolutionOf } from '../unit/resolution.js';
import { DAY_SECONDS, SECOND_MS, type UtcDate, isoStamp, parseUtcDate } from '../unit/utc-date.js';

const CLOSE_AT = BARS.at('close');
const COUNT_AT = BARS.at('trade_count');

export interface GridFileShape {
  readonly date: UtcDate;
  readonly resolution: Resolution;
}

export interface BarFileShape extends GridFileShape {
  /** The price that the first row carries from before 00:00; null if it has trades or no price is known. */
  readonly carriedPrice: string | null;
}

type Records = readonly (readonly string[])[];

/** `table`: every record, the header first. Throws a FlowbarsError of kind `data`. */
export function barFileShape(table: Records, where: string): BarFileShape {
  const shape = gridFileShape(BARS, table, where);
  const first = table[1] ?? [];
  const close = first[CLOSE_AT] ?? '';
  const isCarried = first[COUNT_AT] === '0' && close !== '';
  return { ...shape, carriedPrice: isCarried ? close : null };
}

/** The same for any kind of file whose first column is the start of a step of the day. */
export function gridFileShape(columns: FileTable, table: Records, where: string): GridFileShape {
  const header = table[0] ?? [];
  if (header[0] !== columns.header[0]) {
    throw faulty(where, 'header', header.join(','), `'${columns.header.join(',')}'`);
  }
  const stamp = table[1]?.[0] ?? '';
  const date = parseUtcDate(stamp.slice(0, 10));
  if (date === undefined || stamp.slice(10) !== 'T00:00:00Z') {
    const expected = 'a stamp at 00:00, such as 2025-12-11T00:00:00Z';
    throw faulty(`${where} line 2`, 'column timestamp', stamp, expected);
  }
  return { date, resolution: resolutionBetween(stamp, table[2]?.[0], where) };
}

/** A file of one row has one row for the whole day. */
function resolutionBetween(first: string, second: string | undefined, where: string): Resolution {
  if (second === undefined) return resolutionOf(DAY_SECONDS);
  const secondMs = Date.parse(second);
  const seconds = (secondMs - Date.parse(first)) / SECOND_MS;
  const isStamp = Number.isFinite(secondMs) && isoStamp(secondMs) === second;
  if (!isStamp || !(seconds > 0) || DAY_SECONDS % seconds !== 0) {
    const expected = `a step from '${first}' that divides a day`;
    throw faulty(`${where} line 3`, 'column timestamp', second, expected);
  }
  return resolutionOf(seconds);
}

function faulty(where: string, what: string, text: string, expected: string): FlowbarsError {
  const found = text === '' ? 'nothing' : `'${text.slice(0, 80)}'`;
  return new FlowbarsError('data', { where, what, found, expected });
}
