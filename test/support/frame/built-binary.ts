/**
 * Checks before the tests that dist is the build of these sources: tests of the command line run
 * dist, all others the sources. It builds nothing; the npm scripts do.
 */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../../..');
const NODE_MAJOR_MIN = 22;

export function setup(): void {
  if (Number.parseInt(process.versions.node, 10) < NODE_MAJOR_MIN) {
    throw new Error(
      `${process.execPath} version: found ${process.version}, expected the pinned Node (npm test, or npx vitest)`,
    );
  }
  const stale = firstStaleSource();
  if (stale === undefined) return;
  const notice = `dist is older than src/${stale}: tests of the command line run an earlier build (npm run build)`;
  if (process.env['CI'] !== undefined) throw new Error(notice);
  process.stderr.write(`${notice}\n`);
}

/** The compiler touches its build info whenever it has looked at a change, so that is the time of the build. */
function firstStaleSource(): string | undefined {
  const restBuiltMs = modifiedMs(join(root, 'dist/.rest.tsbuildinfo'));
  const pureBuiltMs = modifiedMs(join(root, 'dist/.pure.tsbuildinfo'));
  return readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .find((name) => {
      const isPure = name.startsWith('core') || name.startsWith('jobs');
      return modifiedMs(join(root, 'src', name)) > (isPure ? pureBuiltMs : restBuiltMs);
    });
}

function modifiedMs(path: string): number {
  return existsSync(path) ? statSync(path).mtimeMs : 0;
}
