/** The version of this build: package.json's, and the git revision if the image has one. */
import { readFileSync } from 'node:fs';
import type { Environment } from './cloud-run.js';

/** Set when an image is built, and passed to the tasks of `flowbars run`. */
export const REVISION_VARIABLE = 'FLOWBARS_REVISION';

const PACKAGE_URL = new URL('../../../package.json', import.meta.url);

/** `0.1.0` or `0.1.0+1a2b3c4`, as reports and manifests list it. */
export function codeVersion(environment: Environment): string {
  const revision = environment[REVISION_VARIABLE] ?? '';
  return revision === '' ? packageVersion() : `${packageVersion()}+${revision}`;
}

function packageVersion(): string {
  const value: unknown = JSON.parse(readFileSync(PACKAGE_URL, 'utf8'));
  const found = typeof value === 'object' && value !== null && 'version' in value;
  return found ? String(value.version) : '';
}
