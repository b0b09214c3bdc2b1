/** Installs the check's npm packages into its own folder, once. */
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { failureOf, type Installed } from '../frame/python-packages.js';

/** In a folder of packages: the lock file of its installation. */
const MARK = '.installed-lock.json';

const NPM_FILES = ['package.json', 'package-lock.json', '.npmrc'];

/** The folder of the npm packages. Processes at once each install aside, and the first one's folder stays. */
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
