/** Installs the peers, on demand and aside from the product's packages. */
import { join } from 'node:path';
import { installPackages } from '../../test/support/deploy/packages.js';
import { installFromPyPi, type Installed } from '../../test/support/frame/python-packages.js';

/** The packages of bench/package.json. */
export function installDuckDb(): Installed {
  console.error('installing @duckdb/node-api into bench/node_modules, unless it is there …');
  return installPackages(join(import.meta.dirname, '..'));
}

/** The packages of requirements.txt, in an environment of their own. */
export function installPolars(): Installed {
  console.error('installing polars for python3 into .tools, unless it is there …');
  return installFromPyPi(import.meta.dirname);
}
