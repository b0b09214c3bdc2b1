/**
 * Makes a fresh clone runnable: installs the packages when they are missing or older than the lock
 * file, and checks that the pinned Node came with them. It needs no package and runs on whatever
 * Node the machine has, so it is plain JavaScript.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
const binFolder = path.join(root, 'node_modules', '.bin');
const pinnedNode = path.join(binFolder, 'node');
const NODE_MAJOR = 24;

if (!isInstalled()) install();
checkPinnedNode();

/** npm writes node_modules/.package-lock.json last, so it tells when the installation was completed. */
function isInstalled() {
  const written = path.join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(written) || !existsSync(pinnedNode)) return false;
  return statSync(written).mtimeMs >= statSync(path.join(root, 'package-lock.json')).mtimeMs;
}

function install() {
  console.error('installing the packages of package-lock.json (npm ci) …');
  const run = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    env: environmentWithoutOwnBin(),
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (run.status !== 0) {
    const found = run.error === undefined ? `exit code ${run.status}` : run.error.message;
    fail(`${root} npm ci: found ${found}, expected the packages of package-lock.json installed`);
  }
}

/** npm ci deletes node_modules first, and with it a Node that it would be running on. */
function environmentWithoutOwnBin() {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  const kept = folders.filter((folder) => path.resolve(folder) !== binFolder);
  return { ...process.env, PATH: kept.join(path.delimiter) };
}

function checkPinnedNode() {
  const run = spawnSync(pinnedNode, ['--version'], { encoding: 'utf8' });
  const found = run.status === 0 ? run.stdout.trim() : 'no Node that runs';
  if (found.startsWith(`v${NODE_MAJOR}.`)) return;
  fail(
    `${pinnedNode} version: found '${found}', expected v${NODE_MAJOR}: the package "node" fetches it in its ` +
      'install script; run "npm ci --ignore-scripts=false" where such scripts are off',
  );
}

function fail(message) {
  console.error(message);
  process.exit(2);
}
