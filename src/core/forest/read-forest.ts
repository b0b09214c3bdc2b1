/**
 * Reads LightGBM's text model format, version v4, as far as `flowbars train` writes it: one class, numerical splits,
 * plain boosting. Everything else is refused by name, since a score that is nearly right would not be noticed.
 */
import type { Forest } from './forest.js';
import { ModelLines, type Pair, quotedLine } from './model-lines.js';
import { readTree } from './read-tree.js';

/** Trees of a model: training stops long before. */
export const FOREST_TREES_MAX = 20_000;
/** Features of a model. */
export const FOREST_FEATURES_MAX = 10_000;

const FIRST_LINE = 'tree';
const LAST_TREE_LINE = 'end of trees';
const BOOSTING = '[boosting: gbdt]';
const TREE_LINE = /^Tree=(\d{1,9})$/u;

/** Lines of the header; those without an expected value are read below, or say nothing about the score. */
const HEADER: ReadonlyMap<string, string | undefined> = new Map([
  ['version', 'v4'],
  ['num_class', '1'],
  ['num_tree_per_iteration', '1'],
  ['label_index', undefined],
  ['max_feature_idx', undefined],
  ['objective', 'binary sigmoid:1'],
  ['feature_names', undefined],
  ['monotone_constraints', undefined],
  ['feature_infos', undefined],
  ['tree_sizes', undefined],
]);

/** `where` names the text in errors. Throws a FlowbarsError of kind `data`. */
export function readForest(text: string, where: string): Forest {
  const lines = new ModelLines(text, where);
  const first = lines.take();
  if (first !== FIRST_LINE) {
    lines.refuse(
      'model text',
      quotedLine(first ?? ''),
      `'${FIRST_LINE}', the first line of LightGBM's format`,
    );
  }
  const header = lines.takePairs('header');
  const features = readHeader(header, lines);
  const sizes = lines.pairOf(header, 'tree_sizes');
  const count = sizes.value.split(' ').filter((word) => word !== '').length;
  if (count > FOREST_TREES_MAX) {
    lines.refuse('trees', `${count}`, `at most ${FOREST_TREES_MAX}`, sizes.line);
  }
  const trees = Array.from({ length: count }, (_, index) => {
    takeTreeLine(index, lines);
    return readTree(lines, features.length);
  });
  const end = lines.take();
  if (end !== LAST_TREE_LINE) {
    const expected = `'${LAST_TREE_LINE}' behind ${count} trees, as tree_sizes says`;
    lines.refuse('model text', quotedLine(end ?? ''), expected);
  }
  refuseOtherBoosting(lines);
  return { features, trees };
}

/** The names of the features. */
function readHeader(header: ReadonlyMap<string, Pair>, lines: ModelLines): readonly string[] {
  for (const { key, value, line } of header.values()) {
    if (!HEADER.has(key)) {
      const expected = `no such line: flowbars scores sums of trees with the lines ${[...HEADER.keys()].join(', ')}`;
      lines.refuse('header', quotedLine(key), expected, line);
    }
    const expected = HEADER.get(key);
    if (expected !== undefined && value !== expected) {
      lines.refuse(key, quotedLine(value), `'${expected}'`, line);
    }
  }
  for (const [key, expected] of HEADER) if (expected !== undefined) lines.pairOf(header, key);
  const last = lines.pairOf(header, 'max_feature_idx');
  const count = lines.wholeOf(last) + 1;
  if (count < 1 || count > FOREST_FEATURES_MAX) {
    lines.refuse('features', `${count}`, `1 to ${FOREST_FEATURES_MAX}`, last.line);
  }
  const named = lines.pairOf(header, 'feature_names');
  const names = lines.wordsOf(named, count);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    lines.refuse('feature_names', `${quotedLine(twice)} twice`, 'each name once', named.line);
  }
  return names;
}

function takeTreeLine(index: number, lines: ModelLines): void {
  const line = lines.take();
  const [, number] = TREE_LINE.exec(line ?? '') ?? [];
  if (number === undefined || Number(number) !== index) {
    lines.refuse('tree', quotedLine(line ?? ''), `'Tree=${index}'`);
  }
}

/** Parameters follow the trees; what boosts in another way adds the trees up in another way. */
function refuseOtherBoosting(lines: ModelLines): void {
  let line = lines.take();
  while (line !== undefined && !line.startsWith('[boosting: ')) line = lines.take();
  if (line !== BOOSTING)
    lines.refuse('parameter boosting', quotedLine(line ?? ''), `'${BOOSTING}'`);
}
