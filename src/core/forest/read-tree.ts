/** Reads one tree of a model text, and proves that every row ends in one of its leaves. */
import { MISSING_NAN, MISSING_NONE, MISSING_ZERO, type Tree } from './forest.js';
import type { ModelLines, Pair } from './model-lines.js';

/** Leaves of a tree. */
export const TREE_LEAVES_MAX = 131_072;

/** Bits of a node's decision type (LightGBM, `tree.h`). */
const CATEGORICAL_BIT = 1;
const DEFAULT_LEFT_BIT = 2;
const MISSING_SHIFT = 2;

/** The lines behind `Tree=N`. */
export function readTree(lines: ModelLines, features: number): Tree {
  const pairs = lines.takePairs('tree');
  const pair = (key: string): Pair => lines.pairOf(pairs, key);
  const leaves = lines.wholeOf(pair('num_leaves'));
  if (leaves < 1 || leaves > TREE_LEAVES_MAX) {
    lines.refuse('num_leaves', `${leaves}`, `1 to ${TREE_LEAVES_MAX}`, pair('num_leaves').line);
  }
  refuseKind(pair('num_cat'), 'no categorical split (flowbars makes no such feature)', lines);
  refuseKind(pair('is_linear'), 'no linear tree', lines);
  const leafValue = lines.numbersOf(pair('leaf_value'), leaves);
  const nodes = leaves - 1;
  if (nodes === 0) return { ...leafOnly(), leafValue };
  const feature = lines.wholesOf(pair('split_feature'), nodes);
  const unknown = feature.findIndex((at) => at < 0 || at >= features);
  if (unknown >= 0) {
    const found = `${feature[unknown]} at node ${unknown}`;
    const expected = `0 to ${features - 1}: there are ${features} feature_names`;
    lines.refuse('split_feature', found, expected, pair('split_feature').line);
  }
  const decisions = lines.wholesOf(pair('decision_type'), nodes);
  for (const [node, type] of decisions.entries()) refuseDecision(type, node, pair, lines);
  const left = lines.wholesOf(pair('left_child'), nodes);
  const right = lines.wholesOf(pair('right_child'), nodes);
  refuseNoTree({ left, right, leaves, line: pair('left_child').line }, lines);
  return {
    feature,
    threshold: lines.numbersOf(pair('threshold'), nodes, 'infinity'),
    missing: Uint8Array.from(decisions, (type) => type >> MISSING_SHIFT),
    defaultLeft: Uint8Array.from(decisions, (type) => (type & DEFAULT_LEFT_BIT) / DEFAULT_LEFT_BIT),
    left,
    right,
    leafValue,
  };
}

function leafOnly(): Omit<Tree, 'leafValue'> {
  const [nodes, flags] = [new Int32Array(0), new Uint8Array(0)];
  const threshold = new Float64Array(0);
  return {
    feature: nodes,
    threshold,
    missing: flags,
    defaultLeft: flags,
    left: nodes,
    right: nodes,
  };
}

function refuseKind(pair: Pair, expected: string, lines: ModelLines): void {
  if (pair.value !== '0') lines.refuse(pair.key, `'${pair.value}'`, `'0': ${expected}`, pair.line);
}

function refuseDecision(
  type: number,
  node: number,
  pair: (key: string) => Pair,
  lines: ModelLines,
): void {
  const { line } = pair('decision_type');
  if (type < 0 || ![MISSING_NONE, MISSING_ZERO, MISSING_NAN].includes(type >> MISSING_SHIFT)) {
    lines.refuse('decision_type', `${type} at node ${node}`, '0 to 11', line);
  }
  if ((type & CATEGORICAL_BIT) === 0) return;
  lines.refuse('decision_type', `${type} at node ${node}: categorical`, 'a numerical split', line);
}

/** Each node but the root, and each leaf, has one parent, which comes before it: no row can go round in a circle. */
function refuseNoTree(
  shape: {
    readonly left: Int32Array;
    readonly right: Int32Array;
    readonly leaves: number;
    readonly line: number;
  },
  lines: ModelLines,
): void {
  const { left, right, leaves, line } = shape;
  const hasParent = new Uint8Array(2 * leaves);
  for (const [node, child] of [...left.entries(), ...right.entries()]) {
    const isKnown = child >= 0 ? child > node && child < leaves - 1 : ~child < leaves;
    const place = child >= 0 ? child : leaves + ~child;
    if (!isKnown || hasParent[place] === 1) {
      const found = `${child} at node ${node}`;
      lines.refuse('left_child and right_child', found, 'each later node and each leaf once', line);
    }
    hasParent[place] = 1;
  }
}
