/** Reads one file of each published symbol-day, and names the days without it. */
import type { SymbolDay } from '../../core/rule/symbol-day.js';
import type { LeftOutDay, UnreadableManifest } from '../../core/score/pattern-documents.js';
import type { PublishedReport } from '../../core/stored/stored-shapes.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import { mapBounded } from '../map-bounded.js';
import type { Effects } from '../ports.js';
import { listedFile, readListed, readReport } from './listed-file.js';
import { type PublishedDay, publishedDays, type PublishedSearch } from './published-days.js';

const DAYS_AT_ONCE = 8;

/** A file whose bytes are the listed ones. */
export interface ReadFile {
  readonly day: SymbolDay;
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly report: PublishedReport;
}

export interface ReadDays<Value> {
  /** By date, then by symbol. */
  readonly values: readonly Value[];
  readonly leftOut: readonly LeftOutDay[];
  readonly unreadable: readonly UnreadableManifest[];
}

/** Throws what publishedDays and the store throw. An error of kind `data` that `read` throws leaves the day out. */
export async function readListedFiles<Value>(
  search: PublishedSearch,
  kind: 'patterns' | 'scoreboard',
  read: (file: ReadFile) => Value,
  effects: Pick<Effects, 'out' | 'codec'>,
): Promise<ReadDays<Value>> {
  const { days, unreadable } = await publishedDays(search, effects);
  const values: { readonly at: number; readonly value: Value }[] = [];
  const leftOut = await mapBounded([...days.entries()], DAYS_AT_ONCE, async ([at, day]) => {
    const found = await readDay(day, kind, read, effects);
    if ('reason' in found) return [found];
    values.push({ at, value: found.value });
    return [];
  });
  const inOrder = values.toSorted((one, other) => one.at - other.at);
  return { values: inOrder.map(({ value }) => value), leftOut: leftOut.flat(), unreadable };
}

async function readDay<Value>(
  published: PublishedDay,
  kind: 'patterns' | 'scoreboard',
  read: (file: ReadFile) => Value,
  effects: Pick<Effects, 'out' | 'codec'>,
): Promise<{ readonly value: Value } | LeftOutDay> {
  const { symbol, date } = published;
  const day = { symbol, date };
  try {
    const report = await readReport(published, effects);
    const isEmpty = report.status === 'empty';
    if (isEmpty) return { ...day, reason: 'empty', detail: 'nothing was recorded' };
    const file = listedFile(report, kind);
    if (file === undefined) {
      return { ...day, reason: 'not_listed', detail: 'published without patterns' };
    }
    const bytes = await readListed(file, effects);
    return { value: read({ day, name: file.name, bytes, report }) };
  } catch (error) {
    if (!(error instanceof FlowbarsError) || error.kind !== 'data') throw error;
    return { ...day, reason: 'damaged', detail: error.message };
  }
}

/** A day without patterns is a choice; one that cannot be read is a fault. */
export function areGood<Value>({ values, leftOut, unreadable }: ReadDays<Value>): boolean {
  const isWhole = unreadable.length === 0 && leftOut.every(({ reason }) => reason !== 'damaged');
  return isWhole && values.length > 0;
}
