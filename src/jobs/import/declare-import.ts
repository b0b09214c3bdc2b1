/**
 * Declares in `_dataset.json` what an import puts into a raw root. A root of trades alone that gets a book, or the other way
 * round, holds both from then on.
 */
import type { Market } from '../../core/import/source-market.js';
import { layoutOf } from '../../core/import/chunk-place.js';
import { DATASET_NAME } from '../../core/stored/output-names.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import { isDictionary, readJson } from '../../core/unit/json.js';
import { type DatasetFields, declareDataset } from '../recorded/declare-dataset.js';
import { retryConflict } from '../retry-conflict.js';
import type { ImportEffects } from './import-request.js';

const MARKETS_IN_CONTRACTS: readonly Market[] = ['coinm'];

export interface ImportedRoot {
  readonly market: Market;
  readonly hasDepth: boolean;
  /** Whose books the files surely hold. */
  readonly bookSymbols: ReadonlySet<string>;
  readonly chunkMinutes: 1 | 60;
}

export interface DeclaredRoot {
  readonly dataset: DatasetFields;
  /** The root was one of trades alone. */
  readonly isWidened: boolean;
}

/** Throws a usage error if the root holds something else. */
export async function declareImport(
  root: ImportedRoot,
  effects: Pick<ImportEffects, 'raw' | 'codec' | 'clock'>,
): Promise<DeclaredRoot> {
  const { market, chunkMinutes } = root;
  const inContracts = MARKETS_IN_CONTRACTS.includes(market);
  const fields: DatasetFields = {
    venue: 'binance',
    market,
    quantity_unit: inContracts ? 'contracts' : 'base',
    sparse_trades: true,
    ...(chunkMinutes === 60 ? { raw_layout: layoutOf(60).rawLayout } : {}),
  };
  return await retryConflict(async () => await declare(fields, root, effects), effects.clock);
}

async function declare(
  fields: DatasetFields,
  { hasDepth, bookSymbols }: ImportedRoot,
  { raw, codec }: Pick<ImportEffects, 'raw' | 'codec'>,
): Promise<DeclaredRoot> {
  const content = await raw.read(DATASET_NAME);
  const found = content === undefined ? undefined : readJson(codec.decode(content.bytes));
  const holdsDepth = isDictionary(found) && found['streams'] === undefined;
  const tradesOnly: DatasetFields = { ...fields, streams: 'trades' };
  if (content === undefined || !isDictionary(found) || (!hasDepth && !holdsDepth)) {
    const wanted = hasDepth ? fields : tradesOnly;
    await declareDataset(wanted, { raw, codec });
    return { dataset: wanted, isWidened: false };
  }
  if (holdsDepth) {
    await declareDataset(fields, { raw, codec });
    return { dataset: fields, isWidened: false };
  }
  // All else has to agree before the root is said to hold both.
  await declareDataset(tradesOnly, { raw, codec });
  await refuseOthersWithoutBook(raw, bookSymbols);
  const { streams: _streams, ...kept } = found;
  await raw.write(DATASET_NAME, codec.encode(`${JSON.stringify(kept, null, 2)}\n`), { content });
  return { dataset: fields, isWidened: true };
}

/** Days of a symbol without a book would lack it, in a root that holds both. */
async function refuseOthersWithoutBook(
  raw: ImportEffects['raw'],
  bookSymbols: ReadonlySet<string>,
): Promise<void> {
  const folders = (await raw.folders()).map((name) => name.replace(/\/$/, '').normalize('NFC'));
  const other = folders.find((name) => !name.startsWith('_') && !bookSymbols.has(name));
  if (other === undefined) return;
  throw new FlowbarsError('usage', {
    where: raw.root,
    what: 'streams',
    found: `a book beside '${other}', of which there are trades alone`,
    expected: 'another --raw, or the books of all its symbols imported together',
  });
}
