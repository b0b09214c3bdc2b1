/** The golden models of this folder: LightGBM's texts, rows, and the scores that LightGBM gave them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Golden, readGolden } from '../../../src/core/forest/golden.js';

const FOLDER = join(import.meta.dirname, 'golden');

export const GOLDEN_MODELS = ['nulls', 'no-nulls', 'zeros', 'one-leaf'] as const;
export type GoldenModel = (typeof GOLDEN_MODELS)[number];

export function modelText(name: GoldenModel, folder: string = FOLDER): string {
  return readFileSync(join(folder, `${name}.txt`), 'utf8');
}

export function goldenOf(name: GoldenModel, folder: string = FOLDER): Golden {
  const file = join(folder, `${name}.json`);
  return readGolden(readFileSync(file, 'utf8'), file);
}

export const MAKE_GOLDEN: string = join(FOLDER, 'make_golden.py');
