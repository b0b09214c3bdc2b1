/** Hand-made and random cells as signals files, against the plain way. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { BarGrid } from '../../../src/core/bar/bar-grid.js';
import { FILL_REASONS, SIGNALS } from '../../../src/core/column/signal-table.js';
import type { CellWriter } from '../../../src/core/encode/file-bytes.js';
import { type SignalCells, signalFile } from '../../../src/core/encode/signal-file.js';
import { FlowGrid } from '../../../src/core/flow/flow-grid.js';
import { GapGrid } from '../../../src/core/gap/gap-grid.js';
import { codec } from '../../../src/edge/format/codec.js';
import { csvTables } from '../../../src/edge/format/csv-table.js';
import { gridsOf, someGrids, someMantissa } from '../grid/made-grids.js';
import { cellsOfBook, plainSignalRows } from './plain-signal-rows.js';

const signed = fc.tuple(someMantissa, fc.boolean()).map(([size, minus]) => (minus ? -size : size));
const someFlow = fc.record({
  buyTurnover: someMantissa,
  deltaMin: signed,
  deltaMax: signed,
  orders: fc.nat(),
  orderMax: someMantissa,
  largeBuy: someMantissa,
  largeSell: fc.oneof(fc.constant(0n), someMantissa),
  reason: fc.integer({ min: 1, max: FILL_REASONS.length - 1 }),
  tradesMissingMs: fc.nat({ max: 1_000 }),
  depthMissingMs: fc.nat({ max: 1_000 }),
});

/** Cells of the book: a number in every other row. */
const writeRow: CellWriter = (row, out) => {
  if (row % 2 === 1) out.safe(row, 0);
};
const plainRow = (row: number): string | undefined => (row % 2 === 1 ? String(row) : undefined);

function emptyCells(bars: BarGrid): Omit<SignalCells, 'book'> {
  const { startMs, barMs, length } = bars;
  return {
    bars,
    flow: new FlowGrid(startMs, barMs, length),
    gaps: new GapGrid(startMs, barMs, length),
  };
}

test('any cells have the bytes that a CSV library makes of their rows in big integers', () => {
  const someFlows = fc.array(someFlow, { minLength: 12, maxLength: 12 });
  fc.assert(
    fc.property(someGrids, someFlows, fc.boolean(), (made, flows, hasBook) => {
      const cells = emptyCells(gridsOf(made).bars);
      const { bars, flow, gaps } = cells;
      flow.raisePrice(made.priceDecimals);
      flow.raiseQuantity(made.quantityDecimals);
      for (const [bar, of] of flows.slice(0, bars.length).entries()) {
        flow.buyTurnover.set(bar, of.buyTurnover);
        flow.deltaMin.set(bar, of.deltaMin);
        flow.deltaMax.set(bar, of.deltaMax);
        flow.takerOrders[bar] = of.orders;
        flow.takerOrderMax.set(bar, of.orderMax);
        flow.largeBuy.set(bar, of.largeBuy);
        flow.largeSell.set(bar, of.largeSell);
        gaps.reason[bar] = of.reason;
        gaps.tradesMissingMs[bar] = of.tradesMissingMs;
        gaps.depthMissingMs[bar] = of.depthMissingMs;
      }
      const found = signalFile({ ...cells, book: hasBook ? cellsOfBook(writeRow) : undefined });
      const rows = plainSignalRows(cells, hasBook ? cellsOfBook(plainRow) : undefined);
      expect(codec.decode(found)).toBe(codec.decode(csvTables.write(SIGNALS.header, rows)));
    }),
    { numRuns: 300 },
  );
});

test('a day without a recorded book has empty cells of the book, and cvd carries on', () => {
  const bars = new BarGrid(Date.UTC(2025, 11, 11), 60_000, 4);
  bars.raisePrice(2);
  bars.raiseQuantity(3);
  const key = { timeMs: bars.startMs, sequence: 0, id: Number.NaN };
  bars.addTrade(0, { ...key, price: 10_050n, quantity: 1_500n, buys: true });
  const laterMs = bars.startMs + 120_000;
  bars.addTrade(2, { ...key, timeMs: laterMs, price: 10_000n, quantity: 2_000n, buys: false });
  const cells = emptyCells(bars);
  const lines = codec.decode(signalFile({ ...cells, book: undefined })).split('\n');
  const noBook = ','.repeat(23);
  expect(lines).toEqual([
    SIGNALS.header.join(','),
    `2025-12-11T00:00:00Z,traded,0,,150.75,0,1.5,0,0,0,0,0,0${noBook}`,
    `2025-12-11T00:01:00Z,quiet,0,,0,0,1.5,0,0,0,0,0,0${noBook}`,
    `2025-12-11T00:02:00Z,traded,0,,200,0,-0.5,0,0,0,0,0,0${noBook}`,
    `2025-12-11T00:03:00Z,quiet,0,,0,0,-0.5,0,0,0,0,0,0${noBook}`,
    '',
  ]);
});
