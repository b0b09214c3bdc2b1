/** Holds docs/ARCHITECTURE.md to the sources: every folder in reading order, every dependency with the files that import it. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { isDictionary } from '../src/core/unit/json.js';
import { CORE_ROOMS } from './support/frame/rooms.js';
import { importsOf, projectRoot, sourceFiles } from './support/frame/source-tree.js';

const page = read('docs/ARCHITECTURE.md');
const sources = sourceFiles('src/**/*.ts');

test('the code map names every folder of src once, and the rooms of core in their order', () => {
  const rows = [...page.matchAll(/^\| `(src[\w/]*)` \| /gmu)].map(([, folder]) => folder);
  const folders = new Set(sources.map(({ path }) => dirname(path)));
  expect(folders.size).toBeGreaterThan(40);
  expect(rows).toHaveLength(folders.size);
  expect(new Set(rows)).toEqual(folders);
  const rooms = rows.filter((folder) => /^src\/core\/[^/]+$/u.test(folder ?? ''));
  expect(rooms).toEqual(Object.keys(CORE_ROOMS).map((room) => `src/core/${room}`));
});

test('files that the page names are there', () => {
  const named = [...page.matchAll(/`((?:core|jobs|edge|cli|test)\/[\w/.-]+)`/gu)];
  expect(named.length).toBeGreaterThan(15);
  const missing = named.filter(([, name = '']) => {
    const path = name.startsWith('test/') ? name : `src/${name}`;
    return globSync(`${path}{,.ts}`, { cwd: projectRoot }).length === 0;
  });
  expect(missing.map(([name]) => name)).toEqual([]);
});

test('a table says what each dependency is for, and which files import it', () => {
  const start = page.indexOf('\n## Dependencies\n');
  expect(start).toBeGreaterThan(0);
  const rows = [...page.slice(start).matchAll(/^\| `([@\w/-]+)` \| [^|]+ \| ([^|]+) \|$/gmu)].map(
    ([, name = '', files = '']) => [
      name,
      [...files.matchAll(/`([^`]+)`/gu)].map(([, path]) => path),
    ],
  );
  const importers = dependencies().map((name) => [
    name,
    sources
      .filter((file) => importsOf(file).some(({ target }) => `${target}/`.startsWith(`${name}/`)))
      .map(({ path }) => path),
  ]);
  expect(importers.length).toBeGreaterThan(6);
  expect(rows).toEqual(importers);
});

function dependencies(): string[] {
  const manifest: unknown = JSON.parse(read('package.json'));
  const named = isDictionary(manifest) ? manifest['dependencies'] : undefined;
  return isDictionary(named) ? Object.keys(named) : [];
}

function read(path: string): string {
  return readFileSync(join(projectRoot, path), 'utf8');
}
