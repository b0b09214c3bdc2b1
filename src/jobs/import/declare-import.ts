/**
 * Declares in `_dataset.json` what an import puts into a raw root. A root of trades alone that gets a book, or the other way
 * round, holds both from then on.
 */
import type { Market } from '../../core/import/source-market.js';
import { layoutOf } from '../../core/import/chunk-place.js';
import { DATASET_NAME } from '../../core/stored/output-names.js';
import { isDictionary, readJson } from '../../core/unit/json.js';
import { type DatasetFields, declareDataset } from '../recorded/declare-dataset.js';
import { retryConflict } from '../retry-conflict.js';
import type { ImportEffects } from './import-request.js';

const MARKETS_IN_CONTRACTS: readonly Market[] = ['coinm'];

export interface ImportedRoot {
  readonly market: Market;
  readonly hasDepth: boolean;
  readonly chunkMinutes: 1 | 60;
}

/** Throws a usage error if the root holds something else. */
export async function declareImport(
  { market, hasDepth, chunkMinutes }: ImportedRoot,
  effects: Pick<ImportEffects, 'raw' | 'codec' | 'clock'>,
): Promise<DatasetFields> {
  const inContracts = MARKETS_IN_CONTRACTS.includes(market);
  const fields: DatasetFields = {
    venue: 'binance',
    market,
    quantity_unit: inContracts ? 'contracts' : 'base',
    sparse_trades: true,
    ...(chunkMinutes === 60 ? { raw_layout: layoutOf(60).rawLayout } : {}),
  };
  return await retryConflict(async () => await declare(fields, hasDepth, effects), effects.clock);
}

async function declare(
  fields: DatasetFields,
  hasDepth: boolean,
  { raw, codec }: Pick<ImportEffects, 'raw' | 'codec'>,
): Promise<DatasetFields> {
  const content = await raw.read(DATASET_NAME);
  const found = content === undefined ? undefined : readJson(codec.decode(content.bytes));
  const holdsDepth = isDictionary(found) && found['streams'] === undefined;
  const tradesOnly: DatasetFields = { ...fields, streams: 'trades' };
  if (content === undefined || !isDictionary(found) || (!hasDepth && !holdsDepth)) {
    const wanted = hasDepth ? fields : tradesOnly;
    await declareDataset(wanted, { raw, codec });
    return wanted;
  }
  if (holdsDepth) {
    await declareDataset(fields, { raw, codec });
    return fields;
  }
  // All else has to agree before the root is said to hold both.
  await declareDataset(tradesOnly, { raw, codec });
  const { streams: _streams, ...kept } = found;
  await raw.write(DATASET_NAME, codec.encode(`${JSON.stringify(kept, null, 2)}\n`), { content });
  return fields;
}
