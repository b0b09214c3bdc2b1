/**
 * Which figures of a minute differ from those of its kline, and which of these by no more than what a sum
 * of doubles leaves in a kline's quote volume.
 */
import { CELL_DECIMALS } from '../check/cell-values.js';
import { powerOfTen } from '../unit/decimal.js';
import {
  MINUTE_COLUMNS,
  type MinuteColumn,
  type MinuteFigures,
  QUOTE_COLUMNS,
  type QuoteColumn,
} from './minute-figures.js';

export interface MinutePair {
  readonly ours: MinuteFigures;
  readonly official: MinuteFigures;
}

const QUOTES: ReadonlySet<string> = new Set(QUOTE_COLUMNS);
const PRICES = ['open', 'high', 'low', 'close'] as const;
const VOLUMES = ['volume', 'taker_buy_volume'] as const;

/**
 * An empty price of ours in a minute without trades is not known yet, so it is not compared; a quote volume
 * is compared where both sides have it.
 */
export function differingColumns({ ours, official }: MinutePair): MinuteColumn[] {
  const isQuiet = ours.count === 0n && official.count === 0n;
  return MINUTE_COLUMNS.filter((column) => {
    if (ours[column] === official[column]) return false;
    if (isQuote(column)) return hasBoth({ ours, official }, column);
    return !(isQuiet && ours[column] === undefined);
  });
}

/** True if the quote volumes of the minute can be compared. */
export function hasQuotes(pair: MinutePair): boolean {
  return QUOTE_COLUMNS.every((column) => hasBoth(pair, column));
}

/**
 * The most decimals that a sum of price·quantity has in these minutes, by the prices and quantities of both
 * sides, and by our own sums, which are exact.
 */
export function quoteDecimals(pairs: readonly MinutePair[]): number {
  const most = { price: 0, quantity: 0, quote: 0 };
  for (const { ours, official } of pairs) {
    for (const column of PRICES) {
      most.price = decimalsOf(official[column], decimalsOf(ours[column], most.price));
    }
    for (const column of VOLUMES) {
      most.quantity = decimalsOf(official[column], decimalsOf(ours[column], most.quantity));
    }
    for (const column of QUOTE_COLUMNS) most.quote = decimalsOf(ours[column], most.quote);
  }
  return Math.min(Math.max(most.price + most.quantity, most.quote), CELL_DECIMALS);
}

/**
 * True if the kline's quote volume has more decimals than a sum of price·quantity, and rounds to ours at
 * `decimals` (quoteDecimals). A missing trade moves the sum by a unit of that decimal at least, so it never
 * passes for noise.
 */
export function isFloatNoise(
  { ours, official }: MinutePair,
  column: MinuteColumn,
  decimals: number,
): boolean {
  const [figure, wanted] = [ours[column], official[column]];
  if (!isQuote(column) || figure === undefined || wanted === undefined) return false;
  const unit = powerOfTen(CELL_DECIMALS - decimals);
  const distance = figure < wanted ? wanted - figure : figure - wanted;
  return wanted % unit !== 0n && 2n * distance < unit;
}

export function isQuote(column: MinuteColumn): column is QuoteColumn {
  return QUOTES.has(column);
}

function hasBoth({ ours, official }: MinutePair, column: MinuteColumn): boolean {
  return ours[column] !== undefined && official[column] !== undefined;
}

/** The decimals that the figure needs, or `least` if that is more. */
function decimalsOf(figure: bigint | undefined, least: number): number {
  let decimals = least;
  if (figure === undefined) return decimals;
  while (figure % powerOfTen(CELL_DECIMALS - decimals) !== 0n) decimals += 1;
  return decimals;
}
