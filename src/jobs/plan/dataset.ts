/**
 * The dataset of a recording: `_dataset.json` of the raw root, compared with and copied into the
 * output root, so spot and futures never mix in one folder.
 */
import { withDeclaredDefaults } from '../../core/rule/declared-rules.js';
import { DATASET_NAME } from '../../core/stored/output-names.js';
import { isDictionary, readJson } from '../../core/unit/json.js';
import { compareNames } from '../../core/unit/compare-names.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import type { Codec, Store, StoredContent } from '../ports.js';

export type Dataset = Readonly<Record<string, unknown>>;

interface DatasetEffects {
  readonly raw: Store;
  readonly out: Store;
  readonly codec: Codec;
}

/**
 * The raw root's dataset; undefined if it has none. Copies it into an output root without one. Throws
 * a usage error if the two differ in a field that both have, or in a declared rule, which a raw root without a dataset
 * leaves at its default.
 */
export async function agreeOnDataset({
  raw,
  out,
  codec,
}: DatasetEffects): Promise<Dataset | undefined> {
  const content = await raw.read(DATASET_NAME);
  const dataset = content === undefined ? undefined : parseDataset(content, raw, codec);
  const carried =
    (await out.read(DATASET_NAME)) ??
    (content === undefined ? undefined : await carry(content, out));
  if (carried !== undefined) {
    refuseDisagreement(dataset ?? {}, parseDataset(carried, out, codec), out);
  }
  return dataset;
}

/** The raw root's dataset; undefined if it has none. Does not touch the output root. */
export async function readDataset({
  raw,
  codec,
}: Pick<DatasetEffects, 'raw' | 'codec'>): Promise<Dataset | undefined> {
  const content = await raw.read(DATASET_NAME);
  return content === undefined ? undefined : parseDataset(content, raw, codec);
}

/** Returns the stored dataset instead if another task was faster. */
async function carry(content: StoredContent, out: Store): Promise<StoredContent | undefined> {
  try {
    await out.write(DATASET_NAME, content.bytes, 'nothing');
    return undefined;
  } catch (error) {
    if (!(error instanceof FlowbarsError) || error.kind !== 'conflict') throw error;
    return await out.read(DATASET_NAME);
  }
}

function parseDataset(content: StoredContent, store: Store, codec: Codec): Dataset {
  const text = codec.decode(content.bytes);
  const value = readJson(text);
  if (isDictionary(value)) return value;
  throw new FlowbarsError('usage', {
    where: `${store.root}/${DATASET_NAME}`,
    what: 'content',
    found: `'${text.slice(0, 40)}'`,
    expected: 'a JSON object such as {"market": "usdm"}',
  });
}

/** Compares only fields that both have; an absent one of a declared rule has its default. */
function refuseDisagreement(raw: Dataset, out: Dataset, store: Store): void {
  const carried = withDeclaredDefaults(out);
  for (const [field, value] of Object.entries(withDeclaredDefaults(raw))) {
    const found = canonical(carried[field]);
    if (found === undefined || found === canonical(value)) continue;
    throw new FlowbarsError('usage', {
      where: `${store.root}/${DATASET_NAME}`,
      what: `field '${field}'`,
      found,
      expected: `${canonical(value)} as in the raw root (give each market its own output root)`,
    });
  }
}

/** JSON with sorted members; undefined for undefined. */
function canonical(value: unknown): string | undefined {
  return JSON.stringify(value, (_key, member: unknown) =>
    isDictionary(member)
      ? Object.fromEntries(Object.entries(member).toSorted(([a], [b]) => compareNames(a, b)))
      : member,
  );
}
