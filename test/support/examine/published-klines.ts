/** A published day of a few trades, its signals, and klines that agree with both until a test changes one. */
import type { MinuteColumn } from '../../../src/core/klines/minute-figures.js';
import type { QualityReport } from '../../../src/core/stored/quality-report.js';
import { resolutionOf } from '../../../src/core/unit/resolution.js';
import { utcDate } from '../../../src/core/unit/utc-date.js';
import { barTable, tableText, type TestTrade } from '../day/bar-table.js';
import { changed, type KlineCells, klinesOf, klineText } from '../day/klines.js';
import { publish, PUBLISHED_DAY } from '../day/published-day.js';
import { openMemoryStore } from '../memory-store.js';
import { freshWorkdir, type RunResult, type Workdir } from '../workdir.js';
import { quoteSignals } from './quote-signals.js';

export const DATE = '2025-12-11';
export const BARS = `BTCUSDT/${DATE}_1m.csv`;
export const SIGNALS = `BTCUSDT/${DATE}_1m_signals.csv`;
/** 00:01, 00:01, 00:03 and 00:05. */
const TRADES: readonly TestTrade[] = [
  { second: 60, cents: 10_010, thousandths: 250, isBuy: true },
  { second: 61, cents: 10_050, thousandths: 125, isBuy: false },
  { second: 180, cents: 9_900, thousandths: 1_000, isBuy: false },
  { second: 300, cents: 10_123, thousandths: 1, isBuy: true },
];

const DAY = { date: utcDate(DATE, ''), trades: TRADES, seedPrice: '100' };

export function klines(): KlineCells[] {
  const minute = resolutionOf(60);
  return klinesOf(barTable(DAY, minute), quoteSignals(DAY, minute));
}

/** A published day beside its report, with known minutes without trades. */
export function published(
  resolutions = '1s,1m',
  dataset: QualityReport['dataset'] = null,
): Workdir {
  const store = openMemoryStore();
  publish(store, {
    ...PUBLISHED_DAY,
    trades: TRADES,
    resolutions,
    signals: (resolution) => tableText(quoteSignals(DAY, resolution)),
    report: { outages: [], findings: [], malformed_rows: [], dataset },
  });
  const workdir = freshWorkdir();
  for (const name of store.names()) workdir.write(name, store.text(name));
  workdir.write('klines.csv', klineText(klines()));
  return workdir;
}

export async function check(workdir: Workdir, ...args: string[]): Promise<RunResult> {
  return await workdir.run(['check', '--bars', BARS, '--klines', 'klines.csv', ...args]);
}

export function withKline(
  workdir: Workdir,
  minute: number,
  text: string,
  column: MinuteColumn = 'close',
): void {
  const list = klines();
  const kline = list[minute];
  if (kline === undefined) throw new Error('no such minute');
  workdir.write('klines.csv', klineText(list.with(minute, changed(kline, column, text))));
}
