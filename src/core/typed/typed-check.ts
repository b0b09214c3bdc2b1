/**
 * Whether a typed file says what the text file beside it says: its columns, and each cell against the text of the
 * cell in the same row. Times, numbers and words are read here in the plain way, and share nothing with the writer.
 */
import { type Breach, CheckTally, quoted } from '../check/file-tally.js';
import type { FileTable } from '../column/file-table.js';
import { type TypedField, typedSchema } from '../column/typed-schema.js';
import type { TypedFacts } from './typed-facts.js';

export type TypedTally = CheckTally<'typed_columns' | 'typed_cells'>;

/** What the text file says, column by column. */
export interface TextColumns {
  readonly rows: number;
  readonly columns: readonly TextColumn[];
}

/** NaN, or an empty text: an empty cell. */
type TextColumn = Float64Array | string[];

/** The part of a typed file that its footer tells. */
export interface TypedFooter {
  readonly fields: readonly { readonly name: string; readonly type: string }[];
  readonly rows: number;
  readonly facts: TypedFacts;
}

export function typedTally(name: string): TypedTally {
  return new CheckTally(name, ['typed_columns', 'typed_cells']);
}

/** Cells of the text file as they come, row by row; call `take` for each row behind the header. */
export class TextColumnReader {
  private readonly kinds: readonly string[];
  private readonly columns: readonly TextColumn[];
  /** One text of each word, as many rows hold the same. */
  private readonly words = new Map<string, string>();
  private rows = 0;

  /** `rowsMost`: rows to keep room for. */
  constructor({ columns }: FileTable, rowsMost: number) {
    this.kinds = columns.map(({ kind }) => kind);
    this.columns = columns.map(({ kind }) => (kind === 'text' ? [] : new Float64Array(rowsMost)));
  }

  take(cells: readonly string[]): void {
    for (let at = 0; at < this.columns.length; at++) {
      const column = this.columns[at];
      const text = cells[at] ?? '';
      if (column instanceof Float64Array) column[this.rows] = numberOf(text, this.kinds[at]);
      else column?.push(this.wordOf(text));
    }
    this.rows += 1;
  }

  finish(): TextColumns {
    const { rows, columns } = this;
    const cut = (column: TextColumn): TextColumn =>
      column instanceof Float64Array ? column.subarray(0, rows) : column;
    return { rows, columns: columns.map(cut) };
  }

  private wordOf(text: string): string {
    const known = this.words.get(text);
    if (known !== undefined) return known;
    this.words.set(text, text);
    return text;
  }
}

function numberOf(text: string, kind: string | undefined): number {
  if (text === '') return Number.NaN;
  return kind === 'time' ? Date.parse(text) : Number(text);
}

/** Checks all that the footer says: names, types, facts, number of rows. */
export function checkFooter(
  footer: TypedFooter,
  {
    table,
    facts,
    rows,
  }: { readonly table: FileTable; readonly facts: TypedFacts; readonly rows: number },
  tally: TypedTally,
): void {
  const differs = (
    where: string,
    found: string | undefined,
    expected: string | undefined,
  ): void => {
    if (found === expected) return;
    tally.breach('typed_columns', { where, found: shown(found), expected: shown(expected) });
  };
  const fields = typedSchema(table);
  differs('columns', String(footer.fields.length), String(fields.length));
  for (const [at, field] of fields.entries()) {
    const found = footer.fields[at];
    differs(`column ${at + 1}`, found?.name, field.name);
    differs(`column ${field.name}`, found?.type, typeWords(field));
  }
  for (const key of new Set([...Object.keys(footer.facts), ...Object.keys(facts)])) {
    differs(`metadata ${key}`, footer.facts[key], facts[key]);
  }
  if (footer.rows === rows) return;
  const expected = `${rows} as in the csv file`;
  tally.breach('typed_cells', { where: '', found: `${footer.rows} rows`, expected });
}

/** Checks the cells of one column. A count comes as a big integer. */
export function checkColumn(
  name: string,
  found: ArrayLike<unknown>,
  expected: TextColumn,
  tally: TypedTally,
): void {
  for (let row = 0; row < expected.length; row++) {
    const cell = found[row];
    const text = textValue(expected[row]);
    const value = typeof cell === 'bigint' ? Number(cell) : (cell ?? null);
    if (value !== text) tally.breach('typed_cells', cellBreach(name, row, cell, text));
  }
}

function textValue(value: number | string = ''): number | string | null {
  return value === '' || Number.isNaN(value) ? null : value;
}

function cellBreach(
  name: string,
  row: number,
  found: unknown,
  expected: number | string | null,
): Breach {
  const where = `row ${row + 1} column ${name}`;
  return { where, found: cellWords(found), expected: `${cellWords(expected)} as in the csv file` };
}

function cellWords(cell: unknown): string {
  if (cell === null || cell === undefined) return 'null';
  return quoted(typeof cell === 'string' ? cell : formatted(cell));
}

/** Of a number, a big integer, or what no column of ours holds. */
function formatted(cell: unknown): string {
  return typeof cell === 'bigint' ? cell.toString() : JSON.stringify(cell);
}

function shown(text: string | undefined): string {
  return text === undefined ? 'nothing' : quoted(text);
}

const LOGICAL_WORDS: Readonly<Record<NonNullable<TypedField['logical']>['type'], string>> = {
  TIMESTAMP: 'TIMESTAMP(MILLIS,UTC)',
  INTEGER: 'INT_64',
  STRING: 'UTF8',
};

/** `INT64 TIMESTAMP(MILLIS,UTC) REQUIRED`, as a reader describes a column. */
export function typeWords({ physical, logical, repetition }: TypedField): string {
  const words = [physical, logical === null ? undefined : LOGICAL_WORDS[logical.type], repetition];
  return words.filter((word) => word !== undefined).join(' ');
}
