/** A table of columns in the form of docs/OUTPUT.md and docs/schema/columns.json. */
import type { Column } from '../../src/core/column/column.js';
import type { FileTable } from '../../src/core/column/file-table.js';
import { typedSchema } from '../../src/core/column/typed-schema.js';

const NOTHING: Readonly<Record<Column['nothing'], string>> = {
  never: 'never empty',
  zero: '`0`',
  empty: 'empty: never 0, never carried on',
  carried: 'carried',
};

/** One line of a Markdown table for each column. Events do not roll up. */
export function columnLines({ columns, rows }: FileTable): string[] {
  return columns.map((column) => {
    const { name, kind, meaning, nothing, rollUp } = column;
    const cells = [`\`${name}\``, kind, meaning, unitOf(column), roundingOf(column)];
    const last = rows.kind === 'events' ? [] : [rollUp];
    return `| ${[...cells, NOTHING[nothing], ...last].join(' | ')} |`;
  });
}

/** Every kind of file with its columns and their types, as JSON. */
export function columnsDocument(tables: readonly FileTable[]): Record<string, unknown> {
  return Object.fromEntries(
    tables.map((table) => {
      const columns = table.columns.map((column) => ({
        name: column.name,
        kind: column.kind,
        meaning: column.meaning.replaceAll('`', ''),
        unit: unitOf(column),
        ...limitsOf(column),
        rounding: roundingOf(column),
        nothing: column.nothing,
        roll_up: column.rollUp,
        ...typeOf(table, column),
      }));
      const { kind, rows, carry = null } = table;
      return [kind, { rows, carry, columns }];
    }),
  );
}

function limitsOf(column: Column): object {
  if (column.kind === 'text') return { values: column.values };
  if (column.kind === 'time') return {};
  const { signed = false, range } = column;
  const { least = signed ? null : 0, most = null } = range ?? {};
  return { least, most };
}

function typeOf(table: FileTable, { name }: Column): { readonly type: object } {
  const fields = typedSchema(table).filter((field) => field.name === name);
  const types = fields.map(({ physical, logical, encoding, repetition }) => ({
    physical,
    logical,
    encoding,
    repetition,
  }));
  return { type: types[0] ?? {} };
}

function unitOf(column: Column): string {
  return column.kind === 'text' ? 'word' : column.unit;
}

function roundingOf(column: Column): string {
  if (column.kind === 'time') return 'whole seconds';
  return column.kind === 'quotient' ? `half up to ${column.decimals} decimals` : 'exact';
}
