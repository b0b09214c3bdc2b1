/** Holds a peer's bar file against ours. A peer that computes something else is no peer. */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';

const EXACT = new Set(['timestamp', 'open', 'high', 'low', 'close', 'trade_count']);
/** Peers add doubles. */
const RELATIVE = 1e-9;
/** One in the last of the eight decimals to which both round, and the error of writing that down. */
const LAST_DECIMAL = 1.000_001e-8;

/** What was compared, in words. Throws with the first cell that differs. */
export function compareBars(ours: string, theirs: string): string {
  const expected = recordsOf(ours);
  const found = recordsOf(theirs);
  const [head = []] = expected;
  if (expected.length < 2 || head.join(',') !== found[0]?.join(',')) {
    throw new Error(`${theirs}: found other columns than in ${ours}`);
  }
  if (found.length !== expected.length) {
    throw new Error(`${theirs}: found ${found.length} lines, expected ${expected.length}`);
  }
  for (const [line, cells] of expected.entries()) {
    if (line === 0) continue;
    for (const [column, name] of head.entries()) {
      const cell = cells[column] ?? '';
      const other = found[line]?.[column] ?? '';
      if (isEqual(name, cell, other)) continue;
      throw new Error(`${theirs} line ${line + 1} ${name}: found '${other}', expected '${cell}'`);
    }
  }
  const rows = (expected.length - 1).toLocaleString('en-US');
  return `${rows} rows × ${head.length} columns`;
}

/** How close is close enough, in words. */
export const CLOSENESS: string = `prices and counts exactly, the others within ${RELATIVE} or one in the eighth decimal`;

function isEqual(column: string, cell: string, other: string): boolean {
  if (cell === other) return true;
  if (column === 'timestamp' || cell === '' || other === '') return false;
  const difference = Math.abs(Number(cell) - Number(other));
  if (EXACT.has(column)) return difference === 0;
  return difference <= Math.max(LAST_DECIMAL, RELATIVE * Math.abs(Number(cell)));
}

function recordsOf(path: string): string[][] {
  return parse(readFileSync(path));
}
