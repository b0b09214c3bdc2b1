import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PUBLISHED_DAY, publish, runRecord } from '../day/published-day.js';
import { differences } from '../e2e/golden-folder.js';
import { openMemoryStore } from '../memory-store.js';
import { projectRoot } from '../workdir.js';
import { publishedSchemas } from './published-schemas.js';
import { SCHEMA_NAMES, schemaDocument, schemaErrors } from './schemas.js';

const SCHEMA_FOLDER = join(projectRoot, 'docs/schema');
/** Optional fields, which few symbol-days have. */
const RARE_FIELDS: readonly string[] = [
  'hints',
  'doubt',
  'last_attempt',
  'gone_objects',
  'beyond_runs',
];
/** Fields whose content is the user's own. */
const OPEN_FIELDS = [
  '/properties/dataset',
  '/properties/arguments',
  '/properties/argument',
  '/properties/labelling',
  '/properties/options',
  '/$defs/run_plan/properties/arguments',
];

interface Place {
  readonly path: string;
  readonly schema: Readonly<Record<string, unknown>>;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The schema and every schema inside it. */
function placesOf(schema: unknown, path = ''): Place[] {
  if (Array.isArray(schema)) return schema.flatMap((item, at) => placesOf(item, `${path}/${at}`));
  if (!isObject(schema)) return [];
  return [
    { path, schema },
    ...Object.entries(schema).flatMap(([key, value]) => placesOf(value, `${path}/${key}`)),
  ];
}

describe.for(SCHEMA_NAMES)('docs/schema/%s.json', (name) => {
  const places = placesOf(schemaDocument(name));

  test('describes every field', () => {
    const fields = places.filter(({ path }) => /\/properties\/[^/]+$/u.test(path));
    expect(fields.length).toBeGreaterThan(10);
    expect(fields.filter(({ schema }) => !schema['description']).map(({ path }) => path)).toEqual(
      [],
    );
  });

  test('is closed, and requires its fields', () => {
    const objects = places.filter(({ schema }) => isObject(schema['properties']));
    expect(objects.length).toBeGreaterThan(1);
    for (const { path, schema } of objects) {
      const fields = Object.keys({ ...(isObject(schema['properties']) && schema['properties']) });
      expect(schema['additionalProperties'], path).toBe(false);
      const required = fields.filter((field) => !RARE_FIELDS.includes(field));
      expect(schema['required'], path).toEqual(required);
    }
    const open = places.filter(({ schema }) => schema['additionalProperties'] === true);
    expect(OPEN_FIELDS).toEqual(expect.arrayContaining(open.map(({ path }) => path)));
  });
});

test('a report and a record match their schemas, unless they have a further field', () => {
  const report = publish(openMemoryStore(), PUBLISHED_DAY);
  expect(schemaErrors('quality', report)).toEqual([]);
  expect(schemaErrors('quality', { ...report, extra: 1 })).toEqual([
    ' must NOT have additional properties',
  ]);
  expect(schemaErrors('quality', { ...report, dataset: { anything: [1] } })).toEqual([]);
  expect(schemaErrors('quality', { ...report, status: 'failed' })).toHaveLength(1);
  expect(schemaErrors('record', runRecord(PUBLISHED_DAY))).toEqual([]);
  expect(schemaErrors('record', { ...runRecord(PUBLISHED_DAY), seconds: '1' })).toHaveLength(1);
});

test('docs/schema matches the declared shapes; UPDATE_SCHEMAS=1 writes it', () => {
  const declared = publishedSchemas();
  if (process.env['UPDATE_SCHEMAS'] === '1' && process.env['CI'] === undefined) {
    for (const [name, text] of declared) writeFileSync(join(SCHEMA_FOLDER, name), text);
  }
  const published = new Map(
    readdirSync(SCHEMA_FOLDER).map((name) => [
      name,
      readFileSync(join(SCHEMA_FOLDER, name), 'utf8'),
    ]),
  );
  // One file per schema, and the columns of the files.
  expect(declared.size).toBe(SCHEMA_NAMES.length + 1);
  expect(differences(published, declared)).toEqual([]);
});
