/**
 * Holds the pages of docs/ to the code: every column, JSON field, finding, check and named limit that the
 * program has is in it, limits and defaults with their values.
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { BARS } from '../src/core/column/bar-table.js';
import { PATTERN_EVENTS, PATTERNS } from '../src/core/column/pattern-table.js';
import { SIGNALS } from '../src/core/column/signal-table.js';
import { CHECK_NAMES } from '../src/core/check/file-tally.js';
import { tableNames } from '../src/core/decode/column-names.js';
import { STREAMS } from '../src/core/rule/symbol-day.js';
import { FINDING_SHAPES } from '../src/core/finding/finding.js';
import { RECORDED_COLUMNS } from '../src/core/rule/recorded-columns.js';
import { DAY_RULES } from '../src/core/rule/rule-table.js';
import { defaultRules } from '../src/core/rule/rules.js';
import { isDictionary } from '../src/core/unit/json.js';
import { GCS_LIMITS } from '../src/edge/gcs/gcs-limits.js';
import { projectRoot } from './support/frame/source-tree.js';
import { columnLines } from './support/column-docs.js';
import { SCHEMA_NAMES, schemaDocument, type SchemaName } from './support/schema/schemas.js';

const text = [
  'INPUT',
  'OUTPUT',
  'SIGNALS',
  'EVIDENCE',
  'LIMITS',
  'COMMANDS',
  'RECORD',
  'DATASET',
  'LEARNING',
]
  .map((page) => read(`docs/${page}.md`))
  .join('\n');

const SCHEMA_SECTIONS: Readonly<Record<SchemaName, string>> = {
  quality: '## Quality report',
  manifest: '## Manifest',
  'finalized-part': '## Manifest',
  plan: '## Plan and record of a run',
  fan_out: '## Plan and record of a run',
  record: '## Plan and record of a run',
  summary: '## Summary',
  scoreboard: '## Scoreboard',
  repair: '## Documents of commands',
  calendar: '## Documents of commands',
  estimate: '## Documents of commands',
  recomputed: '## Documents of commands',
  scores: '## Documents of commands',
  events: '## Documents of commands',
  exported: '## Documents of commands',
  recording: '## Documents of commands',
  explained: '## Documents of commands',
  sidecar: '## Sidecars',
  dataset_card: '## Card',
  made_dataset: '## Card',
  evaluation: '## Evaluation',
  model_card: '## Card of a model',
  day_scores: '## Scores',
  scored: '## Scores',
};

describe('the pages', () => {
  test('have every column of a chunk', () => {
    const columns = Object.values(RECORDED_COLUMNS).flatMap((table) => Object.keys(table));
    expect(columns.length).toBeGreaterThan(10);
    expect(columns.filter((column) => !hasCode(section('## Raw chunks'), column))).toEqual([]);
  });

  test('have every synonym of a column in the order of the table', () => {
    const { trades, depth } = RECORDED_COLUMNS;
    const rows = Object.keys({ ...trades, ...depth }).map((column) => {
      const streams = STREAMS.filter((stream) => RECORDED_COLUMNS[stream][column] !== undefined);
      const names = streams.flatMap((stream) => tableNames(stream, column)).slice(1);
      const synonyms = [...new Set(names)].filter((name) => name !== column);
      return `| ${streams.join(', ')} | \`${column}\` | \`${synonyms.join('`, `')}\` |`;
    });
    expect(rows.length).toBeGreaterThan(10);
    const shown = section('## Raw chunks').match(
      /^\| (?:trades|depth|trades, depth) \| `\w+` \| `.*$/gmu,
    );
    expect(shown?.toSorted()).toEqual(rows.toSorted());
  });

  test.each([
    ['## Bar files', BARS],
    ['## Signal files', SIGNALS],
    ['## Pattern files', PATTERN_EVENTS],
  ])('have in %s every column in its order, as the table of columns says it', (heading, table) => {
    const rows = section(heading).match(/^\| `\w+` \|.*$/gmu);
    expect(rows).toEqual(columnLines(table));
  });

  test('say of every signal its rule, and of every pattern its control and what is against it', () => {
    const rules = section('## What the columns say');
    expect(SIGNALS.header.filter((column) => !hasCode(rules, column))).toEqual([]);
    const patterns = section('## Patterns').split('\n### ').slice(1);
    expect(patterns.map((part) => part.split('\n')[0])).toEqual([...PATTERNS]);
    for (const part of patterns) {
      for (const word of ['**Control**', "**The concept's reading**", '**Against it**']) {
        expect(part).toContain(word);
      }
    }
  });

  test.for(SCHEMA_NAMES)('have every field of the schema %s in its section', (name) => {
    const properties = [...new Set(propertiesOf(schemaDocument(name)))];
    expect(properties.length).toBeGreaterThan(8);
    const part = section(SCHEMA_SECTIONS[name]);
    expect(properties.filter((field) => !hasCode(part, field))).toEqual([]);
  });

  test('have every finding with its severity', () => {
    const severities = Object.entries(FINDING_SHAPES.finding_code.of);
    expect(severities.length).toBeGreaterThan(14);
    const missing = severities.filter(
      ([code, severity]) => !section('## Findings').includes(`\n| \`${code}\` | ${severity} |`),
    );
    expect(missing).toEqual([]);
  });

  test('have every check in its order', () => {
    const rows = section('## Checks').match(/^\| `\w+` \|/gmu) ?? [];
    expect(rows.map((row) => row.replaceAll(/[|` ]/gu, ''))).toEqual([...CHECK_NAMES]);
  });

  test('have every exported limit and default with its value', async () => {
    const limits = section('## Limits');
    const found = await exportedLimits();
    expect(found.length).toBeGreaterThan(35);
    const missing = found.filter(({ name, value }) => {
      const line = limits.split('\n').find((row) => row.includes(`\`${name}\``));
      return line?.replaceAll(',', '').includes(String(value)) !== true;
    });
    expect(missing.map(({ name, value }) => `${name} = ${String(value)}`)).toEqual([]);
    const gcs = Object.entries(GCS_LIMITS).map(([name, value]) => `\`${name}\` ${value}`);
    const plain = limits.replaceAll(',', '').replaceAll('\n', ' ');
    expect(gcs.filter((limit) => !plain.includes(limit))).toEqual([]);
  });
});

test('the limits have every rule that is a number with its default', () => {
  const defaults = section('## Limits').replaceAll(',', '').split('\n');
  const numbers = Object.entries(defaultRules(DAY_RULES)).flatMap(([name, value]) =>
    typeof value === 'number' ? [[name, value] as const] : [],
  );
  expect(numbers.length).toBeGreaterThan(3);
  const missing = numbers.filter(
    ([name, value]) => !defaults.some((row) => row.startsWith(`| \`${name}\` | ${value}`)),
  );
  expect(missing).toEqual([]);
});

test('links between the documents lead to files and headings that are there', () => {
  const documents = globSync('{README.md,CHANGELOG.md,{docs,deploy}/*.md}', { cwd: projectRoot });
  expect(documents.length).toBeGreaterThan(10);
  const links = documents.flatMap((document) =>
    [...read(document).matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)/gu)].map(
      ([link, target = '', anchor]) => {
        const path = target === '' ? document : join(document, '..', target);
        return { link: `${document}: ${link}`, path, anchor };
      },
    ),
  );
  expect(links.filter(({ anchor }) => anchor !== undefined).length).toBeGreaterThan(40);
  const broken = links.filter(({ path, anchor }) =>
    anchor === undefined
      ? globSync(path, { cwd: projectRoot }).length === 0
      : !anchorsOf(read(path)).includes(anchor),
  );
  expect(broken.map(({ link }) => link)).toEqual([]);
});

/** Headings as GitHub links them. */
function anchorsOf(document: string): string[] {
  return [...document.matchAll(/^#{1,4} (.+)$/gmu)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function read(path: string): string {
  return readFileSync(join(projectRoot, path), 'utf8');
}

/** From a heading to the next of its level. */
function section(heading: string): string {
  const start = text.indexOf(`\n${heading}\n`);
  expect(start, heading).toBeGreaterThan(0);
  const end = text.indexOf('\n## ', start + 1);
  return text.slice(start, end < 0 ? undefined : end);
}

/** A name set as code, alone or behind its parents: `seed.price`. */
function hasCode(part: string, name: string): boolean {
  return new RegExp(`\`(?:[\\w[\\]]+\\.)*${name}\``, 'u').test(part);
}

function propertiesOf(schema: unknown): string[] {
  if (Array.isArray(schema)) return schema.flatMap((member) => propertiesOf(member));
  if (!isDictionary(schema)) return [];
  const { properties, ...rest } = schema;
  const own = isDictionary(properties) ? Object.entries(properties) : [];
  return [
    ...own.flatMap(([name, property]) => [name, ...propertiesOf(property)]),
    ...Object.values(rest).flatMap((member) => propertiesOf(member)),
  ];
}

/** What the sources export as NAME_MAX or NAME_DEFAULT. */
async function exportedLimits(): Promise<{ name: string; value: unknown }[]> {
  const files = globSync('src/{core,jobs,edge,cli}/**/*.ts', { cwd: projectRoot });
  const named = files
    .map((path) => ({ path, names: limitNames(read(path)) }))
    .filter(({ names }) => names.length > 0);
  const values = named.map(async ({ path, names }) => {
    const url = pathToFileURL(join(projectRoot, path)).href;
    const module: unknown = await import(url);
    return names.map((name) => ({ name, value: isDictionary(module) ? module[name] : undefined }));
  });
  return (await Promise.all(values)).flat();
}

function limitNames(source: string): string[] {
  const exported = source.matchAll(/^export const ([A-Z0-9_]+_(?:MAX|DEFAULT))\b/gmu);
  return [...exported].flatMap(([, name]) => name ?? []);
}
