/**
 * Removes from dist what a source no longer stands for, so that neither a test nor the package sees
 * a file of an earlier build; and all of it after a change of the compiler or its options, which
 * the compiler's own build info does not always notice. It compiles nothing.
 */
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
const dist = path.join(root, 'dist');
const BUILD_INFO = ['.pure.tsbuildinfo', '.rest.tsbuildinfo'];
const OPTIONS = [
  'package-lock.json',
  'tsconfig.base.json',
  'tsconfig.json',
  'src/tsconfig.json',
  'src/tsconfig.pure.json',
];
const COMPILED = /(?:\.d\.ts|\.js)(?:\.map)?$/u;

if (existsSync(dist)) {
  if (builtMs() < Math.max(...OPTIONS.map((name) => modifiedMs(path.join(root, name))))) {
    rmSync(dist, { recursive: true });
  } else {
    for (const name of staleNames()) rmSync(path.join(dist, name));
  }
}

function staleNames() {
  const names = readdirSync(dist, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => COMPILED.test(name) && !existsSync(sourceOf(name)));
}

function sourceOf(name) {
  return path.join(root, 'src', name.replace(COMPILED, '.ts'));
}

/** Zero, and so older than everything, where one of the projects was never built. */
function builtMs() {
  return Math.min(...BUILD_INFO.map((name) => modifiedMs(path.join(dist, name))));
}

function modifiedMs(file) {
  return existsSync(file) ? statSync(file).mtimeMs : 0;
}
