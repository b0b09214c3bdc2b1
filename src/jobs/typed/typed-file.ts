/** The typed form of one file of a symbol-day, from the bytes of its exact form alone. */
import { type TabularKind, TABLES } from '../../core/column/kind-tables.js';
import { typedSchema } from '../../core/column/typed-schema.js';
import type { SymbolDay } from '../../core/rule/symbol-day.js';
import type { FileName } from '../../core/stored/artifacts.js';
import { type TypedFacts, typedFacts } from '../../core/typed/typed-facts.js';
import { typedRows } from '../../core/typed/typed-rows.js';
import type { Tables } from '../ports.js';

export interface ExactFile extends FileName {
  readonly kind: TabularKind;
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface TypedDay extends SymbolDay {
  /** What is known of the recording; undefined if nothing is. */
  readonly dataset: Readonly<Record<string, unknown>> | undefined;
}

/** Throws a FlowbarsError of kind `data` if the exact file is not what the encoder writes. */
export function typedFile(file: ExactFile, day: TypedDay, { typed }: Tables): Uint8Array {
  const table = TABLES[file.kind];
  const writer = typed.create(typedSchema(table));
  writer.add(typedRows(file, table).columns);
  return writer.finish(factsOfDay(file, day));
}

export function factsOfDay(
  { kind, resolution }: Pick<ExactFile, 'kind' | 'resolution'>,
  { symbol, date, dataset }: TypedDay,
): TypedFacts {
  return typedFacts({ symbol, kind, resolution, days: { date }, dataset }, TABLES[kind]);
}
