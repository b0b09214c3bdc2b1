/**
 * Holds the project to its house rules. Each rule is also shown a small breach and a small text that
 * keeps it, since a guard that can pass by seeing nothing is worse than none.
 */
import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as rules from './support/frame/house-rules.js';
import * as rooms from './support/frame/rooms.js';
import {
  importsOf,
  parsed,
  projectRoot,
  type SourceFile,
  sourceFiles,
} from './support/frame/source-tree.js';

const sources = sourceFiles('src/**/*.ts');
const everything = [...sources, ...sourceFiles('{test,bench}/**/*.{ts,mjs}')];

interface RuleCase {
  readonly name: string;
  readonly rule: rules.Rule;
  readonly files: readonly SourceFile[];
  /** [path, text] of files that break the rule once, and of files that keep it. */
  readonly breaches: readonly (readonly [string, string])[];
  readonly fine: readonly (readonly [string, string])[];
}

const CASES: readonly RuleCase[] = [
  {
    name: 'imports follow main → cli → {jobs, edge} → core, and only the rim meets packages',
    rule: rules.forbiddenImports,
    files: sources,
    breaches: [
      ['src/core/bar/x.ts', "import { run } from '../../jobs/run.js';"],
      ['src/jobs/x.ts', "import { Store } from '../edge/store.js';"],
      ['src/jobs/x.ts', "import 'node:fs';"],
      ['src/main.ts', "const { x } = await import('./edge/x.js');"],
      ['src/edge/x.ts', "import { a } from '../jobs/ports.js';"],
      ['src/core/x.ts', "type A = import('csv-parse').Options;"],
    ],
    fine: [
      ['src/edge/x.ts', "import type { Store } from '../jobs/ports.js';\nimport 'node:fs';"],
      ['src/main.ts', "const { x } = await import('./cli/x.js');"],
    ],
  },
  {
    name: 'rooms inside core import along the pipe',
    rule: rooms.forbiddenRooms,
    files: sources,
    breaches: [
      ['src/core/stored/x.ts', "import { a } from '../day/y.js';"],
      ['src/core/unit/x.ts', "import type { A } from '../rule/y.js';"],
      ['src/core/attic/x.ts', 'export const a = 1;'],
    ],
    fine: [
      ['src/core/pass/x.ts', "import { a } from '../bar/y.js';"],
      ['src/jobs/x.ts', "import { a } from '../core/bar/y.js';"],
    ],
  },
  {
    name: 'a thing has one import path and no default export',
    rule: rules.reExports,
    files: sources,
    breaches: [
      ['src/x.ts', "export * from './y.js';"],
      ['src/x.ts', "export { y } from './y.js';"],
      ['src/x.ts', 'export default 1;'],
    ],
    fine: [['src/x.ts', 'export const y = 1;']],
  },
  {
    name: 'files stay short',
    rule: rules.longFiles,
    files: everything,
    breaches: [['src/x.ts', '\n'.repeat(301)]],
    fine: [['src/x.ts', '\n'.repeat(300)]],
  },
  {
    name: 'functions stay short',
    rule: rules.longFunctions,
    files: sources,
    breaches: [['src/x.ts', `const f = () => {${'\n'.repeat(70)}};`]],
    fine: [['src/x.ts', `function f() {${'\n'.repeat(69)}}`]],
  },
  {
    name: 'file names are kebab-case and name a concept',
    rule: rules.fileNames,
    files: everything,
    breaches: [
      ['src/edge/gcsStore.ts', ''],
      ['src/core/utils.ts', ''],
      ['src/jobs/day-manager.ts', ''],
    ],
    fine: [['test/core/bar/trade-fold.test.ts', '']],
  },
  {
    name: 'variables say their unit and their clock',
    rule: rules.variableNames,
    files: sources,
    breaches: [
      ['src/x.ts', 'const timestamp = 1;'],
      ['src/x.ts', 'function f(price: bigint) {}'],
      ['src/x.ts', 'const time: number = 1;'],
    ],
    fine: [
      [
        'src/x.ts',
        "const columns = { timestamp: 'timestamp' }; const priceE8 = 1n; const price = rows.price;",
      ],
    ],
  },
  {
    name: 'environment, exit and console are touched in one file at most',
    rule: rules.forbiddenGlobals,
    files: sources,
    breaches: [
      ['src/cli/x.ts', 'process.exit(1);'],
      ['src/edge/x.ts', 'f(process.env);'],
      ['src/cli/x.ts', "console.log('');"],
      ['src/edge/x.ts', "import { env } from 'node:process';"],
    ],
    fine: [['src/main.ts', 'process.exitCode = f(process.env);']],
  },
  {
    name: 'files open with what they are',
    rule: rules.openingComment,
    files: sources,
    breaches: [['src/x.ts', "import 'node:fs';"]],
    fine: [['src/main.ts', '#!/usr/bin/env node\n/** The bin. */']],
  },
  {
    name: 'comments hold no loose ends',
    rule: rules.looseEnds,
    files: everything,
    breaches: [['src/x.ts', `// ${'TO'}${'DO'}: later`]],
    fine: [['src/x.ts', '// Rows of one millisecond keep their order.']],
  },
  {
    name: 'a stored report is read through its one door, behind its seal',
    rule: rooms.doors,
    files: sources,
    breaches: [
      ['src/jobs/look/x.ts', "import { parseReport } from '../../core/stored/report-seal.js';"],
      ['src/jobs/look/x.ts', 'const a = parseStored(text, isPublishedReport, place);'],
    ],
    fine: [
      ['src/jobs/look/x.ts', "import { readPublishedReport } from '../stored/read-report.js';"],
      ['src/jobs/look/x.ts', 'const a = parseStored(text, isManifest, place);'],
    ],
  },
  {
    name: 'types are not any, not asserted away and not cast outside core/unit',
    rule: rules.typeEscapes,
    files: sources,
    breaches: [
      ['src/jobs/x.ts', 'const a: any = 1;'],
      ['src/jobs/x.ts', 'const a = b!;'],
      ['src/jobs/x.ts', 'const a = b as C;'],
    ],
    fine: [
      ['src/core/unit/x.ts', 'const a = b as PriceE8;'],
      ['src/jobs/x.ts', "import { a as b } from './y.js'; const c = [b] as const;"],
    ],
  },
  {
    name: 'what a class keeps to itself is private, not #',
    rule: rules.privateNames,
    files: everything,
    breaches: [['src/x.ts', 'class A { readonly #b = 1; }']],
    fine: [['src/x.ts', 'class A { private readonly b = 1; }']],
  },
];

describe('the house rules', () => {
  test('have files to look at', () => {
    expect(sources.length).toBeGreaterThan(8);
    expect(everything.length).toBeGreaterThan(sources.length + 3);
    expect(sources.flatMap((file) => importsOf(file)).length).toBeGreaterThan(8);
    expect(sources.map((file) => file.path)).toContain('src/main.ts');
  });

  for (const { name, rule, files, breaches, fine } of CASES) {
    test(name, () => {
      for (const [path, text] of breaches) {
        expect(rule(parsed(path, text)), `${path}: ${text}`).toHaveLength(1);
      }
      for (const [path, text] of fine) expect(rule(parsed(path, text)), text).toEqual([]);
      expect(files.flatMap((file) => rule(file))).toEqual([]);
    });
  }
});

test('no two rooms need each other', () => {
  const circle = [
    parsed('src/jobs/a/x.ts', "import type { Y } from '../b/y.js';"),
    parsed('src/jobs/b/y.ts', "import { z } from '../a/z.js';"),
  ];
  expect(rooms.circles(circle)).toEqual(['src/jobs/a → src/jobs/b → src/jobs/a']);
  const folders = new Set(sources.map(({ path }) => dirname(path)));
  expect(folders.size).toBeGreaterThan(20);
  expect(rooms.circles(sources)).toEqual([]);
});

test('the table of rooms lists what is there, cellar first', () => {
  const names = Object.keys(rooms.CORE_ROOMS);
  const found = sources
    .map(({ path }) => path.split('/'))
    .flatMap(([, layer, room]) => (layer === 'core' ? [room] : []));
  expect(new Set(found)).toEqual(new Set(names));
  for (const [index, name] of names.entries()) {
    const later = rooms.CORE_ROOMS[name]?.filter((below) => names.indexOf(below) >= index);
    expect(later, name).toEqual([]);
  }
});

test('no folder is crowded', () => {
  const paths = globSync('{src,test,bench}/**/*', {
    cwd: projectRoot,
    exclude: ['**/node_modules/**', '**/node_modules-*/**', 'test/golden/**'],
    withFileTypes: true,
  })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(projectRoot, join(entry.parentPath, entry.name)));
  expect(paths.length).toBeGreaterThan(300);
  const crowd = Array.from({ length: 16 }, (_, index) => `src/jobs/x/${index}.ts`);
  expect(rooms.crowdedFolders(crowd)).toHaveLength(1);
  expect(rooms.crowdedFolders(crowd.slice(1))).toEqual([]);
  expect(rooms.crowdedFolders(paths)).toEqual([]);
});

test('no file holds a path of one machine', () => {
  const files = globSync('{*,{src,test,docs,deploy,workflows,bench,.ci,.github}/**/*}', {
    cwd: projectRoot,
    exclude: ['**/node_modules/**', '**/dist/**', 'test/golden/**'],
    withFileTypes: true,
  }).filter((entry) => entry.isFile());
  expect(files.length).toBeGreaterThan(20);
  const found = files.flatMap((entry) => {
    const path = join(entry.parentPath, entry.name);
    const paths = readFileSync(path, 'utf8').match(rules.MACHINE_PATH) ?? [];
    return paths.map((machinePath) => `${path}: ${machinePath}`);
  });
  expect(found).toEqual([]);
  expect(`see "${'/ro'}${'ot/x"'}`).toMatch(rules.MACHINE_PATH);
});

test('the linter denies what the house relies on it for', () => {
  const oxlint = join(projectRoot, 'node_modules/.bin/oxlint');
  const run = spawnSync(oxlint, ['--print-config'], { cwd: projectRoot, encoding: 'utf8' });
  const relied = ['no-floating-promises', 'no-misused-promises', 'switch-exhaustiveness-check'];
  for (const rule of relied) {
    expect(run.stdout).toMatch(new RegExp(`"typescript/${rule}":[\\s["]*deny`, 'u'));
  }
});
