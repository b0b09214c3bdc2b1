/**
 * What the quality report beside a bar file says about the recording: outages, chunks, ids, rows. It
 * tells which minutes are covered and why one may differ; nothing is compared here.
 */
import { checkLayout, chunkSpanMinutes, minuteOf } from '../rule/layout.js';
import type { StreamName } from '../rule/symbol-day.js';
import type { RecordedReport } from '../stored/stored-shapes.js';
import { symbolName } from '../unit/symbol.js';
import { addDays, DAY_MINUTES, utcDate } from '../unit/utc-date.js';

export interface RecordedDay {
  readonly report: RecordedReport;
  /** Minutes from 00:00 (negative: the day before) that a trades chunk among the inputs covers. */
  readonly tradeChunkMinutes: ReadonlySet<number>;
  /** Minutes that a chunk of either stream covers. */
  readonly chunkMinutes: ReadonlySet<number>;
  /** The minutes from 00:00 that a trades chunk of this name covers; none for other names. */
  readonly tradeMinutesOf: (name: string) => readonly number[];
}

/** Throws a FlowbarsError if the report's symbol, day or layout is invalid. */
export function recordedDay(report: RecordedReport, where: string): RecordedDay {
  const { raw_layout: rawLayout, stream_names: streamNames } = report.options;
  checkLayout(rawLayout, where);
  const layout = { rawLayout, streamNames };
  const span = chunkSpanMinutes(rawLayout);
  const symbol = symbolName(report.symbol, where);
  const date = utcDate(report.date, where);
  const minutesOf = (stream: StreamName) => {
    const today = minuteOf(layout, { symbol, stream, date });
    const before = minuteOf(layout, { symbol, stream, date: addDays(date, -1) });
    const after = minuteOf(layout, { symbol, stream, date: addDays(date, 1) });
    return (name: string): number[] => {
      const first =
        today(name) ?? shifted(before(name), -DAY_MINUTES) ?? shifted(after(name), DAY_MINUTES);
      return first === undefined ? [] : Array.from({ length: span }, (_, index) => first + index);
    };
  };
  const tradeMinutesOf = minutesOf('trades');
  const depthMinutesOf = minutesOf('depth');
  const tradeChunkMinutes = new Set<number>();
  const chunkMinutes = new Set<number>();
  for (const { name } of report.inputs) {
    for (const minute of tradeMinutesOf(name)) tradeChunkMinutes.add(minute);
    for (const minute of [...tradeMinutesOf(name), ...depthMinutesOf(name)])
      chunkMinutes.add(minute);
  }
  return { report, tradeChunkMinutes, chunkMinutes, tradeMinutesOf };
}

function shifted(minute: number | undefined, by: number): number | undefined {
  return minute === undefined ? undefined : minute + by;
}
