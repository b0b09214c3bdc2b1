/** How one cell comes about: its value, the rule with its numbers, and the rows that decide it. */
import { counted } from '../unit/words.js';
import { meanOf, MEAN_DECIMALS, plain } from '../trace/exact.js';
import type { KeptRow } from '../trace/rows.js';

export interface Term {
  readonly name: string;
  readonly value: string;
}

export interface DecidingRow {
  readonly what: string;
  readonly row: KeptRow;
}

export interface CellArithmetic {
  /** Undefined: neither the rows of the bar nor the report say it. */
  readonly value: string | undefined;
  /** The rule with its numbers, as a sentence without a full stop. */
  readonly how: string;
  /** The same numbers one by one. */
  readonly terms: readonly Term[];
  readonly rows: readonly DecidingRow[];
}

export type CellsBy<Name extends string> = Readonly<Record<Name, CellArithmetic>>;

export function cell(
  value: string | undefined,
  how: string,
  terms: Readonly<Record<string, string | number>> = {},
  rows: readonly DecidingRow[] = [],
): CellArithmetic {
  const named = Object.entries(terms).map(([name, one]) => ({ name, value: String(one) }));
  return { value, how, terms: named, rows };
}

export function emptyCell(why: string): CellArithmetic {
  return cell('', `empty: ${why}`);
}

export const HALF_UP: string = `half up to ${MEAN_DECIMALS} decimals`;

/** A mean over snapshots; `why`: what is said without any. */
export function meanCell(sum: bigint, count: number, of: string, why: string): CellArithmetic {
  if (count === 0) return emptyCell(why);
  const how = `Σ ${of} ${plain(sum)} ÷ ${counted(count, 'snapshot')}, ${HALF_UP}`;
  return cell(meanOf(sum, count), how, { sum: plain(sum), count });
}
