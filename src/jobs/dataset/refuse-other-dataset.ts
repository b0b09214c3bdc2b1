/** Refuses to write a dataset where something else lies. */
import { CARD_NAME, isDatasetCard } from '../../core/dataset/card-shape.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import { readJson } from '../../core/unit/json.js';
import { quoted, refuse } from '../../core/unit/typed-text.js';
import type { DatasetEffects } from './dataset-effects.js';

/** A dataset begins in a place of its own, and replaces a dataset alone. */
export async function refuseOtherDataset({
  into,
  codec,
}: Pick<DatasetEffects, 'into' | 'codec'>): Promise<void> {
  const names = await listed(into);
  if (names.length === 0) return;
  const card = names.includes(CARD_NAME) ? await into.read(CARD_NAME) : undefined;
  if (card !== undefined && isDatasetCard(readJson(codec.decode(card.bytes)))) return;
  // Files of a dataset whose making was interrupted before it had a card, or that lost it.
  if (names.every((name) => DATASET_FILE.test(name))) return;
  const found = `${quoted(into.root)}, which holds other things, such as ${names[0] ?? ''}`;
  refuse('--into', 'root', found, 'a new folder, or one with a dataset');
}

const DATASET_FILE = /^(?:(?:samples|martingale|closes)-[^/]+\.parquet|trials\.jsonl)$/u;

/** A folder that is not there holds nothing. */
async function listed(into: DatasetEffects['into']): Promise<readonly string[]> {
  try {
    return (await into.list('')).map(({ name }) => name);
  } catch (error) {
    if (error instanceof FlowbarsError && error.kind === 'absent') return [];
    throw error;
  }
}
