/** The cells of a day's 1s bars and 1s signals that patterns are made from, as they are written. */
import { BARS } from '../column/bar-table.js';
import { SIGNALS } from '../column/signal-table.js';
import { readSeries } from '../series/read-series.js';
import { SeenColumns } from '../series/cell-columns.js';
import type { SeriesByName } from '../series/series.js';
import type { UtcDate } from '../unit/utc-date.js';

/** A day's files of one row a second, as they are stored. */
export interface DayFiles {
  readonly date: UtcDate;
  /** `trades`: no depth was recorded. */
  readonly streams: 'both' | 'trades';
  readonly bars: StoredFile;
  readonly signals: StoredFile;
  /** What was seen of them when they were checked, if they were. */
  readonly seen?: SeenSeconds | undefined;
}

export interface StoredFile {
  /** Of the object, for errors. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

const BAR_CELLS = [
  'high',
  'low',
  'close',
  'vol_total',
  'vol_buy',
  'vol_sell',
  'vol_delta',
  'trade_count',
  'imbalance_l20',
] as const;

const SIGNAL_CELLS = [
  'trades_missing_ms',
  'depth_missing_ms',
  'cvd',
  'taker_orders',
  'bid_close',
  'ask_close',
  'imbalance_l1',
  'bid_qty_l20',
  'ask_qty_l20',
  'bid_qty_l20_min',
  'ask_qty_l20_min',
  'bid_added',
  'bid_pulled',
  'ask_added',
  'ask_pulled',
  'bid_wall_pulled',
  'ask_wall_pulled',
] as const;

/** A series of 86,400 rows by the name of its column. */
export type BarCells = SeriesByName<(typeof BAR_CELLS)[number]>;
export type SignalCells = SeriesByName<(typeof SIGNAL_CELLS)[number]>;

/** Takes the rows of both files as they are checked. */
export class SeenSeconds {
  readonly bars: SeenColumns<(typeof BAR_CELLS)[number]> = new SeenColumns(BARS, BAR_CELLS);
  readonly signals: SeenColumns<(typeof SIGNAL_CELLS)[number]> = new SeenColumns(
    SIGNALS,
    SIGNAL_CELLS,
  );
}

export interface DayCells {
  readonly streams: DayFiles['streams'];
  readonly bar: BarCells;
  readonly signal: SignalCells;
}

/** Throws a FlowbarsError of kind `data`. */
export function readDayCells({ date, streams, bars, signals, seen }: DayFiles): DayCells {
  return {
    streams,
    bar: seen?.bars.series() ?? readSeries({ ...bars, date }, BARS, BAR_CELLS),
    signal: seen?.signals.series() ?? readSeries({ ...signals, date }, SIGNALS, SIGNAL_CELLS),
  };
}
