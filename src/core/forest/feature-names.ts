/** Matches the features of a model by name with those that are there, and says which may not be null. */
import { closestName } from '../unit/closest-name.js';
import { FlowbarsError } from '../unit/errors.js';
import { type Forest, MISSING_NONE } from './forest.js';

/** Throws a FlowbarsError of kind `data` unless both are the same names in the same order. */
export function refuseOtherFeatures(
  found: readonly string[],
  expected: readonly string[],
  where: string,
): void {
  const missing = expected.find((name) => !found.includes(name));
  if (missing !== undefined) refuse(`no feature '${missing}'`, `'${missing}'`, where);
  const unknown = found.find((name) => !expected.includes(name));
  if (unknown !== undefined)
    refuse(`'${unknown}'`, `only features of the model${hint(unknown, expected)}`, where);
  const at = expected.findIndex((name, index) => found[index] !== name);
  if (at >= 0)
    refuse(
      `'${found[at]}' as number ${at + 1}`,
      `'${expected[at]}', the order of the model`,
      where,
    );
}

/** Where each feature of the model is among those that are computed. Throws a FlowbarsError of kind `data` for an unknown one. */
export function featurePlaces(
  { features }: Forest,
  computed: readonly string[],
  where: string,
): readonly number[] {
  return features.map((name) => {
    const place = computed.indexOf(name);
    if (place >= 0) return place;
    const expected = `a feature that this flowbars computes${hint(name, computed)}`;
    return refuse(`'${name}'`, expected, where);
  });
}

/**
 * Names of the features in which a row may have no null: those that training says had none, and those with a split
 * that takes a null for zero (LightGBM#6139).
 */
export function featuresWithoutNulls(
  { features, trees }: Forest,
  said: readonly string[],
): ReadonlySet<string> {
  const names = new Set(said);
  for (const { feature, missing } of trees) {
    for (const [node, at] of feature.entries()) {
      if (missing[node] === MISSING_NONE) names.add(features[at] ?? '');
    }
  }
  return names;
}

function hint(name: string, names: readonly string[]): string {
  const close = closestName(name, names);
  return close === undefined ? '' : ` (such as '${close}')`;
}

function refuse(found: string, expected: string, where: string): never {
  throw new FlowbarsError('data', { what: 'features', found, expected, where });
}
