/** Options with the defaults that a raw root's `_dataset.json` declares; what is given wins. */
import { declaredTexts } from '../../core/rule/declared-rules.js';
import { DATASET_NAME } from '../../core/stored/output-names.js';
import { codec } from '../../edge/format/codec.js';
import { readDataset } from '../../jobs/plan/dataset.js';
import type { Store } from '../../jobs/ports.js';
import type { FoundText, Given, Option } from '../option/option.js';
import { givenOver } from './given.js';

/** Throws a usage error for a malformed declaration, even of a rule that is given. */
export async function declaredGiven(given: Given, raw: Store): Promise<Given> {
  const where = `${raw.root}/${DATASET_NAME}`;
  const texts = declaredTexts(await readDataset({ raw, codec }), where);
  const find = ({ name }: Option<unknown>): FoundText | undefined => {
    const text = texts.get(name);
    return text === undefined ? undefined : { text, where };
  };
  return givenOver(given, (one) => texts.has(one.name) && !isGiven(one, given), find);
}

/** Whether its text is more than a default. */
function isGiven({ defaultText: _default, ...bare }: Option<unknown>, given: Given): boolean {
  return given.text(bare) !== undefined;
}
