/** The published JSON Schemas, compiled: stored documents must match docs/schema. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'vitest';
import { projectRoot } from '../workdir.js';

/** Schemas of documents stored below an output root. */
const STORED_NAMES = [
  'quality',
  'manifest',
  'plan',
  'fan_out',
  'record',
  'summary',
  'scoreboard',
] as const;
/** Also the parts of a day in slices, and documents that commands print. */
export const SCHEMA_NAMES = [
  ...STORED_NAMES,
  'finalized-part',
  'repair',
  'calendar',
  'estimate',
  'recording',
  'recomputed',
  'scores',
  'events',
  'exported',
  'explained',
  'sidecar',
  'dataset_card',
  'made_dataset',
  'evaluation',
  'model_card',
  'day_scores',
  'scored',
] as const;
export type SchemaName = (typeof SCHEMA_NAMES)[number];
export type StoredSchemaName = (typeof STORED_NAMES)[number];

const ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true });
const validators = new Map(
  SCHEMA_NAMES.map((name) => [name, ajv.compile(schemaDocument(name))] as const),
);

export function schemaDocument(name: SchemaName): Record<string, unknown> {
  const path = join(projectRoot, 'docs/schema', `${name}.json`);
  const document: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (typeof document !== 'object' || document === null) throw new Error(`${path} is no schema`);
  return { ...document };
}

/** The violations of a value's schema, one line each; empty if it matches. */
export function schemaErrors(name: SchemaName, value: unknown): string[] {
  const validate = validators.get(name);
  if (validate === undefined) throw new Error(`no schema ${name}`);
  if (validate(value)) return [];
  return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message ?? ''}`);
}

export function expectSchema(name: SchemaName, text: string): void {
  expect(schemaErrors(name, JSON.parse(text)), name).toEqual([]);
}
