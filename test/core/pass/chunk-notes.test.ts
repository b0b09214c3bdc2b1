/** The smallest recordings of foreign recorders: what is read of them, and what the report notes. */
import { expect, test } from 'vitest';
import { findingText } from '../../../src/core/finding/finding-list.js';
import { parseColumns } from '../../../src/core/rule/named-columns.js';
import { productDay } from '../../support/day/product-day.js';
import { oracleDay } from '../../support/oracle/oracle-day.js';
import {
  chunkName,
  date,
  dayStartMs,
  objectOf,
  symbol,
  tradesHeader,
} from '../../support/oracle/raw-text.js';

interface Expected {
  readonly volume: string;
  readonly close?: string;
  readonly notes?: readonly string[];
  readonly columns?: string;
}

const NO_IDS =
  /^ids_absent: no trade_id in \d+ of \d+ used rows? of trades: a trade that was recorded twice counts twice, and nobody can tell \(BTCUSDT\/trades\/2024-03-02\/00-00.csv\)$/;

/** One chunk of trades. The day's findings about chunks, and its volume and close as the oracle has them. */
async function check(text: string, { volume, close, notes = [], columns }: Expected) {
  const objects = [objectOf(chunkName('trades', 0), text)];
  const options = {
    symbol,
    date,
    resolutions: ['1d'],
    streams: 'trades' as const,
    columns: [...parseColumns(columns ?? 'none', 'test')],
  };
  const { bars, evidence } = await productDay(objects, options);
  const csv = bars.get('1d') ?? '';
  expect(csv).toBe(oracleDay(objects, options).bars.get('1d'));
  const [, row = ''] = csv.split('\n');
  expect(row.split(',')[6] ?? '').toBe(volume);
  if (close !== undefined) expect(row.split(',')[4]).toBe(close);
  // Of so few rows one repeated row is a large share.
  const besides = ['outage', 'unproven', 'no_data', 'trade_ids_missing', 'rows_unusable'];
  const found = evidence.findings.filter(({ code }) => !besides.includes(code)).map(findingText);
  expect(found.map((line) => (NO_IDS.test(line) ? 'no ids' : line))).toEqual(notes);
}

const T = dayStartMs;
const CHUNK = chunkName('trades', 0);

test('ids under another name make a reconnect overlap count once', async () => {
  const rows = [`${T},100,1,true,7`, `${T + 1},100,2,true,8`, `${T + 1},100,2,true,8`];
  await check(`timestamp,price,quantity,is_buyer_maker,tradeId\n${rows.join('\n')}\n`, {
    volume: '3',
  });
  await check(`T,p,q,m,a\n${rows.join('\n')}\n`, {
    volume: '3',
    notes: [
      `trades_aggregated: the ids in 1 chunk are those of aggregate trades: trade_count counts aggregates (${CHUNK})`,
    ],
  });
  await check(`timestamp,price,quantity,is_buyer_maker,no\n${rows.join('\n')}\n`, {
    volume: '5',
    notes: [
      `columns_ignored: columns of trades that were not read, in 1 chunk: 'no' (${CHUNK})`,
      'no ids',
    ],
  });
  await check(`timestamp,price,quantity,is_buyer_maker,no\n${rows.join('\n')}\n`, {
    volume: '3',
    columns: 'trades:no=trade_id',
  });
});

test('carriage returns before a line feed belong to the line end', async () => {
  const text = `${tradesHeader},trade_id\n${T},100,1,true,7\n\n${T},100,1,true,7\n`;
  await check(text.replaceAll('\n', '\r\r\n'), { volume: '1' });
});

test('a header inside a chunk is no row', async () => {
  const text = `${tradesHeader},trade_id\n${T},100,1,true,7\n`;
  await check(text + text.replace(',7', ',8'), { volume: '2' });
});

test('two symbols make the chunk unreadable, also where one is empty', async () => {
  for (const other of ['ETHUSDT', '']) {
    await check(`${tradesHeader},trade_id,s\n${T},1,1,true,1,BTCUSDT\n${T},9,1,true,2,${other}\n`, {
      volume: '0',
      notes: [
        `chunk_unreadable: column symbol: found 'BTCUSDT', and '${other}' in line 3, expected one symbol in a chunk (${CHUNK})`,
      ],
    });
  }
  // Rows that do not parse have no say.
  await check(`${tradesHeader},trade_id,s\n${T},1,1,true,1,BTCUSDT\n${T},9,1,true,2\n`, {
    volume: '1',
    notes: [`malformed_rows: 1 of 2 rows of trades are malformed (${CHUNK} line 3)`],
  });
});

test('a chunk that was cut in its last cell is named', async () => {
  const header = 'timestamp,is_buyer_maker,trade_id,quantity,price';
  await check(`${header}\n${T},true,1,1,123.826\n${T + 1},true,2,1,123`, {
    volume: '2',
    close: '123',
    notes: [
      `no_final_line_feed: 1 chunk of trades ends without a line feed: the last row may be cut, and is used if it can be read (${CHUNK})`,
    ],
  });
  await check(header, { volume: '0' });
  await check(`${header}\n${T},true,1,1,123.826\n\r`, { volume: '1' });
});

test('None, null and nan are empty ids and exec_types, and sides are words', async () => {
  const rows = ['None', 'null', 'NaN'].map((none) => `${T},100,1,Sell,${none},${none}`);
  await check(`time,price,size,SIDE,id,exec_type\n${rows.join('\n')}\n`, {
    volume: '3',
    notes: ['no ids'],
  });
});
