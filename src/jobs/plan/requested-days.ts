/** The days of a run: known ones, or those that what is recorded gives. */
import { boundsOf, type Window } from '../../core/plan/windows.js';
import { recordedText } from '../../core/recorded/recorded-text.js';
import type { RawLayout } from '../../core/rule/layout.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import type { SymbolName } from '../../core/unit/symbol.js';
import type { UtcDate } from '../../core/unit/utc-date.js';
import type { Store } from '../ports.js';
import { findRecordedDays, type RecordedDay } from '../recorded/recorded-days.js';

/** Days that depend on what is recorded. */
export interface DatesAmong {
  /** This day and later ones are not over. */
  readonly before: UtcDate;
  /** The days of the run, by the first and the last day of which something is recorded. */
  readonly pick: (recorded: Window) => readonly UtcDate[];
}

export interface DaysRequest {
  /** In order. */
  readonly dates: readonly UtcDate[] | DatesAmong;
  /** Only symbol-days of which something is recorded. */
  readonly recorded: boolean;
}

export interface RequestedDays {
  readonly dates: readonly UtcDate[];
  /** Undefined: every day of every symbol. */
  readonly recorded: readonly RecordedDay[] | undefined;
}

/** `symbols`: undefined for all. Throws a usage error that says what is recorded if nothing of the request is. */
export async function requestedDays(
  { dates, recorded }: DaysRequest,
  symbols: readonly SymbolName[] | undefined,
  layout: RawLayout,
  raw: Store,
): Promise<RequestedDays> {
  const isKnown = !('pick' in dates);
  if (isKnown && !recorded) return { dates, recorded: undefined };
  const range = isKnown ? boundsOf(dates) : undefined;
  const search = { layout, symbols, from: range?.from, to: range?.to };
  const { days } = await findRecordedDays(search, raw);
  const over = isKnown ? days : days.filter(({ date }) => date < dates.before);
  const inOrder = over.map(({ date }) => date).toSorted();
  const picked = isKnown ? dates : inOrder.length === 0 ? [] : dates.pick(boundsOf(inOrder));
  const [from, to] = [picked.at(0) ?? '', picked.at(-1) ?? ''];
  const ofRun = over.filter(({ date }) => date >= from && date <= to);
  if (ofRun.length > 0 || (picked.length > 0 && !recorded)) {
    return { dates: picked, recorded: recorded ? ofRun : undefined };
  }
  const { days: all } = await findRecordedDays({ ...search, from: undefined, to: undefined }, raw);
  throw new FlowbarsError('usage', {
    where: recorded ? '--recorded' : '--from',
    what: `days in ${raw.root}`,
    found: range === undefined ? 'nothing recorded' : `nothing recorded ${range.from}..${range.to}`,
    expected: `some of what is recorded: ${recordedText(all)}`,
  });
}
