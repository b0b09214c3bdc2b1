/**
 * The text of bars and signals for tests: taken apart into cells, or made by hand, of quiet seconds except
 * for what a test says of some.
 */
import { barHeader } from '../oracle/bars.js';
import { date, dayStartMs } from '../oracle/raw-text.js';
import type { CellFiles } from './day-cells.js';
import { signalHeader } from './oracle-signals.js';

/** Cells by column. */
export type CellRow = Record<string, string>;

/** The rows of a file, or the first ones, each of them with a cell in every column. */
export function cellRows(csv: string, rowsMax?: number): CellRow[] {
  const all = csv.trimEnd().split('\n');
  const [header = '', ...lines] = rowsMax === undefined ? all : all.slice(0, rowsMax + 1);
  const names = header.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    if (cells.length !== names.length) throw new RangeError(`other columns than '${header}'`);
    return Object.fromEntries(names.map((name, column) => [name, cells[column] ?? '']));
  });
}

/** Known seconds around a mid of 100 in which nothing happens; nothing is said of imbalance and depth. */
const quiet: CellRow = {
  open: '100',
  high: '100',
  low: '100',
  close: '100',
  vwap: '100',
  fill_reason: 'quiet',
  bid_close: '99.5',
  ask_close: '100.5',
};

const saidNothing = new Set(
  ['avg_spread', 'bid_qty_close', 'ask_qty_close', 'spread_max'].concat(
    ['imbalance_l1', 'imbalance_l5', 'imbalance_l20', 'bid_qty_l20', 'ask_qty_l20'],
    ['bid_qty_l20_min', 'ask_qty_l20_min', 'bid_span_l20', 'ask_span_l20'],
  ),
);

/** The first seconds of a day; `made` says how a second differs from a quiet one. */
export function madeFiles(rows: number, made: (row: number) => CellRow): CellFiles {
  const file = (header: string): string => {
    const names = header.split(',');
    const lines = Array.from({ length: rows }, (_, row) => {
      const cells: CellRow = { ...quiet, ...made(row), timestamp: secondText(row) };
      return names.map((name) => cells[name] ?? (saidNothing.has(name) ? '' : '0')).join(',');
    });
    return `${[header, ...lines].join('\n')}\n`;
  };
  return { bars1s: file(barHeader), signals1s: file(signalHeader), streams: 'both', date };
}

function secondText(row: number): string {
  return `${new Date(dayStartMs + row * 1000).toISOString().slice(0, 19)}Z`;
}
