/**
 * What the quality report beside a bar file says about the recording: outages, chunks, ids, rows. It
 * tells which minutes are covered and why one may differ; nothing is compared here.
 */
import { checkLayout, minuteOf } from '../rule/layout.js';
import type { StreamName } from '../rule/symbol-day.js';
import type { RecordedReport } from '../stored/stored-shapes.js';
import { symbolName } from '../unit/symbol.js';
import { addDays, DAY_MINUTES, utcDate } from '../unit/utc-date.js';

export interface RecordedDay {
  readonly report: RecordedReport;
  /** Minutes from 00:00 (negative: the day before) with a trades chunk among the inputs. */
  readonly tradeChunkMinutes: ReadonlySet<number>;
  /** Minutes with a chunk of either stream. */
  readonly chunkMinutes: ReadonlySet<number>;
  /** The minute from 00:00 of a trades chunk's name; undefined for other names. */
  readonly tradeMinuteOf: (name: string) => number | undefined;
}

/** Throws a FlowbarsError if the report's symbol, day or layout is invalid. */
export function recordedDay(report: RecordedReport, where: string): RecordedDay {
  const { raw_layout: layout } = report.options;
  checkLayout(layout, where);
  const symbol = symbolName(report.symbol, where);
  const date = utcDate(report.date, where);
  const minutesOf = (stream: StreamName) => {
    const today = minuteOf(layout, { symbol, stream, date });
    const before = minuteOf(layout, { symbol, stream, date: addDays(date, -1) });
    const after = minuteOf(layout, { symbol, stream, date: addDays(date, 1) });
    return (name: string): number | undefined =>
      today(name) ?? shifted(before(name), -DAY_MINUTES) ?? shifted(after(name), DAY_MINUTES);
  };
  const tradeMinuteOf = minutesOf('trades');
  const depthMinuteOf = minutesOf('depth');
  const tradeChunkMinutes = new Set<number>();
  const chunkMinutes = new Set<number>();
  for (const { name } of report.inputs) {
    const minute = tradeMinuteOf(name);
    if (minute !== undefined) tradeChunkMinutes.add(minute);
    const either = minute ?? depthMinuteOf(name);
    if (either !== undefined) chunkMinutes.add(either);
  }
  return { report, tradeChunkMinutes, chunkMinutes, tradeMinuteOf };
}

function shifted(minute: number | undefined, by: number): number | undefined {
  return minute === undefined ? undefined : minute + by;
}
