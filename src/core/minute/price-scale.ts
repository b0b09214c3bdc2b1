/** Prices of a day at one scale, so that they can be compared and turned exactly, and in units of 10^-8. */
import { POWERS_OF_TEN } from '../event/mantissas.js';
import { Series, type SeriesByName } from '../series/series.js';
import { formatDecimal, powerOfTen } from '../unit/decimal.js';
import { assert, FlowbarsError } from '../unit/errors.js';
import type { BarCell, SecondCells, SignalCell } from './second-day.js';

/** Of the unit in which prices leave this room. */
export const PRICE_DECIMALS = 8;

interface PricedFile<Name extends string> {
  readonly series: SeriesByName<Name>;
  readonly prices: readonly Name[];
  /** Its object, for errors. */
  readonly file: string;
}

/** Throws a FlowbarsError of kind `data` for a price that is no safe integer in units of 10^-8. */
export function pricesAtOneScale(
  bars: PricedFile<BarCell>,
  signals: PricedFile<SignalCell>,
): SecondCells {
  const decimals = Math.max(mostDecimals(bars), mostDecimals(signals));
  return { bar: scaled(bars, decimals), signal: scaled(signals, decimals) };
}

function mostDecimals<Name extends string>({ series, prices }: PricedFile<Name>): number {
  return Math.max(...prices.map((name) => series(name).decimals));
}

function scaled<Name extends string>(
  { series, prices, file }: PricedFile<Name>,
  decimals: number,
): SeriesByName<Name> {
  const raised = new Map<Name, Series>(
    prices.map((name) => {
      const own = series(name);
      refuseLarge(own, `${file} column ${name}`);
      const factor = POWERS_OF_TEN[decimals - own.decimals] ?? Number.NaN;
      return [
        name,
        new Series(
          safeCells(own).map((cell) => cell * factor),
          decimals,
        ),
      ];
    }),
  );
  return (name) => raised.get(name) ?? series(name);
}

function refuseLarge(own: Series, where: string): void {
  for (let row = 0; row < own.length; row++) {
    if (!own.has(row) || isHeld(own, row)) continue;
    throw new FlowbarsError('data', {
      where,
      what: `price of second ${row}`,
      found: formatDecimal(own.at(row) ?? 0n, own.decimals),
      expected: `at most ${PRICE_DECIMALS} decimals, and at most ${Number.MAX_SAFE_INTEGER} units of the last`,
    });
  }
}

function isHeld(own: Series, row: number): boolean {
  const { safe, decimals } = own;
  if (decimals > PRICE_DECIMALS) {
    return (own.at(row) ?? 0n) % powerOfTen(decimals - PRICE_DECIMALS) === 0n;
  }
  return Math.abs(Number(safe?.[row] ?? own.at(row))) <= largestPrice(decimals);
}

/** The largest price in units of its own last decimal. */
export function largestPrice(decimals: number): number {
  return Math.floor(Number.MAX_SAFE_INTEGER / 10 ** (PRICE_DECIMALS - decimals));
}

/** Of a column of prices. */
export function safeCells({ safe }: Series): Float64Array {
  assert(safe !== undefined, 'prices are safe integers');
  return safe;
}

/** A column of prices in units of 10^-8; NaN: none. */
export function unitsE8(prices: Series): Float64Array {
  const factor = POWERS_OF_TEN[PRICE_DECIMALS - prices.decimals] ?? Number.NaN;
  return safeCells(prices).map((cell) => cell * factor);
}
