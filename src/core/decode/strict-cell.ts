/** How the strict path reads the cells of docs/INPUT.md: text in, exact values or a reason out. */
import { LEVELS_MAX, type StrictLevel } from '../event/depth-rows.js';
import { EPOCH_DIGITS, MILLISECOND_DIGITS } from '../event/row-columns.js';
import {
  DECIMALS_MAX,
  DIGITS_BEFORE_POINT_MAX,
  parseDecimal,
  type Decimal,
} from '../unit/decimal.js';
import { quoted } from './chunk-columns.js';

/** Why a row is malformed. */
export class Malformed {
  readonly column: string;
  readonly found: string;
  readonly expected: string;

  constructor(column: string, found: string, expected: string) {
    this.column = column;
    this.found = found;
    this.expected = expected;
  }
}

export interface Epoch {
  readonly timeMs: number;
  readonly digits: number;
}

const EPOCH_EXPECTED = '13, 16 or 19 digits: an epoch in ms, us or ns';

export function readEpoch(text: string): Epoch | Malformed {
  if (/^\d+$/.test(text) && EPOCH_DIGITS.includes(text.length)) {
    return { timeMs: Number(text.slice(0, MILLISECOND_DIGITS)), digits: text.length };
  }
  return new Malformed('timestamp', quoted(text), EPOCH_EXPECTED);
}

const NUMBER_EXPECTED = `a decimal number of at most ${DIGITS_BEFORE_POINT_MAX} digits before and ${DECIMALS_MAX} after the point`;

export function readDecimal(column: string, text: string): Decimal | Malformed {
  return parseDecimal(text) ?? new Malformed(column, quoted(text), NUMBER_EXPECTED);
}

/** True: the buyer was the maker, so the seller was the aggressor. */
export function readBuyerMaker(text: string): boolean | Malformed {
  switch (text.toLowerCase()) {
    case 'true':
    case '1':
      return true;
    case 'false':
    case '0':
      return false;
    default:
      return new Malformed('is_buyer_maker', quoted(text), 'true, false, 1 or 0');
  }
}

/** The aggressor's side in words; true, like readBuyerMaker, if the seller was the aggressor. */
export function readSide(text: string): boolean | Malformed {
  switch (text.toLowerCase()) {
    case 'sell':
      return true;
    case 'buy':
      return false;
    default:
      return new Malformed('side', quoted(text), 'buy or sell');
  }
}

/** Libraries write an empty cell as None, null or nan. */
export function orEmpty(text: string): string {
  const isOther = text.length < 3 || text.length > 4;
  return isOther || !/^(?:none|null|nan)$/i.test(text) ? text : '';
}

/**
 * Reads a side of the book from its JSON. Numbers are taken from their source text and never pass
 * through a float.
 */
export function readLevels(column: string, json: string): StrictLevel[] | Malformed {
  const malformed = new Malformed(
    column,
    quoted(json),
    `a json array of 0 to ${LEVELS_MAX} [price, quantity] pairs`,
  );
  const pairs = parseJsonTexts(json);
  if (!isArray(pairs)) return malformed;
  if (pairs.length > LEVELS_MAX) {
    return new Malformed(column, `${pairs.length} levels`, `at most ${LEVELS_MAX}`);
  }
  const levels: StrictLevel[] = [];
  for (const pair of pairs) {
    if (!isArray(pair) || pair.length !== 2) return malformed;
    const [priceText, quantityText] = pair;
    if (typeof priceText !== 'string' || typeof quantityText !== 'string') return malformed;
    const price = readDecimal(column, priceText);
    if (price instanceof Malformed) return price;
    const quantity = readDecimal(column, quantityText);
    if (quantity instanceof Malformed) return quantity;
    levels.push({ price, quantity });
  }
  return levels;
}

function isArray(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** JSON with every number replaced by its source text; undefined if it is not JSON or nested too deep. */
function parseJsonTexts(json: string): unknown {
  try {
    return JSON.parse(json, sourceOfNumbers);
  } catch {
    return undefined;
  }
}

function sourceOfNumbers(_key: string, value: unknown, context?: { source?: string }): unknown {
  return typeof value === 'number' ? (context?.source ?? Number.NaN) : value;
}
