/** Installs packages from PyPI into environments below .tools, once per list of versions. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';

/** Not from source-tree.ts: this file runs before any package is installed. */
const projectRoot = resolve(import.meta.dirname, '../../..');

const INSTALL_MS_MAX = 10 * 60 * 1000;

export type Installed = { readonly path: string } | { readonly reason: string };

/** The folder of the commands that the `requirements.txt` of `folder` gives; python3 is among them. */
export function installFromPyPi(folder: string): Installed {
  const requirements = join(folder, 'requirements.txt');
  const versions = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  const environment = join(projectRoot, '.tools', `${basename(folder)}-${versions.slice(0, 8)}`);
  const path = join(environment, 'bin');
  const mark = join(environment, 'installed');
  if (existsSync(mark)) return { path };
  rmSync(environment, { recursive: true, force: true });
  mkdirSync(environment, { recursive: true });
  const install = ['install', '--quiet', '--requirement', requirements];
  const reason =
    failureOf('python3', ['-m', 'venv', environment], folder) ??
    failureOf(join(path, 'pip'), install, folder);
  if (reason !== undefined) return { reason };
  writeFileSync(mark, '');
  return { path };
}

/** Why a command failed; undefined if it did not. */
export function failureOf(
  command: string,
  args: readonly string[],
  folder: string,
): string | undefined {
  const { error, status, stderr } = spawnSync(command, args, {
    cwd: folder,
    encoding: 'utf8',
    timeout: INSTALL_MS_MAX,
    env: { ...process.env, NODE_ENV: 'development' },
  });
  if (error === undefined && status === 0) return undefined;
  const said = error?.message ?? stderr.trim().split('\n').at(-1) ?? '';
  return `${[command, ...args].join(' ')}: ${said === '' ? `exit code ${status}` : said}`;
}
