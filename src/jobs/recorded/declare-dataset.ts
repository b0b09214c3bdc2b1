/** Declares what a raw root holds, in its `_dataset.json`, before the first chunk is written into it. */
import { DATASET_NAME } from '../../core/stored/output-names.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import { isDictionary, readJson } from '../../core/unit/json.js';
import type { Codec, Store } from '../ports.js';

/** What a recorder or an importer knows of its chunks. Absent fields hold for the defaults of the rules. */
export interface DatasetFields {
  readonly venue: string;
  /** `usdm`, `coinm`, `spot`. */
  readonly market: string;
  /** `base` or `contracts`. */
  readonly quantity_unit: string;
  /** Only trades were recorded. */
  readonly streams?: 'trades';
  /** A minute without trades has no chunk. */
  readonly sparse_trades?: true;
  /** Where it is not the default. */
  readonly raw_layout?: string;
}

/** What the absence of a field says. */
const ABSENT: Readonly<Record<string, string>> = {
  streams: 'trades and snapshots',
  sparse_trades: 'a chunk for every minute, as recorders write them,',
  raw_layout: 'chunks of a minute',
};

/** Throws a usage error if the root is declared otherwise in one of the fields; keeps further fields of a declaration. */
export async function declareDataset(
  fields: DatasetFields,
  { raw, codec }: { readonly raw: Store; readonly codec: Codec },
): Promise<'written' | 'there'> {
  const found = await raw.read(DATASET_NAME);
  if (found === undefined) {
    await raw.write(DATASET_NAME, codec.encode(`${JSON.stringify(fields, null, 2)}\n`), 'nothing');
    return 'written';
  }
  const declared = readJson(codec.decode(found.bytes));
  const wanted: Readonly<Record<string, unknown>> = {
    streams: undefined,
    sparse_trades: undefined,
    raw_layout: undefined,
    ...fields,
  };
  for (const [field, value] of Object.entries(wanted)) {
    const existing = isDictionary(declared) ? declared[field] : null;
    if (existing === value) continue;
    throw new FlowbarsError('usage', {
      where: `${raw.root}/${DATASET_NAME}`,
      what: `field '${field}'`,
      found: JSON.stringify(existing) ?? 'no such field',
      expected: `${JSON.stringify(value) ?? ABSENT[field] ?? 'no such field'} as in what is written here (give each kind of recording its own root)`,
    });
  }
  return 'there';
}
