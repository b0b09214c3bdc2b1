/**
 * What a typed file says of itself beside its rows, as keys and texts: whose rows they are, and what each column
 * means. Nothing here depends on a run, a time or a machine, so the same rows give the same bytes.
 */
import type { Column } from '../column/column.js';
import type { FileTable } from '../column/file-table.js';
import { SCHEMA_VERSION } from '../shape/shape.js';

/** Keys begin with it, as other programs add keys of their own. */
const PREFIX = 'flowbars.';

export type TypedFacts = Readonly<Record<string, string>>;

export interface TypedSubject {
  readonly symbol: string;
  /** One kind, or two side by side. */
  readonly kind: string;
  /** Null: rows of no fixed length. */
  readonly resolution: string | null;
  /** Which days they are. */
  readonly days: Readonly<Record<string, string>>;
  /** What is known of the recording; undefined if nothing is. */
  readonly dataset: Readonly<Record<string, unknown>> | undefined;
}

/** One row in the fact `columns`. */
interface ColumnFact {
  readonly name: string;
  readonly kind: Column['kind'];
  readonly unit: string;
  readonly meaning: string;
  readonly empty: string;
}

const EMPTY_RULES: Readonly<Record<Column['nothing'], string>> = {
  never: 'every row has a value',
  zero: '0 if the row has no value',
  empty: 'null if the row has no value',
  carried: 'the last value before it if the row has no trade; null before the first',
};

/** In the order of the file. */
export function typedFacts(
  { symbol, kind, resolution, days, dataset }: TypedSubject,
  table: FileTable,
): TypedFacts {
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['schema_version', String(SCHEMA_VERSION)],
    ['symbol', symbol],
    ...Object.entries(days),
    ['kind', kind],
    ['resolution', resolution ?? undefined],
    ['dataset', dataset === undefined ? undefined : JSON.stringify(dataset)],
    ['columns', JSON.stringify(table.columns.map(columnFact))],
  ];
  return Object.fromEntries(
    facts.flatMap(([key, text]) => (text === undefined ? [] : [[`${PREFIX}${key}`, text]])),
  );
}

function columnFact(column: Column): ColumnFact {
  const { name, kind, meaning, nothing } = column;
  const unit = column.kind === 'text' ? `one of ${column.values.join(', ')}` : column.unit;
  const rounded =
    column.kind === 'quotient' ? `${meaning}; half up to ${column.decimals} decimals` : meaning;
  return { name, kind, unit, meaning: rounded, empty: EMPTY_RULES[nothing] };
}
