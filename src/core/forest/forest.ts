/**
 * A binary classifier of LightGBM: its trees, and their score of one row. The score is the same to the last bit as
 * LightGBM's own (`Tree::NumericalDecision` and `GBDT::PredictRaw`): doubles, added in the order of the trees.
 */
import { assert } from '../unit/errors.js';

/** How a node treats what is missing, by the bits 2 and 3 of its decision type. */
export const MISSING_NONE = 0;
export const MISSING_ZERO = 1;
export const MISSING_NAN = 2;

/** LightGBM's kZeroThreshold, a float32: what is not larger counts as zero. */
export const ZERO_THRESHOLD: number = Math.fround(1e-35);

export interface Tree {
  /** Of each inner node, the root first; a tree of one leaf has none. */
  readonly feature: Int32Array;
  readonly threshold: Float64Array;
  /** MISSING_… of each inner node. */
  readonly missing: Uint8Array;
  /** 1: what is missing goes to the left. */
  readonly defaultLeft: Uint8Array;
  /** An inner node, or the leaf ~child if it is negative. */
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly leafValue: Float64Array;
}

export interface Forest {
  /** Names of the features in the order of a row. */
  readonly features: readonly string[];
  readonly trees: readonly Tree[];
}

/** Raw score (log odds) of a row: one value per feature in the order of `forest.features`, NaN for null. */
export function rawScore({ features, trees }: Forest, row: ArrayLike<number>): number {
  assert(row.length === features.length, 'a row has a value for each feature of the forest');
  let sum = 0;
  for (const tree of trees) sum += treeScore(tree, row);
  return sum;
}

/** P(UP) of a raw score, by the objective `binary sigmoid:1`. */
export function probabilityOf(raw: number): number {
  return 1 / (1 + Math.exp(-raw));
}

function treeScore(tree: Tree, row: ArrayLike<number>): number {
  let node = tree.feature.length === 0 ? -1 : 0;
  while (node >= 0) node = nextNode(tree, node, row[tree.feature[node] ?? -1] ?? Number.NaN);
  return tree.leafValue[~node] ?? Number.NaN;
}

function nextNode(tree: Tree, node: number, found: number): number {
  const missing = tree.missing[node];
  const isNull = Number.isNaN(found);
  // LightGBM passes on no value that counts as zero, and takes a null for zero where training had none.
  const value =
    (isNull && missing !== MISSING_NAN) || Math.abs(found) <= ZERO_THRESHOLD ? 0 : found;
  const isMissing =
    (missing === MISSING_NAN && isNull) || (missing === MISSING_ZERO && value === 0);
  const goesLeft = isMissing
    ? tree.defaultLeft[node] === 1
    : value <= (tree.threshold[node] ?? Number.NaN);
  return (goesLeft ? tree.left[node] : tree.right[node]) ?? -1;
}
