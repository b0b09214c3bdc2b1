/**
 * Modules and packed rows for a page that asks for nothing else. The modules are those that the build left in
 * dist/page, and the chart library as its package ships it for browsers.
 */
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { PageKit } from '../../jobs/ports.js';

const compress = promisify<Uint8Array, { readonly level: number }, Buffer>(gzip);

const LEVEL_MOST = 9;
const CHARTS = 'lightweight-charts';
/** Beside the module that a bundler would take: the same with what that one imports. */
const CHARTS_FILE = './lightweight-charts.standalone.production.mjs';
/** From dist/edge/page and, in tests, from src/edge/page. */
const BUILT = new URL('../../../dist/page/', import.meta.url);
const MODULE_END = '.js';

export const pageKit: PageKit = { pack, modules };

async function pack(bytes: Uint8Array): Promise<string> {
  return (await compress(bytes, { level: LEVEL_MOST })).toString('base64');
}

async function modules(): Promise<ReadonlyMap<string, string>> {
  const charts = new URL(CHARTS_FILE, import.meta.resolve(CHARTS));
  const found = new Map([[CHARTS, await readFile(charts, 'utf8')]]);
  const names = await readdir(BUILT, { recursive: true });
  for (const name of names.filter((one) => one.endsWith(MODULE_END)).toSorted()) {
    const path = name.replaceAll('\\', '/');
    const code = await readFile(new URL(path, BUILT), 'utf8');
    found.set(`#page/${path.slice(0, -MODULE_END.length)}`, code);
  }
  return found;
}
