/**
 * Why a minute may differ from its official kline, by the quality report or the kline itself. A hint
 * names a place to look at; it is not a verdict.
 */
import type { Finding } from '../finding/finding.js';
import { dayStartMs, MINUTE_MS, type UtcDate } from '../unit/utc-date.js';
import { figureText, MINUTE_COLUMNS, type MinuteFigures } from './minute-figures.js';
import { differingColumns, isQuote } from './minute-match.js';
import type { RecordedDay } from './recorded-day.js';

export interface DifferingMinute {
  readonly timeMs: number;
  readonly date: UtcDate;
  readonly ours: MinuteFigures;
  readonly official: MinuteFigures;
  readonly recorded: RecordedDay | undefined;
}

/** The first cause that fits, most certain first; undefined if none does. */
export function causeHint(minute: DifferingMinute): string | undefined {
  const { recorded, ours, official } = minute;
  if (official.count === 0n && ours.count !== 0n) {
    return 'the official kline is empty though trades were recorded, a known fault of klines';
  }
  if (differingColumns(minute).every(isQuote)) {
    return 'all else is equal: floats summed in the kline, or columns that hold no quote volumes';
  }
  if (recorded === undefined) return otherHint(minute);
  return (
    chunkHint(minute, recorded) ??
    idHint(minute, recorded) ??
    otherHint(minute) ??
    rowHint(minute, recorded)
  );
}

/** The trades chunk of this minute, `09-31`, if a report shows that it is missing. */
export function missingChunk(
  timeMs: number,
  { date, recorded }: Pick<DifferingMinute, 'date' | 'recorded'>,
): string | undefined {
  const index = (timeMs - dayStartMs(date)) / MINUTE_MS;
  if (recorded === undefined || recorded.report.options.sparse_trades) return undefined;
  return recorded.tradeChunkMinutes.has(index) ? undefined : clockOf(index);
}

/** Rows are in the chunk of their minute or, late, in the next one. */
function chunkHint(minute: DifferingMinute, recorded: RecordedDay): string | undefined {
  const { report, tradeMinutesOf } = recorded;
  const index = (minute.timeMs - dayStartMs(minute.date)) / MINUTE_MS;
  const near = [index, index + 1];
  const isNear = (name: string): boolean =>
    tradeMinutesOf(name).some((covered) => near.includes(covered));
  const missing = missingChunk(minute.timeMs, minute);
  if (missing !== undefined) return `missing chunk: no trades chunk ${missing}`;
  const unreadable = findingsOf(report.findings, 'chunk_unreadable').find(isNear);
  if (unreadable !== undefined) return `missing chunk: ${unreadable} is unreadable`;
  const malformed = report.malformed_rows.find(
    ({ stream, object }) => stream === 'trades' && isNear(object),
  );
  if (malformed !== undefined) {
    return `malformed rows: ${malformed.object} line ${malformed.line} column ${malformed.column}`;
  }
  const overlap = findingsOf(report.findings, 'overlap_unresolved').find((where) =>
    where.split(' and ').some(isNear),
  );
  return overlap === undefined ? undefined : `overlapping chunks without ids: ${overlap}`;
}

function idHint({ timeMs }: DifferingMinute, { report }: RecordedDay): string | undefined {
  const gap = report.trade_ids.gaps.find(({ from, to }) => {
    const [fromMs, toMs] = [Date.parse(from), Date.parse(to)];
    return Math.min(fromMs, toMs) < timeMs + MINUTE_MS && Math.max(fromMs, toMs) >= timeMs;
  });
  return gap === undefined ? undefined : `${gap.missing} trade ids missing after ${gap.after_id}`;
}

/** Lost or surplus trades leave a price or two as they are. */
function otherHint(minute: DifferingMinute): string | undefined {
  const differing = differingColumns(minute);
  const isAll = MINUTE_COLUMNS.every((column) => isQuote(column) || differing.includes(column));
  if (!isAll || minute.ours.count === 0n) return undefined;
  return 'every column differs: klines of another instrument, market or day?';
}

/** Counts of the whole day that could explain it; the report does not say where their rows are. */
function rowHint({ ours, official }: DifferingMinute, recorded: RecordedDay): string | undefined {
  const { rows, unproven_seconds: unprovenSeconds } = recorded.report;
  const { malformed, excluded, duplicate } = rows.trades;
  const lacking = Number(figureText((official.count ?? 0n) - (ours.count ?? 0n)));
  if (lacking <= 0) return undefined;
  const listed = recorded.report.malformed_rows.filter(({ stream }) => stream === 'trades').length;
  if (malformed - listed >= lacking) {
    return `malformed rows: ${malformed} of the day, ${listed} of them with their place`;
  }
  if (excluded >= lacking) return `excluded rows: ${excluded} of the day`;
  if (duplicate >= lacking) return `duplicate rows: ${duplicate} of the day`;
  if (unprovenSeconds > 0) return `${unprovenSeconds} s of the day without a trade are unproven`;
  return undefined;
}

function findingsOf(findings: readonly Finding[], code: Finding['code']): string[] {
  return findings.filter((finding) => finding.code === code).map(({ where }) => where);
}

/** `09-31`, as in chunk names. */
function clockOf(minute: number): string {
  const clock = [Math.floor(minute / 60), minute % 60];
  return clock.map((part) => String(part).padStart(2, '0')).join('-');
}
