/** Writes exact cells as fields. Ratios are formed and rounded only here (docs/OUTPUT.md). */
import { type FileTable, quotientDecimals } from '../column/file-table.js';
import type { ExactCells } from '../grid/exact-cells.js';
import { divideHalfUp, formatDecimal, formatSafe, powerOfTen } from '../unit/decimal.js';

export function cellText(cells: ExactCells, row: number, decimals: number): string {
  return cells.wide.has(row)
    ? formatDecimal(cells.at(row), decimals)
    : formatSafe(cells.safe[row] ?? 0, decimals);
}

/** A cell plus or minus another of the same scale. */
export interface CellSum {
  readonly one: ExactCells;
  readonly sign: 1 | -1;
  readonly other: ExactCells;
}

export function sumText(sum: CellSum, row: number, decimals: number): string {
  const safe = safeSum(sum, row);
  return safe === undefined
    ? formatDecimal(wideSum(sum, row), decimals)
    : formatSafe(safe, decimals);
}

export function sumAt(sum: CellSum, row: number): bigint {
  const safe = safeSum(sum, row);
  return safe === undefined ? wideSum(sum, row) : BigInt(safe);
}

/** Undefined if a double cannot hold the sum exactly. */
function safeSum({ one, sign, other }: CellSum, row: number): number | undefined {
  const sum = (one.safe[row] ?? 0) + sign * (other.safe[row] ?? 0);
  const isSafe = Math.abs(sum) <= Number.MAX_SAFE_INTEGER;
  return isSafe && !one.wide.has(row) && !other.wide.has(row) ? sum : undefined;
}

function wideSum({ one, sign, other }: CellSum, row: number): bigint {
  return one.at(row) + BigInt(sign) * other.at(row);
}

/** Forms a column's quotients: numerator / 10^scale / denominator, rounded half up to the column's decimals. */
export function quotientText<Name extends string>(
  table: FileTable<Name>,
  name: Name,
  scale: number,
): (numerator: bigint, denominator: bigint) => string {
  const decimals = quotientDecimals(table, name);
  const shift = decimals - scale;
  const factor = powerOfTen(Math.abs(shift));
  return (numerator, denominator) => {
    const rounded =
      shift >= 0
        ? divideHalfUp(numerator * factor, denominator)
        : divideHalfUp(numerator, denominator * factor);
    const safe = Number(rounded);
    return Number.isSafeInteger(safe)
      ? formatSafe(safe, decimals)
      : formatDecimal(rounded, decimals);
  };
}
