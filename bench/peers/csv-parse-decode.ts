/** Decodes chunks as one would first: csv-parse, JSON.parse for the levels, Number for each value. */
import { parse } from 'csv-parse/sync';
import type { StreamName } from '../../src/core/rule/symbol-day.js';

type Levels = readonly [string, string][];

const VALUES_PER_ROW = 80;

/** Rows read. */
export function decodeWithCsvParse(stream: StreamName, bytes: Uint8Array): number {
  const records: Record<string, string>[] = parse(bytes, { columns: true });
  const values = new Float64Array(records.length * VALUES_PER_ROW);
  let next = 0;
  for (const record of records) {
    if (stream === 'trades') {
      values[next++] = Number(record['price']);
      values[next++] = Number(record['quantity']);
      continue;
    }
    for (const side of [record['bids'], record['asks']]) {
      for (const [price, quantity] of JSON.parse(side ?? '[]') as Levels) {
        values[next++] = Number(price);
        values[next++] = Number(quantity);
      }
    }
  }
  return records.length;
}
