/** A typed file of this program on one page: whose rows it has, and what each column is. */
import { isDictionary, readJson } from '../unit/json.js';
import type { TypedFigures, TypedInspection } from './inspection.js';

/** As core/typed writes them. */
const PREFIX = 'flowbars.';

/** What the footer of a typed file tells. */
export interface TypedSigns {
  readonly fields: readonly { readonly name: string; readonly type: string }[];
  readonly rows: number;
  readonly rowGroups: number;
  readonly facts: Readonly<Record<string, string>>;
}

/** Undefined if this program did not make it. */
export function inspectTyped({
  fields,
  rows,
  rowGroups,
  facts,
}: TypedSigns): Omit<TypedInspection, keyof TypedFigures> | undefined {
  const own = Object.entries(facts).flatMap(([key, text]) =>
    key.startsWith(PREFIX) ? [[key.slice(PREFIX.length), text] as const] : [],
  );
  const { columns, ...rest } = Object.fromEntries(own);
  if (columns === undefined || rest['kind'] === undefined) return undefined;
  const told = readJson(columns);
  const units = new Map(
    (Array.isArray(told) ? told : []).map((one): [string, string] => [
      textOf(one, 'name'),
      textOf(one, 'unit'),
    ]),
  );
  return {
    kind: 'parquet',
    metadata: rest,
    rows,
    row_groups: rowGroups,
    columns: fields.map(({ name, type }) => ({ name, type, unit: units.get(name) ?? '' })),
  };
}

function textOf(value: unknown, field: string): string {
  const text = isDictionary(value) ? value[field] : undefined;
  return typeof text === 'string' ? text : '';
}
