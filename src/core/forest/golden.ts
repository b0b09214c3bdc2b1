/**
 * The rows with known scores that training writes beside a model. A model is used only after its forest has given
 * these scores again: then its text was read as LightGBM means it.
 */
import { type Guard, guardOf } from '../shape/guard.js';
import type { ValueOf } from '../shape/shape.js';
import { FlowbarsError } from '../unit/errors.js';
import { readJson } from '../unit/json.js';
import { refuseOtherFeatures } from './feature-names.js';
import { type Forest, probabilityOf, rawScore } from './forest.js';

/** Python and JavaScript may round `exp` differently in its last bit. */
export const PROBABILITY_TOLERANCE = 1e-15;

const GOLDEN_SHAPES = {
  golden: {
    is: 'object',
    fields: {
      features: { is: 'list', of: { is: 'name' } },
      rows: { is: 'list', of: { is: 'list', of: { is: 'number', orNull: true } } },
      raw: { is: 'list', of: { is: 'number' } },
      p_up: { is: 'list', of: { is: 'number' } },
    },
  },
} as const;

export type Golden = ValueOf<typeof GOLDEN_SHAPES.golden, typeof GOLDEN_SHAPES>;
const isGolden: Guard<Golden> = guardOf('golden', GOLDEN_SHAPES);

/** Throws a FlowbarsError of kind `data` if the text is no golden file with at least one row. */
export function readGolden(text: string, where: string): Golden {
  const golden = readJson(text);
  if (!isGolden(golden)) {
    const expected = 'JSON with the lists features, rows, raw and p_up';
    throw new FlowbarsError('data', {
      what: 'golden rows',
      found: 'something else',
      expected,
      where,
    });
  }
  const { rows, raw, p_up: pUp, features } = golden;
  const counts = [raw.length, pUp.length];
  const isEven = counts.every((count) => count === rows.length && count > 0);
  if (isEven && rows.every(({ length }) => length === features.length)) return golden;
  const found = `${rows.length} rows, ${counts.join(' and ')} scores`;
  const expected = `as many scores as rows, at least one, and ${features.length} values in each row`;
  throw new FlowbarsError('data', { what: 'golden rows', found, expected, where });
}

/** Throws a FlowbarsError of kind `data` unless the forest gives each row its score, to the last bit. */
export function verifyGolden(forest: Forest, golden: Golden, where: string): void {
  refuseOtherFeatures(golden.features, forest.features, where);
  for (const [index, row] of golden.rows.entries()) {
    const raw = rawScore(forest, goldenRow(row));
    const expected = golden.raw[index];
    if (!Object.is(raw, expected)) refuse(`row ${index} raw`, raw, expected, where);
    const pUp = probabilityOf(raw);
    const difference = Math.abs(pUp - (golden.p_up[index] ?? Number.NaN));
    if (difference <= PROBABILITY_TOLERANCE) continue;
    refuse(`row ${index} p_up`, pUp, golden.p_up[index], where);
  }
}

/** Nulls as NaN. */
export function goldenRow(row: Golden['rows'][number]): Float64Array {
  return Float64Array.from(row, (value) => value ?? Number.NaN);
}

function refuse(what: string, score: number, expected: number | undefined, where: string): never {
  throw new FlowbarsError('data', {
    what: `score of ${what}`,
    found: `${score}`,
    expected: `${expected}, as training wrote it (model.txt and golden.json of one training)`,
    where,
  });
}
