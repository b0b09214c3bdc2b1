/** What typed rows add up to is what the exact file of the same rows adds up to. */
import { expect, test } from 'vitest';
import type { TABLES } from '../../../src/core/column/kind-tables.js';
import { FIGURE_COLUMNS, typedFigures } from '../../../src/core/inspect/typed-figures.js';
import { inspectBars } from '../../../src/core/inspect/inspect-bars.js';
import { barFileShape } from '../../../src/core/inspect/grid-file-shape.js';
import { inspectPatterns } from '../../../src/core/inspect/inspect-patterns.js';
import { inspectSignals } from '../../../src/core/inspect/inspect-signals.js';
import type { TypedFigures } from '../../../src/core/inspect/inspection.js';
import { codec } from '../../../src/edge/format/codec.js';
import { csvTables } from '../../../src/edge/format/csv-table.js';
import { typedFile } from '../../../src/jobs/typed/typed-file.js';
import { randomWalk } from '../pattern/made-day.js';
import { TYPED_DAY } from '../../support/typed/small-files.js';

const TEXTS = randomWalk({ seed: 'figures' });

async function figures(kind: keyof typeof TABLES, text: string): Promise<TypedFigures> {
  const resolution = kind === 'patterns' ? null : '1s';
  const exact = { kind, resolution, format: 'csv', name: 'x', bytes: codec.encode(text) } as const;
  const read = await csvTables.typed.read(typedFile(exact, TYPED_DAY, csvTables), 'x');
  const known = read.fields.map(({ name }) => name).filter((name) => FIGURE_COLUMNS.includes(name));
  const columns = known.map(async (name) => [name, await read.column(name)] as const);
  return typedFigures(new Map(await Promise.all(columns)));
}

const tableOf = (text: string): string[][] => csvTables.read(codec.encode(text), 'x');

test('typed bars have the range, trades, volume and prices of the exact ones', async () => {
  const table = tableOf(TEXTS.bars);
  const exact = inspectBars(table, barFileShape(table, 'x'), { name: 'x', seedPrice: undefined });
  const { first, last, bars, signals, events } = await figures('bars', TEXTS.bars);
  expect(exact.bars_with_trades).toBeGreaterThan(0);
  expect([first, last, signals, events]).toEqual([exact.first, exact.last, null, null]);
  expect(bars).toMatchObject({
    bars_with_trades: exact.bars_with_trades,
    trades: exact.trades,
    price: { low: Number(exact.price?.low), high: Number(exact.price?.high) },
  });
  expect(bars?.volume).toBeCloseTo(Number(exact.volume), 4);
});

test('typed signals have the reasons of the exact ones', async () => {
  const exact = inspectSignals(tableOf(TEXTS.signals), 'x');
  const { bars, signals } = await figures('signals', TEXTS.signals);
  expect(bars).toBeNull();
  expect(signals).toEqual({
    fill_reasons: exact.fill_reasons,
    trades_missing_ms: exact.trades_missing_ms,
    depth_missing_ms: exact.depth_missing_ms,
  });
});

test('typed events are counted as the exact ones', async () => {
  const events = [
    'confirmed,pattern,direction,from,price,strength,threshold,outcome_10s_bps,outcome_60s_bps,outcome_300s_bps',
    '2025-12-11T00:10:00Z,whale,up,2025-12-11T00:09:00Z,100,1,1,,,',
    '2025-12-11T00:20:00Z,whale,down,2025-12-11T00:19:00Z,100,1,1,,,',
    '2025-12-12T00:00:00Z,exhaustion,up,2025-12-11T23:59:00Z,100,1,1,,,',
    '',
  ].join('\n');
  const exact = inspectPatterns(tableOf(events), 'x');
  const told = await figures('patterns', events);
  expect([told.first, told.last, told.events]).toEqual([exact.first, exact.last, exact.events]);
  expect(told.events?.filter(({ up }) => up > 0)).toHaveLength(2);
});

test('rows without a figure have none', () => {
  const told = typedFigures(new Map<string, ArrayLike<unknown>>([['timestamp', []]]));
  expect(told).toEqual({ first: null, last: null, bars: null, signals: null, events: null });
});
