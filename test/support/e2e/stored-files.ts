/** Reads an output root for comparison: published bytes, states of files, shapes. */
import { statSync } from 'node:fs';
import { expect } from 'vitest';
import { expectSchema, type StoredSchemaName } from '../schema/schemas.js';
import type { Workdir } from '../workdir.js';

const RUNS = '_manifest/runs/';

/** Bars, quality reports and day manifests by name; run records are left out, since they hold times. */
export function published(workdir: Workdir, root = 'out'): Map<string, string> {
  return new Map([...workdir.contents(root)].filter(([name]) => !name.startsWith(RUNS)));
}

/** The bar files only; expects that there are some. */
export function bars(workdir: Workdir, root = 'out'): Map<string, string> {
  const found = [...workdir.contents(root)].filter(([name]) => name.endsWith('.csv'));
  expect(found.length, `bar files below ${root}`).toBeGreaterThan(0);
  return new Map(found);
}

/** Inode and time of a file: a rewritten file has another state. */
export function fileStates(workdir: Workdir, root = 'out'): Map<string, string> {
  return new Map(
    [...published(workdir, root).keys()].map((name) => {
      const { ino, mtimeNs } = statSync(workdir.path(root, name), { bigint: true });
      return [name, `inode ${ino}, written at ${mtimeNs} ns`];
    }),
  );
}

/** Names of leftover temporary files. */
export function temporaryFiles(workdir: Workdir, root = 'out'): string[] {
  return workdir.files(root).filter((name) => name.endsWith('.flowbars-tmp'));
}

export const NO_STORED_SHAPES: Readonly<Record<StoredSchemaName, number>> = {
  quality: 0,
  manifest: 0,
  plan: 0,
  fan_out: 0,
  record: 0,
  summary: 0,
  scoreboard: 0,
};

/** Expects every JSON file to match its schema; returns the count of each kind. */
export function expectStoredShapes(
  workdir: Workdir,
  root = 'out',
): Record<StoredSchemaName, number> {
  const counts = { ...NO_STORED_SHAPES };
  for (const name of workdir.files(root).filter((file) => file.endsWith('.json'))) {
    if (name === '_dataset.json') continue;
    const schema = schemaOf(name);
    expectSchema(schema, workdir.text(`${root}/${name}`));
    counts[schema] += 1;
  }
  return counts;
}

function schemaOf(name: string): StoredSchemaName {
  const [, own] = /^_manifest\/runs\/[^/]+\/(summary|plan|fan_out)\.json$/u.exec(name) ?? [];
  if (own === 'summary' || own === 'plan' || own === 'fan_out') return own;
  if (name.startsWith(RUNS)) return 'record';
  if (name.startsWith('_manifest/')) return 'manifest';
  return name.endsWith('_scoreboard.json') ? 'scoreboard' : 'quality';
}
