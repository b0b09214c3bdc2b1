/**
 * How the samples of symbols differ: prices, steps and sizes. Values of known symbols have a realistic
 * order of magnitude; they are not the exchange's filters.
 */
import { hashText } from '../unit/random.js';

export interface Instrument {
  /** Decimals to which prices are padded. */
  readonly priceDecimals: number;
  /** Units of 10^-priceDecimals in a tick: BTCUSDT moves by 0.10 and is printed with two decimals. */
  readonly tickUnits: number;
  /** Where the walk starts; nothing draws it back. */
  readonly startTicks: number;
  readonly quantityDecimals: number;
  /** Multiplies every drawn quantity; 1 suits BTCUSDT in lots of 0.001. At most 10,000: quantities must fit 31 bits. */
  readonly lotFactor: number;
  /** Share of the ticks behind the touch that hold an order. */
  readonly occupancy: number;
  /** Share of taker orders that move the price, and the most ticks in a calm market. */
  readonly sweepShare: number;
  readonly sweepTicksMax: number;
  /** Share of 100 ms steps in which the quotes move without a trade, and the most ticks. */
  readonly requoteShare: number;
  readonly requoteTicksMax: number;
  /** Id of the first trade of 2020 in the sample's market. */
  readonly firstTradeId: number;
}

const BTCUSDT: Instrument = {
  priceDecimals: 2,
  tickUnits: 10,
  startTicks: 640_000,
  quantityDecimals: 3,
  lotFactor: 1,
  occupancy: 0.74,
  sweepShare: 0.12,
  sweepTicksMax: 32,
  requoteShare: 0.007,
  requoteTicksMax: 40,
  firstTradeId: 850_000_000,
};

const ETHUSDT: Instrument = {
  ...BTCUSDT,
  tickUnits: 1,
  startTicks: 300_000,
  lotFactor: 18,
  occupancy: 0.95,
  sweepTicksMax: 16,
  requoteTicksMax: 30,
  firstTradeId: 420_000_000,
};

/** One tick is 0.4 bps: the price stands still for seconds. */
const TRXUSDT: Instrument = {
  ...BTCUSDT,
  priceDecimals: 5,
  tickUnits: 1,
  startTicks: 23_000,
  quantityDecimals: 0,
  lotFactor: 280,
  occupancy: 1,
  sweepShare: 0.06,
  sweepTicksMax: 2,
  requoteShare: 0.01,
  requoteTicksMax: 2,
  firstTradeId: 90_000_000,
};

const PEPEUSDT_1000: Instrument = {
  ...TRXUSDT,
  priceDecimals: 7,
  startTicks: 100_000,
  lotFactor: 6_400,
  occupancy: 0.9,
  sweepShare: 0.1,
  sweepTicksMax: 8,
  requoteTicksMax: 12,
  firstTradeId: 60_000_000,
};

const KNOWN: ReadonlyMap<string, Instrument> = new Map([
  ['BTCUSDT', BTCUSDT],
  ['ETHUSDT', ETHUSDT],
  ['TRXUSDT', TRXUSDT],
  ['1000PEPEUSDT', PEPEUSDT_1000],
]);

/** The values of an unknown symbol depend on its name alone. */
export function instrumentOf(symbol: string): Instrument {
  return KNOWN.get(symbol) ?? instrumentFromHash(hashText(symbol));
}

function instrumentFromHash(hash: number): Instrument {
  const quantityDecimals = hash % 4;
  const startTicks = 10_000 + ((hash >>> 5) % 190_000);
  return {
    ...PEPEUSDT_1000,
    priceDecimals: 2 + ((hash >>> 2) % 5),
    startTicks,
    // Steps grow with the price, so that no walk comes near 0.
    sweepTicksMax: 2 + Math.floor(startTicks / 15_000),
    requoteTicksMax: 2 + Math.floor(startTicks / 10_000),
    quantityDecimals,
    lotFactor: 1 + ((hash >>> 8) % 50) * (quantityDecimals === 0 ? 20 : 1),
    occupancy: 0.7 + ((hash >>> 12) % 31) / 100,
    firstTradeId: 1_000_000 + ((hash >>> 10) % 400_000_000),
  };
}
