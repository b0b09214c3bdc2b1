/**
 * A day's bars by the program that one would write first: csv-parse, JSON.parse and Number, one thread.
 * `node csv-parse-bars.ts RAW OUT DATE`; chunks may be compressed.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';

const DAY_SECONDS = 86_400;
const BAR_SECONDS = { '1s': 1, '1m': 60 };
const HEADER =
  'timestamp,open,high,low,close,vwap,vol_total,vol_buy,vol_sell,vol_delta,trade_count,avg_spread,imbalance_l20';

interface Bar {
  open: number;
  firstId: number;
  high: number;
  low: number;
  close: number;
  lastId: number;
  turnover: number;
  buy: number;
  sell: number;
  trades: number;
  spreads: number;
  imbalances: number;
  snapshots: number;
}

const [raw = '', out = '', date = ''] = process.argv.slice(2);
const firstSecond = Date.parse(`${date}T00:00:00Z`) / 1_000;
const bars = Object.values(BAR_SECONDS).map((seconds) =>
  Array.from({ length: DAY_SECONDS / seconds }, emptyBar),
);

for (const record of recordsOf('trades')) {
  for (const bar of barsAt(record['timestamp'])) addTrade(bar, record);
}
for (const record of recordsOf('depth')) {
  const found = barsAt(record['timestamp']);
  if (found.length > 0) addSnapshot(found, record);
}
for (const [index, [resolution, seconds]] of Object.entries(BAR_SECONDS).entries()) {
  const lines = linesOf(bars[index] ?? [], seconds);
  writeFileSync(`${out}/BTCUSDT_${date}_${resolution}.csv`, `${HEADER}\n${lines.join('\n')}\n`);
}

function* recordsOf(stream: string): Generator<Record<string, string>> {
  for (const path of globSync(`${raw}/BTCUSDT/${stream}/${date}/*`).toSorted()) {
    const bytes = readFileSync(path);
    const records: Record<string, string>[] = parse(
      path.endsWith('.gz') ? gunzipSync(bytes) : bytes,
      { columns: true },
    );
    yield* records;
  }
}

function barsAt(timestamp: string | undefined): Bar[] {
  const second = Math.floor(Number(timestamp) / 1_000) - firstSecond;
  return Object.values(BAR_SECONDS).flatMap((seconds, index) => {
    const bar = bars[index]?.[Math.floor(second / seconds)];
    return bar === undefined ? [] : [bar];
  });
}

/** Ids count up in the order of the exchange. */
function addTrade(bar: Bar, record: Record<string, string>): void {
  const price = Number(record['price']);
  const quantity = Number(record['quantity']);
  const id = Number(record['trade_id']);
  if (id < bar.firstId) [bar.open, bar.firstId] = [price, id];
  if (id > bar.lastId) [bar.close, bar.lastId] = [price, id];
  bar.high = Math.max(bar.high, price);
  bar.low = Math.min(bar.low, price);
  bar.turnover += price * quantity;
  if (record['is_buyer_maker'] === 'true') bar.sell += quantity;
  else bar.buy += quantity;
  bar.trades += 1;
}

function addSnapshot(found: readonly Bar[], record: Record<string, string>): void {
  const bids = levelsOf(record['bids']);
  const asks = levelsOf(record['asks']);
  const bidSum = bids.reduce((sum, [, quantity]) => sum + Number(quantity), 0);
  const askSum = asks.reduce((sum, [, quantity]) => sum + Number(quantity), 0);
  for (const bar of found) {
    bar.spreads += Number(asks[0]?.[0]) - Number(bids[0]?.[0]);
    bar.imbalances += bidSum / (bidSum + askSum);
    bar.snapshots += 1;
  }
}

function levelsOf(text = '[]'): [string, string][] {
  return JSON.parse(text) as [string, string][];
}

function linesOf(all: readonly Bar[], seconds: number): string[] {
  let last = Number.NaN;
  return all.map((bar, index) => {
    const time = new Date((firstSecond + index * seconds) * 1_000).toISOString();
    const { open, high, low, close, turnover, buy, sell, trades } = bar;
    if (trades > 0) last = close;
    const volume = buy + sell;
    const prices =
      trades > 0
        ? [open, high, low, close, rounded(turnover / volume)]
        : [last, last, last, last, last];
    const volumes = [volume, buy, sell, buy - sell].map(rounded);
    const means = [bar.spreads, bar.imbalances].map((sum) =>
      bar.snapshots > 0 ? rounded(sum / bar.snapshots) : '',
    );
    const cells = [...prices, ...volumes, trades, ...means];
    return `${time.replace('.000', '')},${cells.map(String).join(',')}`.replaceAll('NaN', '');
  });
}

function rounded(value: number): number {
  return Number(value.toFixed(8));
}

function emptyBar(): Bar {
  return {
    open: Number.NaN,
    firstId: Number.POSITIVE_INFINITY,
    high: Number.NEGATIVE_INFINITY,
    low: Number.POSITIVE_INFINITY,
    close: Number.NaN,
    lastId: Number.NEGATIVE_INFINITY,
    turnover: 0,
    buy: 0,
    sell: 0,
    trades: 0,
    spreads: 0,
    imbalances: 0,
    snapshots: 0,
  };
}
