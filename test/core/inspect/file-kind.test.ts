/** The kind of a file, by its first line or its name. */
import { expect, test } from 'vitest';
import { dateInName, fileKind } from '../../../src/core/inspect/file-kind.js';

const NAMES = { trades: 'trades', depth: 'depth' };
const kindOf = (name: string, firstLine: string): string | undefined =>
  fileKind({ name, firstLine, fields: firstLine.split(','), columns: [], streamNames: NAMES });

test.each([
  ['a report by its name', 'aggregated/X/2025-12-11_quality.json', '', 'json'],
  ['a report by its content', 'x', '{', 'json'],
  ['bars by their header', 'depth/x.csv', 'timestamp,open,high,low,close,vwap', 'bars'],
  ['signals by their header', 'trades/x.csv', 'timestamp,fill_reason,cvd', 'signals'],
  ['patterns by their header', 'x.csv', 'confirmed,pattern,direction,from,price', 'patterns'],
  ['bars by their name', 'X/2025-12-11_1m.csv', '', 'bars'],
  ['signals by their header', 'trades/x.csv', 'timestamp,fill_reason,quote_total', 'signals'],
  ['signals by their name', 'X/2025-12-11_1s_signals.csv.gz', '', 'signals'],
  ['patterns by their header', 'x.csv', 'confirmed,pattern,direction,from', 'patterns'],
  ['patterns by their name', 'X/2025-12-11_patterns.csv', '', 'patterns'],
  ['a chunk by its folder', 'X/trades/2025-12-11/09-31.csv', '', 'trades'],
  ['a chunk by the nearest folder', '/data/trades/X/depth/2025-12-11/09-31.csv.gz', 'x', 'depth'],
  ['a chunk by its header', '09-31.csv', 'timestamp,price,quantity,is_buyer_maker', 'trades'],
  ['a book by its header', '09-31.csv', 'asks,bids,timestamp', 'depth'],
  ['trades by letters', 'x.csv', 'e,E,T,s,t,p,q,X,m', 'trades'],
  ['trades of another market by letters', 'x.csv', 'e,E,s,t,p,q,b,a,T,m,M', 'trades'],
  ['a book by letters', 'x.csv', 'e,E,T,s,U,u,pu,b,a', 'depth'],
  ['trades by their first row', '09-31.csv', '1582329600000,9681.39,0.1,TRUE', 'trades'],
  ['books by their first row', '09-31.csv', '1582329600000,[],[]', 'depth'],
  ['klines for nothing known', 'k.csv', 'open_time,open,high,low,close,volume', undefined],
  ['anything else for nothing known', 'x', 'hello', undefined],
])('takes %s', (_name, name, firstLine, kind) => {
  expect(kindOf(name, firstLine)).toBe(kind);
});

test("takes the date nearest to the file's own name", () => {
  expect(dateInName('gs://b-2024-01-01/X/trades/2025-12-11/09-31.csv')).toBe('2025-12-11');
  expect(dateInName('09-31.csv')).toBeUndefined();
  expect(dateInName('2025-13-11.csv')).toBeUndefined();
});

test('takes a chunk by the folder that the recording calls so', () => {
  const streamNames = { trades: 'aggTrade', depth: 'trades' };
  const signs = { firstLine: '', fields: [], columns: [], streamNames };
  expect(fileKind({ ...signs, name: 'X/aggTrade/09.csv' })).toBe('trades');
  expect(fileKind({ ...signs, name: 'X/trades/09.csv' })).toBe('depth');
});
