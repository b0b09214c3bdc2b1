/** Reads the published files of a symbol-day into its seconds. */
import { BARS } from '../column/bar-table.js';
import { SIGNALS } from '../column/signal-table.js';
import type { StoredFile } from '../pattern/day-cells.js';
import { readSeries } from '../series/read-series.js';
import { typedRows } from '../typed/typed-rows.js';
import { FlowbarsError } from '../unit/errors.js';
import type { SymbolName } from '../unit/symbol.js';
import { DAY_MINUTES, dayStartMs, isoStamp, MINUTE_MS, type UtcDate } from '../unit/utc-date.js';
import { dayEvents } from './day-events.js';
import { pricesAtOneScale } from './price-scale.js';
import {
  BAR_CELLS,
  BAR_PRICES,
  SIGNAL_CELLS,
  SIGNAL_PRICES,
  type SecondDay,
} from './second-day.js';
import { secondGaps } from './second-gaps.js';

/** The files of a symbol-day, as text. */
export interface SecondFiles {
  readonly symbol: SymbolName;
  readonly date: UtcDate;
  readonly streams: SecondDay['streams'];
  /** Of 1s. */
  readonly bars: StoredFile;
  /** Of 1s. */
  readonly signals: StoredFile;
  /** Bars of 1m. */
  readonly minuteBars: StoredFile;
}

/** Throws a FlowbarsError of kind `data`: no file of the encoder, or a price that 10^-8 units cannot hold. */
export function readSecondDay(files: SecondFiles): SecondDay {
  const { symbol, date, streams } = files;
  const [bars, signals] = [
    { ...files.bars, date },
    { ...files.signals, date },
  ];
  const cells = pricesAtOneScale(
    { series: readSeries(bars, BARS, BAR_CELLS), prices: BAR_PRICES, file: bars.name },
    {
      series: readSeries(signals, SIGNALS, SIGNAL_CELLS),
      prices: SIGNAL_PRICES,
      file: signals.name,
    },
  );
  return {
    symbol,
    date,
    streams,
    ...cells,
    gap: secondGaps(cells, signals),
    avgSpread: readAvgSpread(files.minuteBars, date),
    ...dayEvents({ date, streams, ...cells }),
  };
}

function readAvgSpread(file: StoredFile, date: UtcDate): Float64Array {
  const { rows, columns } = typedRows(file, BARS);
  const [stamps, spreads] = [columns[BARS.at('timestamp')], columns[BARS.at('avg_spread')]];
  const found = stamps !== undefined && 'numbers' in stamps ? stamps.numbers : new Float64Array();
  const startMs = dayStartMs(date);
  const isGrid = rows === DAY_MINUTES && found.every((ms, at) => ms === startMs + at * MINUTE_MS);
  if (!isGrid || spreads === undefined || !('numbers' in spreads)) {
    throw new FlowbarsError('data', {
      where: file.name,
      what: 'rows',
      found: `${rows}, the first at ${isoStamp(found[0] ?? 0)}`,
      expected: `the ${DAY_MINUTES} minutes of ${date}, in order`,
    });
  }
  return spreads.numbers;
}
