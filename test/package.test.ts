/**
 * The package as its users get it: packed, installed into an empty folder and run there, on the
 * pinned Node, on the oldest line that `engines` allows, and on one that is too old.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, type TestContext } from 'vitest';
import { nodeOfVersion, npm, pathWithoutOwnBin } from './support/frame/node-versions.js';
import { projectRoot, type RunResult, Workdir } from './support/workdir.js';

/** The oldest that `engines` allows, so that nothing newer is relied on. */
const NODE_22 = '22.0.0';
const NODE_20 = '20.19.0';
/** A registry, a download of Node and 150 packages on a slow line. */
const INSTALL_LIMIT_MS = 10 * 60_000;
const DATE = '2025-12-20';

const workdir = new Workdir();
let unavailable: string | undefined;

beforeAll(() => {
  const packed = npm(projectRoot, ['pack', '--ignore-scripts', '--pack-destination', workdir.root]);
  expect(packed.code, packed.output).toBe(0);
  const tarball = workdir.files().find((name) => name.endsWith('.tgz'));
  expect(tarball).toMatch(/^flowbars-\d+\.\d+\.\d+\.tgz$/u);
  mkdirSync(workdir.path('empty'));
  workdir.write('empty/package.json', '{ "private": true }\n');
  const installed = npm(workdir.path('empty'), ['install', '--omit=dev', `../${tarball ?? ''}`]);
  if (installed.code !== 0) unavailable = installed.output;
}, INSTALL_LIMIT_MS);

afterAll(() => workdir.dispose());

test('the package holds the program, its documents and its Python, and neither other sources nor tests', (context) => {
  requirePackage(context);
  const names = workdir.files('empty/node_modules/flowbars');
  expect(names).toContain('dist/main.js');
  expect(names).toContain('LICENSE');
  expect(names).toContain('README.md');
  expect(names).toContain('src/train/__main__.py');
  expect(names).toContain('src/train/requirements.txt');
  expect(names).toContain('src/train/extras/requirements-chronos.txt');
  expect(names).toContain('src/train/setup.mjs');
  expect(names.filter((name) => /^(?:src\/(?!train\/)|test|bench|\.)/u.test(name))).toEqual([]);
  expect(names.filter((name) => name.endsWith('.tsbuildinfo'))).toEqual([]);
});

describe.for([
  ['the pinned Node', undefined],
  [`Node ${NODE_22}`, NODE_22],
] as const)('on %s the package', ([, version]) => {
  test('tells its version and its commands', { timeout: INSTALL_LIMIT_MS }, async (context) => {
    requirePackage(context);
    const node = requireNode(context, version);
    const told = await flowbars(node, ['--version']);
    expect(told).toEqual({
      code: 0,
      signal: undefined,
      stdout: `${packageVersion()}\n`,
      stderr: '',
    });
    const help = await flowbars(node, ['--help']);
    expect(help.stderr).toBe('');
    expect(help.stdout).toContain('flowbars');
    expect(help.code).toBe(0);
  });

  test('aggregates a sample, and the second time finds nothing to do', async (context) => {
    requirePackage(context);
    const node = requireNode(context, version);
    const [raw, out] = [`raw-${version ?? 'pinned'}`, `out-${version ?? 'pinned'}`];
    const sample = ['sample', '--raw', raw, '--symbols', 'BTCUSDT', '--date', DATE];
    // All that a run makes is asked of the oldest Node alone.
    const products = version === undefined ? ['--resolutions', '1m', '--outputs', 'bars'] : [];
    const day = ['--symbols', 'BTCUSDT', '--from', DATE];
    const run = ['run', '--raw', raw, '--out', out, ...day, ...products];
    const written = await flowbars(node, [...sample, '--minutes', '2']);
    expect(written.code, written.stderr).toBe(0);
    // Two minutes of a day are not a good day.
    const first = await flowbars(node, [...run, '--json']);
    expect(first.code, first.stderr).toBe(1);
    const bars = workdir.text(`empty/${out}/BTCUSDT/${DATE}_1m.csv`);
    expect(bars.split('\n')).toHaveLength(1 + 1440 + 1);
    const before = publishedFiles(out);
    const again = await flowbars(node, [...run, '--json']);
    expect(again.code, again.stderr).toBe(1);
    expect(again.stdout).toContain('unchanged');
    expect(publishedFiles(out)).toEqual(before);
  });
});

test(
  'on a Node that is too old says so in one line',
  { timeout: INSTALL_LIMIT_MS },
  async (context) => {
    requirePackage(context);
    const node = systemNodeBelow22() ?? requireNode(context, NODE_20);
    const refused = await flowbars(node, ['--version']);
    expect(refused.stdout).toBe('');
    expect(refused.stderr).toMatch(
      /^flowbars: \S+ version: found 'v\d+\.\d+\.\d+', expected v22 or newer, as in: npx .+ …\n$/u,
    );
    expect(refused.code).toBe(2);
    const [, remedy = ''] = /as in: (npx .+) …\n$/u.exec(refused.stderr) ?? [];
    const env = { PATH: `${dirname(node)}${delimiter}${pathWithoutOwnBin()}` };
    const place = { folder: 'empty', env };
    const mended = await workdir.spawn('sh', ['-c', `${remedy} --version`], place).result;
    expect(mended).toMatchObject({ code: 0, stdout: `${packageVersion()}\n` });
  },
);

/** Skips where there is no registry, but not in CI: a check that never runs is none. */
function requirePackage(context: TestContext): void {
  if (unavailable === undefined) return;
  if (process.env['CI'] !== undefined) throw new Error(unavailable);
  context.skip(`the package could not be installed: ${unavailable}`);
}

function requireNode(context: TestContext, version: string | undefined): string {
  if (version === undefined) return process.execPath;
  const node = nodeOfVersion(version);
  if ('path' in node) return node.path;
  if (process.env['CI'] !== undefined) throw new Error(node.unavailable);
  return context.skip(`Node ${version} could not be installed: ${node.unavailable}`);
}

/** Runs the bin as a shell does, through its link and `#!` line, with one Node first on PATH. */
async function flowbars(node: string, args: readonly string[]): Promise<RunResult> {
  const env = { PATH: `${join(node, '..')}${delimiter}${process.env['PATH'] ?? ''}` };
  const bin = workdir.path('empty/node_modules/.bin/flowbars');
  return await workdir.spawn(bin, args, { folder: 'empty', env }).result;
}

/** What readers see: everything but the records of the runs. */
function publishedFiles(out: string): Map<string, string> {
  const files = workdir.contents(`empty/${out}`);
  return new Map([...files].filter(([name]) => !name.startsWith('_manifest/')));
}

function packageVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'));
  return (manifest as { version: string }).version;
}

function systemNodeBelow22(): string | undefined {
  return pathWithoutOwnBin()
    .split(delimiter)
    .map((folder) => join(folder, 'node'))
    .find((path) => existsSync(path) && majorOf(path) < 22);
}

function majorOf(node: string): number {
  const run = spawnSync(node, ['--version'], { encoding: 'utf8' });
  return run.status === 0 ? Number.parseInt(run.stdout.slice(1), 10) : Number.NaN;
}
