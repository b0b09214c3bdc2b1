/** What a report is made from: the published files of a symbol-day, and the evaluation of models. */
import type { StoredEvent } from '../../pattern/read-events.js';
import type { SymbolDay } from '../../rule/symbol-day.js';
import type { Scoreboard } from '../../score/scoreboard-shape.js';
import type { PublishedEntry } from '../../stored/manifest.js';
import type { QualityReport } from '../../stored/quality-report.js';
import { DAY_MINUTES, dayStartMs, isoStamp, MINUTE_MS } from '../../unit/utc-date.js';
import { type AmountE18, amountE18 } from './amount.js';
import type { Evaluation } from './evaluation.js';
import type { Tracer } from './trace.js';

export type AnalysedReport = Pick<
  QualityReport,
  'outages' | 'outage_seconds' | 'unproven_seconds' | 'expected_seconds'
> & { readonly options: Pick<QualityReport['options'], 'large_order'> };

export interface AnalysedDay extends SymbolDay {
  readonly entry: PublishedEntry;
  readonly report: AnalysedReport;
  /** Columns of the 1m bars and the 1m signals; none where no such bars are published. */
  readonly columns: readonly { readonly name: string; readonly cells: readonly string[] }[];
  /** Undefined where no patterns are published. */
  readonly events: readonly StoredEvent[] | undefined;
  readonly scoreboard: Scoreboard | undefined;
  readonly evaluation: Evaluation | undefined;
}

/** A day with the means to trace what is said of it. */
export interface TracedDay extends AnalysedDay {
  readonly tracer: Tracer;
}

/** Cells of a column as exact numbers, undefined where empty; undefined without the column. */
export function amountsOf(
  { columns, symbol, date }: AnalysedDay,
  name: string,
): readonly (AmountE18 | undefined)[] | undefined {
  const cells = columns.find((column) => column.name === name)?.cells;
  const where = `1m rows of ${symbol} ${date} column ${name}`;
  return cells?.length === DAY_MINUTES ? cells.map((cell) => amountE18(cell, where)) : undefined;
}

/** Sum of the cells that are not empty; undefined without the column or without such a cell. */
export function sumOf(day: AnalysedDay, name: string): AmountE18 | undefined {
  const known = amountsOf(day, name)?.filter((amount) => amount !== undefined) ?? [];
  return known.length === 0 ? undefined : known.reduce((sum, amount) => sum + amount, 0n);
}

export interface ExtremeMinute {
  readonly minute: number;
  readonly amount: AmountE18;
}

/** The first minute with the largest amount. */
export function largestOf(amounts: readonly (AmountE18 | undefined)[]): ExtremeMinute | undefined {
  let found: ExtremeMinute | undefined;
  for (const [minute, amount] of amounts.entries()) {
    if (amount === undefined || (found !== undefined && amount <= found.amount)) continue;
    found = { minute, amount };
  }
  return found;
}

/** `2025-12-11T00:41:00Z`. */
export function minuteStamp({ date }: SymbolDay, minute: number): string {
  return isoStamp(dayStartMs(date) + minute * MINUTE_MS);
}

/** `00:41`. */
export function minuteText(minute: number): string {
  const [hours, minutes] = [Math.floor(minute / 60), minute % 60];
  return [hours, minutes].map((part) => String(part).padStart(2, '0')).join(':');
}
