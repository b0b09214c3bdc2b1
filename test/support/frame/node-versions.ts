/**
 * Other versions of Node than the one that runs the tests, from the npm registry, kept in .tools
 * between runs. Needs the registry.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../../..');
/** npm tries an unreachable registry again for many minutes, and the test waits without a sign of life. */
const NPM_MS_MAX = 5 * 60_000;

/** Path of the binary of one exact version, or why it is not available. */
export function nodeOfVersion(version: string): { path: string } | { unavailable: string } {
  const folder = join(root, '.tools', `node-${version}`);
  const path = join(folder, 'node_modules/.bin/node');
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true });
    const run = npm(folder, ['install', '--no-save', `node@${version}`]);
    if (run.code !== 0) return { unavailable: lastLine(run.output) };
  }
  const found = spawnSync(path, ['--version'], { encoding: 'utf8' });
  return found.stdout === `v${version}\n` ? { path } : { unavailable: `${path} does not run` };
}

/** Runs npm in a folder as a person would there, not as a part of the script that runs the tests. */
export function npm(folder: string, args: readonly string[]): { code: number; output: string } {
  const own =
    /^(?:npm_config_(?:local_prefix|prefix|global|omit|ignore_scripts)$|npm_package_|npm_lifecycle_|INIT_CWD$)/iu;
  const entries = Object.entries(process.env).filter(([name]) => !own.test(name));
  const env = { ...Object.fromEntries(entries), PATH: pathWithoutOwnBin() };
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error', '--prefix', folder];
  const options = { cwd: folder, env, encoding: 'utf8', timeout: NPM_MS_MAX } as const;
  const run = spawnSync('npm', [...args, ...quiet], options);
  const said = `${run.stdout}${run.stderr}${run.error?.message ?? ''}`;
  return { code: run.status ?? 1, output: said };
}

/** PATH without package folders, so that the machine's own Node and npm are found. */
export function pathWithoutOwnBin(): string {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.filter((folder) => !folder.includes('node_modules')).join(delimiter);
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
