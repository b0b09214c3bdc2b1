/**
 * Writes and checks the 1s bars of a whole day two ways: bytes straight from the grid with the check before
 * writing, and csv-stringify with csv-parse and checks in big integers. Checks 1s signals of as many trades likewise.
 */
import { BarGrid } from '../src/core/bar/bar-grid.js';
import { BookGrid } from '../src/core/book/book-grid.js';
import {
  areSurelyBars,
  type BarFileExpectation,
  checkBars,
} from '../src/core/check/bar-file-checks.js';
import {
  areSurelySignals,
  checkSignals,
  type SignalFileExpectation,
} from '../src/core/check/signal-file-checks.js';
import { BARS } from '../src/core/column/bar-table.js';
import { type BarCells, barFile } from '../src/core/encode/bar-file.js';
import { rolledUp } from '../src/core/grid/grid.js';
import { Random } from '../src/core/unit/random.js';
import { parseResolution } from '../src/core/unit/resolution.js';
import {
  DAY_SECONDS,
  dayStartMs,
  MINUTE_MS,
  SECOND_MS,
  utcDate,
} from '../src/core/unit/utc-date.js';
import { codec } from '../src/edge/format/codec.js';
import { csvTables } from '../src/edge/format/csv-table.js';
import { plainBarRows } from '../test/core/encode/plain-bar-rows.js';
import { tableText } from '../test/support/day/bar-table.js';
import { signalTable } from '../test/support/made-day/signal-table.js';
import { medianSeconds } from './measure.js';

const ROUNDS = 5;
const date = utcDate('2025-12-20', 'bench');
const expected: BarFileExpectation = {
  name: 'bench',
  date,
  resolution: parseResolution('1s', 'bench'),
  seedPrice: null,
};

const ofSignals: SignalFileExpectation = { ...expected, hasBook: true };

const cells = dayOfBars();
const own = barFile(cells, undefined);
const byLibrary = csvTables.write(BARS.header, plainBarRows(cells, undefined));
if (Buffer.compare(own, byLibrary) !== 0) throw new Error('the two ways write different bytes');
if (!areSurelyBars(own, expected) || !checkSlowly(own)) throw new Error('the bars break a check');

console.log(
  `encode: ${cells.bars.length} bars of 1s, ${(own.length / 1e6).toFixed(1)} MB, one core`,
);
print('bytes straight from the grid', () => barFile(cells, undefined));
print('texts in big integers, csv-stringify', () =>
  csvTables.write(BARS.header, plainBarRows(cells, undefined)),
);
print('check before writing', () => areSurelyBars(own, expected));
print('csv-parse, checks in big integers', () => checkSlowly(own));
print('csv-parse alone', () => [...csvTables.records(own, 'bench')].length);
const signals = dayOfSignals();
print('signals: check before writing', () => areSurelySignals(signals, ofSignals));
print('signals: csv-parse, checks in big integers', () =>
  checkSignals(csvTables.records(signals, 'bench'), ofSignals),
);
print('roll-up to 1m', () => [rolledUp(cells.bars, MINUTE_MS), rolledUp(cells.book, MINUTE_MS)]);

function print(what: string, work: () => unknown): void {
  const seconds = medianSeconds(() => {
    work();
  }, ROUNDS);
  console.log(`  ${what.padEnd(44)} ${(seconds * 1_000).toFixed(1).padStart(7)} ms`);
}

function checkSlowly(bytes: Uint8Array): boolean {
  return checkBars(csvTables.records(bytes, 'bench'), expected).checks.every(({ ok }) => ok);
}

/** Its snapshots are few, its trades as many as those of the bars. */
function dayOfSignals(): Uint8Array {
  const random = new Random('bench signals');
  const trades = Array.from({ length: 5 * DAY_SECONDS }, (_, index) => ({
    second: Math.floor(index / 5),
    cents: 8_800_000 + random.below(2_000),
    thousandths: random.between(1, 5_000),
    isBuy: random.below(2) === 0,
  }));
  const table = signalTable({ date, trades, seedPrice: null }, expected.resolution);
  const bytes = codec.encode(tableText(table));
  if (!areSurelySignals(bytes, ofSignals)) throw new Error('the signals break a check');
  return bytes;
}

/** A made-up day at the scales of BTCUSDT; every fifth second is flat. */
function dayOfBars(): BarCells {
  const random = new Random('bench encode');
  const startMs = dayStartMs(date);
  const bars = new BarGrid(startMs, SECOND_MS, DAY_SECONDS);
  const book = new BookGrid(startMs, SECOND_MS, DAY_SECONDS);
  bars.raisePrice(1);
  bars.raiseQuantity(3);
  book.raisePrice(1);
  let tenths = 880_000;
  for (let second = 0; second < DAY_SECONDS; second++) {
    book.spread.add(second, 10 + random.below(3));
    book.spreadCount[second] = 10;
    book.imbalance.add(second, random.below(1_000_000_000) * 10);
    book.imbalanceCount[second] = 10;
    for (let trade = second % 5 === 0 ? 0 : 6; trade > 0; trade--) {
      tenths += random.between(-20, 21);
      bars.addTrade(second, {
        timeMs: startMs + second * SECOND_MS + trade,
        sequence: second,
        id: Number.NaN,
        price: BigInt(tenths),
        quantity: BigInt(random.between(1, 5_000)),
        buys: random.below(2) === 0,
      });
    }
  }
  return { bars, book };
}
