import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FEATURES } from '../../../src/core/feature/features.js';
import { featureLines } from '../../support/learn/feature-docs.js';
import { projectRoot } from '../../support/workdir.js';

const PATH = join(projectRoot, 'docs/DATASET.md');
const TABLE = /(?<=## Features\n[\s\S]*?\n\n)\| columns \|[\s\S]*?\n(?=\n)/u;

test('docs/DATASET.md has the table of the code', () => {
  expect(FEATURES.length).toBeGreaterThan(100);
  expect(new Set(FEATURES.map(({ name }) => name)).size).toBe(FEATURES.length);
  const page = readFileSync(PATH, 'utf8');
  const table = `${featureLines().join('\n')}\n`;
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(PATH, page.replace(TABLE, table));
  else expect(TABLE.exec(page)?.[0]).toBe(table);
});
