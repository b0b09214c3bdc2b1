/**
 * Compares a day with the published days before and after, in the run or not: each seed has to be the
 * last price of the day before. Skips a neighbour that cannot be read.
 */
import { seedFinding } from '../../core/across/bar-file-seed.js';
import { BARS } from '../../core/column/bar-table.js';
import { isBarText } from '../../core/stored/artifacts.js';
import { qualityName } from '../../core/stored/output-names.js';
import type { Finding } from '../../core/finding/finding.js';
import type { SymbolDay } from '../../core/rule/symbol-day.js';
import type { Artifact } from '../../core/stored/quality-report.js';
import type { PublishedReport } from '../../core/stored/stored-shapes.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import { addDays } from '../../core/unit/utc-date.js';
import { readPublishedReport } from '../stored/read-report.js';
import type { Effects } from '../ports.js';

const LINE_FEED = 0x0a;

/** The day's own prices for the comparison. */
export interface DayPrices {
  readonly seedPrice: string | undefined;
  readonly lastPrice: string | undefined;
}

export type NeighbourEffects = Pick<Effects, 'out' | 'codec' | 'tables' | 'log'>;

/** Returns up to two warnings: this day is stale, the next day is stale. */
export async function compareNeighbours(
  { symbol, date }: SymbolDay,
  { seedPrice, lastPrice }: DayPrices,
  effects: NeighbourEffects,
): Promise<Finding[]> {
  const before: SymbolDay = { symbol, date: addDays(date, -1) };
  const after: SymbolDay = { symbol, date: addDays(date, 1) };
  const lastBefore = seedPrice === undefined ? undefined : await publishedLast(before, effects);
  const reportAfter = lastPrice === undefined ? undefined : await publishedReport(after, effects);
  const findings = [
    seedFinding({
      earlier: `${symbol} ${before.date}`,
      later: qualityName({ symbol, date }),
      lastPrice: lastBefore,
      seedPrice,
    }),
    seedFinding({
      earlier: `${symbol} ${date}`,
      later: qualityName(after),
      lastPrice,
      seedPrice: reportAfter?.seed?.price,
    }),
  ];
  return findings.filter((finding) => finding !== undefined);
}

/** The same for a day whose files were verified before: reads only the last line of its smallest bar file. */
export async function comparePublished(
  symbolDay: SymbolDay,
  effects: NeighbourEffects,
): Promise<Finding[]> {
  const report = await publishedReport(symbolDay, effects);
  const lastPrice = await reportedLast(report, effects);
  return await compareNeighbours(symbolDay, { seedPrice: report?.seed?.price, lastPrice }, effects);
}

/** The last price of a published day. */
async function publishedLast(
  symbolDay: SymbolDay,
  effects: NeighbourEffects,
): Promise<string | undefined> {
  return await reportedLast(await publishedReport(symbolDay, effects), effects);
}

/** The last close in the smallest file of bars as text. */
async function reportedLast(
  report: PublishedReport | undefined,
  effects: NeighbourEffects,
): Promise<string | undefined> {
  const bars = (report?.artifacts ?? []).filter(isBarText);
  const smallest = bars.toSorted((a, b) => a.bytes - b.bytes)[0];
  return smallest === undefined ? undefined : await lastClose(smallest, effects);
}

async function publishedReport(
  symbolDay: SymbolDay,
  effects: NeighbourEffects,
): Promise<PublishedReport | undefined> {
  const stored = await readPublishedReport(symbolDay, effects);
  if (stored.state === 'unreadable') logUnreadable(stored.error, effects);
  return stored.report;
}

/** Parses only the last line: a bar file has no quotes, so a line feed always ends a row. */
async function lastClose(
  { name }: Artifact,
  effects: NeighbourEffects,
): Promise<string | undefined> {
  const content = await effects.out.read(name);
  if (content === undefined) return undefined;
  const { bytes } = content;
  const start = bytes.lastIndexOf(LINE_FEED, bytes.length - 2) + 1;
  try {
    const row = effects.tables.read(bytes.subarray(start), name).at(-1) ?? [];
    const close = row[BARS.at('close')] ?? '';
    return row.length === BARS.header.length && close !== '' ? close : undefined;
  } catch (error) {
    logUnreadable(error, effects);
    return undefined;
  }
}

function logUnreadable(error: unknown, { log }: NeighbourEffects): void {
  if (!(error instanceof FlowbarsError) || error.kind !== 'data') throw error;
  log.event('WARNING', 'neighbour_unreadable', { ...error.parts });
}
