/** Installs the peers, on demand and aside from the product's packages. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { installPackages } from '../../test/support/deploy/packages.js';
import { installFromPyPi, type Installed } from '../../test/support/frame/python-packages.js';

const BENCH_FOLDER = join(import.meta.dirname, '..');

/** A peer's name with its pinned version, and how to get it. */
export interface PeerPackage {
  readonly name: string;
  /** Takes no time if it is there. */
  readonly install: () => Installed;
}

/** In bench/node_modules, by npm. */
export const DUCKDB: PeerPackage = {
  name: `DuckDB ${versionIn('package.json', /"@duckdb\/node-api": "([\d.]+)/u)}`,
  install: () => installPackages(BENCH_FOLDER),
};

/** In an environment of its own below .tools, by python3 and pip. */
export const POLARS: PeerPackage = {
  name: `polars ${versionIn('peers/requirements.txt', /polars==([\d.]+)/u)}`,
  install: () => installFromPyPi(import.meta.dirname),
};

function versionIn(file: string, pattern: RegExp): string {
  return pattern.exec(readFileSync(join(BENCH_FOLDER, file), 'utf8'))?.[1] ?? '';
}
