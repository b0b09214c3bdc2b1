/** The rows that a recorder stored, read without the product's decoder: ids by stream, in the order of names and lines. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** Ids by the name of the exchange's stream: `btcusdt@trade`. */
export type StoredIds = ReadonlyMap<string, readonly number[]>;

/** Where the id stands, from the end of a row: depth has commas in its cells. */
const ID_FROM_END: Readonly<Record<string, number>> = { trades: 4, depth: 3 };
const NAMES: Readonly<Record<string, string>> = { trades: 'trade', depth: 'depth20@100ms' };

export function storedIds(rawRoot: string): StoredIds {
  const found = new Map<string, number[]>();
  for (const name of chunkNames(rawRoot)) {
    const [symbol = '', stream = ''] = name.split('/');
    const key = `${symbol.toLowerCase()}@${NAMES[stream] ?? stream}`;
    const ids = found.get(key) ?? [];
    found.set(key, ids);
    for (const line of rowsOf(join(rawRoot, name))) ids.push(idOf(line, stream));
  }
  return found;
}

export function chunkNames(rawRoot: string): string[] {
  const files = readdirSync(rawRoot, { recursive: true, encoding: 'utf8' });
  return files.filter((name) => /\.csv(?:\.gz)?$/u.test(name)).sort();
}

function rowsOf(path: string): string[] {
  const bytes = readFileSync(path);
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('latin1');
  const [header = '', ...rows] = text.split('\n');
  if (!header.startsWith('timestamp,') || rows.pop() !== '') throw new Error(`${path}: no chunk`);
  return rows;
}

function idOf(row: string, stream: string): number {
  return Number(row.split(',').at(-(ID_FROM_END[stream] ?? 0)));
}

/** Arrival minus event time of each row, in milliseconds, by the clocks of two processes of one machine. */
export function storedLagsMs(rawRoot: string): Float64Array {
  const lags: number[] = [];
  for (const name of chunkNames(rawRoot)) {
    for (const line of rowsOf(join(rawRoot, name))) {
      const [receiveUs = '', eventMs = ''] = line.split(',').slice(-2);
      lags.push(Number(receiveUs) / 1_000 - Number(eventMs));
    }
  }
  return Float64Array.from(lags);
}
