/**
 * Makes the Python environment of `flowbars train` and `flowbars evaluate` in one command: `.tools/train` in
 * this package, from the exact versions and hashes of requirements.txt. --tests adds what their tests need;
 * --extra makes another environment, for a foundation model that brings its own packages. It runs in a clone
 * and in an installed package alike, so it is plain JavaScript without packages.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const PYTHON_MINOR_MIN = 11;
const INSTALL_MS_MAX = 60 * 60 * 1000;
const EXTRAS = ['chronos', 'moirai'];
/** The machine's own Python first: it is the one that its owner keeps up to date. */
const CANDIDATES = ['python3', 'python3.13', 'python3.12', 'python3.11', 'python3.14', 'python'];

/** What is set for another Python keeps this one from starting, and it imports nothing from the current folder. */
const env = {
  ...Object.fromEntries(Object.entries(process.env).filter(([key]) => !key.startsWith('PYTHON'))),
  PYTHONSAFEPATH: '1',
};
const folder = path.dirname(fileURLToPath(import.meta.url));
const isWindows = process.platform === 'win32';
const { name, list, covers } = chosen(process.argv.slice(2));
const environment = path.resolve(folder, '../../.tools', name);
const python = path.join(
  environment,
  ...(isWindows ? ['Scripts', 'python.exe'] : ['bin', 'python3']),
);
/** Written last: an environment without it was not finished and is made anew. */
const mark = path.join(environment, 'installed.json');

if (isReady())
  console.log(`${environment} is ready: ${versionOf(python)}, the packages of ${list}`);
else make();

/** Which environment, from which list, and which lists it then covers. */
function chosen(args) {
  const [option, extra, ...more] = args;
  const plain = { name: 'train', list: 'requirements.txt', covers: ['requirements.txt'] };
  if (option === undefined) return plain;
  const tests = 'requirements-test.txt';
  if (option === '--tests' && extra === undefined) {
    return { name: 'train', list: tests, covers: [...plain.covers, tests] };
  }
  const isExtra = option === '--extra' && EXTRAS.includes(extra) && more.length === 0;
  if (!isExtra) {
    const expected = `nothing, --tests, or --extra with ${EXTRAS.join(' or ')}`;
    fail('train:setup', 'arguments', `'${args.join(' ')}'`, expected, 2);
  }
  const extraList = `extras/requirements-${extra}.txt`;
  return { name: `train-${extra}`, list: extraList, covers: [extraList] };
}

function isReady() {
  if (!existsSync(mark) || versionOf(python) === undefined) return false;
  return JSON.parse(readFileSync(mark, 'utf8'))[list] === hashOf(list);
}

function make() {
  const base = process.env.FLOWBARS_PYTHON ?? CANDIDATES.find(isRecent);
  if (base === undefined || !isRecent(base)) {
    const found = base === undefined ? CANDIDATES : [base];
    fail(
      'train:setup',
      'Python',
      found.map((command) => `${command}: ${versionOf(command) ?? 'none'}`).join(', '),
      `Python 3.${PYTHON_MINOR_MIN} or newer: install one, or name it in FLOWBARS_PYTHON`,
    );
  }
  console.log(`making ${environment} with ${versionOf(base)} …`);
  rmSync(environment, { recursive: true, force: true });
  mkdirSync(environment, { recursive: true });
  const venv = 'an environment; Debian has it in the package python3-venv';
  run(base, ['-m', 'venv', environment], 'venv', venv);
  console.log(`installing the packages of ${list} (400 MB, an extra up to 6 GB) …`);
  const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
  // A list holds all that its packages bring; pip would not take `jax` for the `jax[cpu]` that one of them asks for.
  const exact = ['--no-deps', '--require-hashes', '--requirement', path.join(folder, list)];
  const index = `a package index that pip reaches and that has every package of ${list}`;
  run(python, [...install, ...exact], 'pip', index);
  const hashes = Object.fromEntries(covers.map((covered) => [covered, hashOf(covered)]));
  writeFileSync(mark, `${JSON.stringify(hashes)}\n`);
  console.log(`${environment} is ready`);
}

function hashOf(file) {
  return createHash('sha256')
    .update(readFileSync(path.join(folder, file)))
    .digest('hex');
}

/** `Python 3.11.7`; undefined where the command does not run. */
function versionOf(command) {
  const { status, stdout } = spawnSync(command, ['--version'], { encoding: 'utf8', env });
  return status === 0 ? stdout.trim() : undefined;
}

function isRecent(command) {
  const [, major, minor] = /^Python (\d+)\.(\d+)/u.exec(versionOf(command) ?? '') ?? [];
  return major === '3' && Number(minor) >= PYTHON_MINOR_MIN;
}

function run(command, args, what, expected) {
  const options = {
    encoding: 'utf8',
    env,
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
