/**
 * What the quality report beside a bar file says of the recording: outages, chunks, ids, rows. Read
 * only to say which minutes are covered and why one may differ; nothing is compared here.
 */
import { checkLayout, minuteOf } from '../rule/layout.js';
import {
  arrayOf,
  type Guard,
  isNumber,
  isText,
  objectOf,
  oneOf,
  parseStored,
} from '../stored/json-shape.js';
import type { StreamName } from '../rule/day-rules.js';
import type {
  MalformedRow,
  Outage,
  OutageKind,
  QualityReport,
  TradeIdGap,
} from '../stored/quality-report.js';
import { isPublishedReport, type PublishedReport } from '../stored/stored-shapes.js';
import { symbolName } from '../unit/symbol.js';
import { addDays, DAY_MINUTES, utcDate } from '../unit/utc-date.js';

type RecordedReport = PublishedReport &
  Pick<QualityReport, 'outages' | 'unproven_seconds' | 'malformed_rows'> & {
    readonly trade_ids: Pick<QualityReport['trade_ids'], 'missing' | 'gaps'>;
  };

export interface RecordedDay {
  readonly report: RecordedReport;
  /** Minutes of the day (negative: of the day before) with a trades chunk among the inputs. */
  readonly tradeChunkMinutes: ReadonlySet<number>;
  /** The same of chunks of either stream. */
  readonly chunkMinutes: ReadonlySet<number>;
  /** The chunk minute of the day that a trades chunk's name stands for. */
  readonly tradeMinuteOf: (name: string) => number | undefined;
}

const isStreamName: Guard<StreamName> = oneOf<StreamName>({ trades: true, depth: true });
const isOutage: Guard<Outage> = objectOf<Outage>({
  kind: oneOf<OutageKind>({ feed_down: true, depth_missing: true, trades_missing: true }),
  from: isText,
  to: isText,
  seconds: isNumber,
});
const isGap: Guard<TradeIdGap> = objectOf<TradeIdGap>({
  after_id: isText,
  missing: isNumber,
  from: isText,
  to: isText,
});
const isMalformedRow: Guard<MalformedRow> = objectOf<MalformedRow>({
  stream: isStreamName,
  object: isText,
  line: isNumber,
  column: isText,
  found: isText,
  expected: isText,
});
const isEvidence = objectOf<Omit<RecordedReport, keyof PublishedReport>>({
  outages: arrayOf(isOutage),
  unproven_seconds: isNumber,
  malformed_rows: arrayOf(isMalformedRow),
  trade_ids: objectOf<RecordedReport['trade_ids']>({ missing: isNumber, gaps: arrayOf(isGap) }),
});
const isRecordedReport: Guard<RecordedReport> = (value): value is RecordedReport =>
  isPublishedReport(value) && isEvidence(value);

/** Reads a stored report. Throws a FlowbarsError when it is none. */
export function readRecordedDay(text: string, where: string): RecordedDay {
  const report = parseStored(text, isRecordedReport, { what: 'quality report', where });
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
