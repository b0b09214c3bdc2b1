/**
 * Makes the Python environment of `flowbars train` and `flowbars evaluate` in one command: `.tools/train` in
 * this package, from the exact versions and hashes of requirements.txt; with --tests also what their tests
 * need. It runs in a clone and in an installed package alike, so it is plain JavaScript without packages.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const PYTHON_MINOR_MIN = 11;
const INSTALL_MS_MAX = 20 * 60 * 1000;
/** The machine's own Python first: it is the one that its owner keeps up to date. */
const CANDIDATES = ['python3', 'python3.13', 'python3.12', 'python3.11', 'python3.14', 'python'];

const folder = path.dirname(fileURLToPath(import.meta.url));
const environment = path.resolve(folder, '../../.tools/train');
const isWindows = process.platform === 'win32';
const python = path.join(
  environment,
  ...(isWindows ? ['Scripts', 'python.exe'] : ['bin', 'python3']),
);
/** Written last: an environment without it was not finished and is made anew. */
const mark = path.join(environment, 'installed.json');

const [argument, ...more] = process.argv.slice(2);
if ((argument !== undefined && argument !== '--tests') || more.length > 0) {
  fail('train:setup', 'arguments', `'${process.argv.slice(2).join(' ')}'`, 'none or --tests', 2);
}
const isForTests = argument === '--tests';
const requirements = hashOf('requirements.txt');
if (isReady()) {
  console.log(`${environment} is ready: ${versionOf(python)}, the packages of requirements.txt`);
} else {
  make();
}

function isReady() {
  if (!existsSync(mark) || versionOf(python) === undefined) return false;
  const made = JSON.parse(readFileSync(mark, 'utf8'));
  return made.requirements === requirements && (!isForTests || made.tests === hashOf(testList()));
}

function make() {
  const base = process.env.FLOWBARS_PYTHON ?? CANDIDATES.find(isRecent);
  if (base === undefined || !isRecent(base)) {
    const found = base === undefined ? CANDIDATES : [base];
    fail(
      'train:setup',
      'Python',
      found.map((name) => `${name}: ${versionOf(name) ?? 'none'}`).join(', '),
      `Python 3.${PYTHON_MINOR_MIN} or newer: install one, or name it in FLOWBARS_PYTHON`,
    );
  }
  console.log(`making ${environment} with ${versionOf(base)} …`);
  rmSync(environment, { recursive: true, force: true });
  mkdirSync(environment, { recursive: true });
  run(
    base,
    ['-m', 'venv', environment],
    'venv',
    'an environment; Debian has it in the package python3-venv',
  );
  const list = isForTests ? testList() : 'requirements.txt';
  console.log(`installing the packages of ${list} (about 400 MB) …`);
  const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
  const exact = [
    '--require-hashes',
    '--only-binary',
    ':all:',
    '--requirement',
    path.join(folder, list),
  ];
  run(
    python,
    [...install, ...exact],
    'pip',
    `a package index that pip reaches and that has every package of ${list}`,
  );
  const tests = isForTests ? hashOf(testList()) : null;
  writeFileSync(mark, `${JSON.stringify({ requirements, tests })}\n`);
  console.log(`${environment} is ready: flowbars train and flowbars evaluate use it`);
}

function testList() {
  return 'requirements-test.txt';
}

function hashOf(name) {
  return createHash('sha256')
    .update(readFileSync(path.join(folder, name)))
    .digest('hex');
}

/** `Python 3.11.7`; undefined where the command does not run. */
function versionOf(command) {
  const { status, stdout } = spawnSync(command, ['--version'], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

function isRecent(command) {
  const [, major, minor] = /^Python (\d+)\.(\d+)/u.exec(versionOf(command) ?? '') ?? [];
  return major === '3' && Number(minor) >= PYTHON_MINOR_MIN;
}

function run(command, args, what, expected) {
  const options = {
    encoding: 'utf8',
    timeout: INSTALL_MS_MAX,
    stdio: ['ignore', 'ignore', 'pipe'],
  };
  const { error, status, stderr } = spawnSync(command, args, options);
  if (error === undefined && status === 0) return;
  const said = error?.message ?? stderr.trim().split('\n').at(-1) ?? '';
  fail(environment, what, `'${said === '' ? `exit code ${status}` : said}'`, expected);
}

function fail(where, what, found, expected, exitCode = 1) {
  console.error(`${where} ${what}: found ${found}, expected ${expected}`);
  process.exit(exitCode);
}
