/** Days of 1s bars and 1s signals, made cell by cell: calm ones with a few other rows, and random walks. */
import { type BarColumn, BARS } from '../../../src/core/column/bar-table.js';
import type { PatternName } from '../../../src/core/column/pattern-table.js';
import type { FileTable } from '../../../src/core/column/file-table.js';
import { type SignalColumn, SIGNALS } from '../../../src/core/column/signal-table.js';
import type { DayFiles } from '../../../src/core/pattern/day-cells.js';
import type { ControlEvent } from '../../../src/core/pattern/day-patterns.js';
import { formatSafe } from '../../../src/core/unit/decimal.js';
import { Random } from '../../../src/core/unit/random.js';
import { type SymbolName, symbolName } from '../../../src/core/unit/symbol.js';
import {
  DAY_SECONDS,
  dayStartMs,
  isoStamp,
  SECOND_MS,
  stampWriter,
  type UtcDate,
  utcDate,
} from '../../../src/core/unit/utc-date.js';

export const DATE: UtcDate = utcDate('2025-12-11', 'test');
export const SYMBOL: SymbolName = symbolName('BTCUSDT', 'test');

/** Texts by column; a column that is not named keeps its calm cell. */
export type Cells = Readonly<Partial<Record<BarColumn | SignalColumn, string>>>;
/** What a row has instead of the calm cells. */
export type CellsOf = (row: number) => Cells | undefined;

/** Seconds since 00:00. */
export function at(time: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  return hours * 3_600 + minutes * 60 + seconds;
}

/** Rows of a day that differ from calm ones; what is set twice is merged, the later cell wins. */
export class OtherRows {
  private readonly rows = new Map<number, Cells>();

  set(row: number, cells: Cells): this {
    this.rows.set(row, { ...this.rows.get(row), ...cells });
    return this;
  }

  /** Both ends included. */
  setAll(from: number, to: number, cells: Cells): this {
    for (let row = from; row <= to; row++) this.set(row, cells);
    return this;
  }

  get texts(): DayTexts {
    return dayTexts((row) => this.rows.get(row));
  }
}

/** `01:00:00 up` by the start of an event's last row. */
export function eventTexts(
  events: readonly ControlEvent[],
  pattern: PatternName,
  from = '00:00:00',
  to = '23:59:59',
): string[] {
  return events
    .filter((event) => event.pattern === pattern)
    .map(({ confirmedMs, direction }) => {
      return `${isoStamp(confirmedMs - SECOND_MS).slice(11, 19)} ${direction}`;
    })
    .filter((text) => text.slice(0, 8) >= from && text.slice(0, 8) <= to);
}

const CALM_BAR: Readonly<Record<BarColumn, string>> = {
  timestamp: '',
  open: '100',
  high: '100',
  low: '100',
  close: '100',
  vwap: '100',
  vol_total: '2',
  vol_buy: '1',
  vol_sell: '1',
  vol_delta: '0',
  trade_count: '2',
  avg_spread: '1',
  imbalance_l20: '0.5',
};

const CALM_SIGNAL: Readonly<Record<SignalColumn, string>> = {
  timestamp: '',
  fill_reason: 'traded',
  trades_missing_ms: '0',
  depth_missing_ms: '0',
  quote_total: '200',
  quote_buy: '100',
  cvd: '0',
  delta_min: '0',
  delta_max: '0',
  taker_orders: '2',
  taker_order_max: '100',
  large_buy: '0',
  large_sell: '0',
  book_count: '10',
  book_full_count: '10',
  bid_close: '99.5',
  ask_close: '100.5',
  bid_qty_close: '1',
  ask_qty_close: '1',
  spread_max: '1',
  imbalance_l1: '0.5',
  imbalance_l5: '0.5',
  bid_qty_l20: '20',
  ask_qty_l20: '20',
  bid_qty_l20_min: '10',
  ask_qty_l20_min: '10',
  bid_span_l20: '5',
  ask_span_l20: '5',
  ofi_l1: '0',
  ofi_l5: '0',
  bid_added: '1',
  bid_pulled: '1',
  ask_added: '1',
  ask_pulled: '1',
  bid_wall_pulled: '0',
  ask_wall_pulled: '0',
};

export interface DayTexts {
  readonly bars: string;
  readonly signals: string;
}

export function dayTexts(cellsOf: CellsOf): DayTexts {
  const stamp = stampWriter();
  const bars: string[] = [BARS.header.join(',')];
  const signals: string[] = [SIGNALS.header.join(',')];
  const [calmBar, calmSignal] = [
    cellsText(BARS, CALM_BAR, {}),
    cellsText(SIGNALS, CALM_SIGNAL, {}),
  ];
  for (let row = 0; row < DAY_SECONDS; row++) {
    const time = stamp(dayStartMs(DATE) + row * SECOND_MS);
    const cells = cellsOf(row);
    bars.push(time + (cells === undefined ? calmBar : cellsText(BARS, CALM_BAR, cells)));
    signals.push(
      time + (cells === undefined ? calmSignal : cellsText(SIGNALS, CALM_SIGNAL, cells)),
    );
  }
  return { bars: `${bars.join('\n')}\n`, signals: `${signals.join('\n')}\n` };
}

/** A line without its time. */
function cellsText<Name extends string>(
  { header }: FileTable<Name>,
  calm: Readonly<Record<Name, string>>,
  cells: Readonly<Partial<Record<string, string>>>,
): string {
  return header.map((name) => cells[name] ?? calm[name]).join(',');
}

export function dayFiles(
  { bars, signals }: DayTexts,
  streams: DayFiles['streams'] = 'both',
): DayFiles {
  const encoder = new TextEncoder();
  return {
    date: DATE,
    streams,
    bars: { name: 'bars.csv', bytes: encoder.encode(bars) },
    signals: { name: 'signals.csv', bytes: encoder.encode(signals) },
  };
}

export interface Walk {
  readonly seed: string;
  readonly streams?: DayFiles['streams'];
  /** Factor of every quantity; 10^13 and more do not fit a double. */
  readonly factor?: bigint;
}

const PRICE_DECIMALS = 1;
const QUANTITY_DECIMALS = 3;

/** A price that walks at random, flow that does not lead it, a few holes and empty cells. */
export function randomWalk({ seed, streams = 'both', factor = 1n }: Walk): DayTexts {
  const random = new Random(seed);
  let tick = 5_000 + random.below(60_000);
  let cvd = 0;
  let lowest = 0;
  let holeUntil = 0;
  const quantity = (size: number): string =>
    factor === 1n ? formatSafe(size, QUANTITY_DECIMALS) : formatWide(BigInt(size) * factor);
  const burst = (): number => random.below(random.chance(0.02) ? 60_000 : 900);
  return dayTexts((row) => {
    if (random.chance(0.0004)) holeUntil = row + random.between(1, 200);
    const isHole = row < holeUntil;
    const open = tick;
    if (random.chance(0.6)) tick = Math.max(100, tick + random.between(-3, 4));
    lowest = Math.min(open, tick);
    const isTraded = random.chance(0.9);
    const [buy, sell] = isTraded ? [burst(), burst()] : [0, 0];
    cvd += buy - sell;
    const isSeen = streams === 'both' && random.chance(0.98);
    const step = (): string => (isSeen ? quantity(burst()) : '');
    const wall = (): string => (isSeen ? quantity(random.chance(0.05) ? burst() : 0) : '');
    const share = (): string => (isSeen ? formatSafe(random.below(101), 2) : '');
    return {
      open: price(open),
      high: price(Math.max(open, tick) + random.below(3)),
      low: price(lowest - random.below(3)),
      close: price(tick),
      vol_total: quantity(buy + sell),
      vol_buy: quantity(buy),
      vol_sell: quantity(sell),
      vol_delta: quantity(buy - sell),
      trade_count: isTraded ? '3' : '0',
      imbalance_l20: share(),
      imbalance_l1: share(),
      trades_missing_ms: isHole ? '250' : '0',
      depth_missing_ms: streams === 'trades' ? '' : random.chance(0.0002) ? '1000' : '0',
      cvd: quantity(cvd),
      taker_orders: isTraded ? String(1 + random.below(40)) : '0',
      bid_close: isSeen ? price(tick - 1 - random.below(2)) : '',
      ask_close: isSeen ? price(tick + 1) : '',
      bid_qty_l20: step(),
      ask_qty_l20: step(),
      bid_qty_l20_min: step(),
      ask_qty_l20_min: step(),
      bid_added: step(),
      bid_pulled: step(),
      ask_added: step(),
      ask_pulled: step(),
      bid_wall_pulled: wall(),
      ask_wall_pulled: wall(),
    };
  });
}

function price(ticks: number): string {
  return formatSafe(ticks, PRICE_DECIMALS);
}

function formatWide(mantissa: bigint): string {
  const text = String(mantissa < 0n ? -mantissa : mantissa).padStart(QUANTITY_DECIMALS + 1, '0');
  const whole = text.slice(0, -QUANTITY_DECIMALS);
  const fraction = text.slice(-QUANTITY_DECIMALS).replace(/0+$/u, '');
  return `${mantissa < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}
