/** Reads packed rows (core/view/packed-rows) back: numbers for the chart, and the texts of the cells as the file has them. */
import type { PackedColumn, PackedHeader } from '../../core/view/packed-rows.js';

export interface RowTable {
  readonly rows: number;
  /** By name; undefined for a column that the file does not have. */
  column(name: string): RowColumn | undefined;
}

export interface RowColumn {
  readonly decimals: number;
  /** NaN for an empty cell, and for one of words. */
  number(row: number): number;
  /** Exactly the cell of the file. */
  text(row: number): string;
}

const LINE_FEED = 10;

export function readRows(bytes: Uint8Array): RowTable {
  const end = bytes.indexOf(LINE_FEED);
  const header: unknown = JSON.parse(new TextDecoder().decode(bytes.subarray(0, end)));
  if (!isHeader(header)) throw new Error('invariant broken: packed rows begin with their columns');
  const columns = new Map<string, RowColumn>();
  let offset = end + 1;
  for (const column of header.columns) {
    const own = bytes.subarray(offset, offset + column.sizeBytes);
    columns.set(column.name, readColumn(column, numbersOf(own, header.rows, column.isDelta)));
    offset += column.sizeBytes;
  }
  return { rows: header.rows, column: (name) => columns.get(name) };
}

function isHeader(value: unknown): value is PackedHeader {
  return typeof value === 'object' && value !== null && 'rows' in value && 'columns' in value;
}

/** NaN where a cell is empty or odd. */
function numbersOf(bytes: Uint8Array, rows: number, isDelta: boolean): Float64Array {
  const numbers = new Float64Array(rows);
  let offset = 0;
  let before = 0;
  for (let row = 0; row < rows; row += 1) {
    let code = 0;
    let scale = 1;
    let byte = bytes[offset] ?? 0;
    while (byte >= 128) {
      code += (byte - 128) * scale;
      scale *= 128;
      offset += 1;
      byte = bytes[offset] ?? 0;
    }
    code += byte * scale;
    offset += 1;
    if (code === 0) {
      numbers[row] = Number.NaN;
      continue;
    }
    const number = code % 2 === 0 ? -code / 2 : (code - 1) / 2;
    before = isDelta ? before + number : number;
    numbers[row] = before;
  }
  return numbers;
}

function readColumn({ decimals, words, odd }: PackedColumn, numbers: Float64Array): RowColumn {
  const odds = new Map(odd);
  const unit = 10 ** decimals;
  const at = (row: number): number => numbers[row] ?? Number.NaN;
  return {
    decimals,
    number: (row) => {
      if (words !== null) return Number.NaN;
      const text = odds.get(row);
      return text === undefined ? at(row) / unit : Number(text);
    },
    text: (row) => {
      const number = at(row);
      if (Number.isNaN(number)) return odds.get(row) ?? '';
      return words === null ? decimalText(number, decimals) : (words[number] ?? '');
    },
  };
}

/** `-0.05` of -5 and 2: plain, without trailing zeros. */
function decimalText(number: number, decimals: number): string {
  const digits = String(Math.abs(number)).padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const rest = digits.slice(digits.length - decimals).replace(/0+$/, '');
  return `${number < 0 ? '-' : ''}${whole}${rest === '' ? '' : `.${rest}`}`;
}
