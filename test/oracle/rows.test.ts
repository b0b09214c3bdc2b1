/** Which objects the oracle can read, and the one outcome of every row. */
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  book,
  chunk,
  chunkName,
  date,
  dayOf,
  dayStartMs,
  depthHeader,
  levels,
  objectOf,
  trade,
  tradesHeader,
  tradesWithIdHeader,
} from '../support/oracle/raw-text.js';

const good = trade(0, '100', '1');
const bids = levels(100, -1, '1');
const asks = levels(101, 1, '1');

function tradeLines(lines: string[]): { malformed: number; used: number; unreadable: number } {
  const day = dayOf([chunk('trades', 0, lines)]);
  const { malformed, used } = day.counts.trades;
  return { malformed, used, unreadable: day.unreadable.length };
}

describe('an unreadable chunk', () => {
  const truncated = gzipSync(`${tradesHeader}\n${good}\n`).subarray(0, -9);
  it.each([
    ['is empty', ''],
    ['is blank', '\n\r\n\n'],
    ['is gzip of nothing', gzipSync('').toString('latin1')],
    ['is a truncated gzip', truncated.toString('latin1')],
    ['is a gzip header alone', '\u001f\u008b'],
    ['lacks a required column', `timestamp,price,quantity\n${good}\n`],
    ['has two synonyms of a column', `T,time,price,quantity,is_buyer_maker\n1,${good}\n`],
    ['has a tab in its header', `${tradesHeader},a\tb\n${good},\n`],
    ['has two symbols', `${tradesHeader},s\n${good},BTCUSDT\n${good},\n`],
    ['names a column with a space', `timestamp, price,quantity,is_buyer_maker\n${good}\n`],
    ['repeats a required column', `${tradesHeader},price\n${good},1\n`],
    ['repeats an optional column', `${tradesHeader},event_time,event_time\n${good},,\n`],
    [
      'has a second byte-order mark',
      `\u00ef\u00bb\u00bf\u00ef\u00bb\u00bf${tradesHeader}\n${good}\n`,
    ],
    ['has too short a first line without header', `${dayStartMs},1,1\n`],
    ['has too long a first line without header', `${good},,,,,\n`],
    ['opens with a broken line', `${tradesHeader},"x\n${good}\n`],
    ['opens with a broken row', `${good},"x\n${good}\n`],
    ['opens with too long a line', `${tradesHeader},${'x'.repeat(1024 * 1024)}\n${good},\n`],
    ['mixes units', `${tradesHeader}\n${good}\n${dayStartMs}000,100,1,true\n`],
    ['is garbage', '\u0000\u0001\u0002\u00ff'],
  ])('%s', (_, text) => {
    const name = chunkName('trades', 0);
    const day = dayOf([objectOf(name, text)]);
    expect(day.unreadable).toEqual([name]);
    expect(day.counts.trades.rows).toBe(0);
    expect(day.status).toBe('empty');
  });

  it('is not a chunk that mixes units only in malformed rows', () => {
    expect(tradeLines([tradesHeader, good, `${dayStartMs}000,x,1,true`])).toEqual({
      malformed: 1,
      used: 1,
      unreadable: 0,
    });
  });
});

describe('a readable chunk', () => {
  it.each([
    ['header', [tradesHeader, good]],
    ['no header', [good]],
    ['no header, a quoted first field', [`"${dayStartMs}",100,1,"true"`]],
    ['no header, all columns', [`${good},7,MARKET,${dayStartMs},`]],
    ['byte-order mark', [`\u00ef\u00bb\u00bf${tradesHeader}`, good]],
    ['carriage returns and blank lines', ['', `${tradesHeader}\r`, '\r', `${good}\r`]],
    ['other order', ['is_buyer_maker,quantity,price,timestamp', `true,1,100,${dayStartMs}`]],
    ['unknown columns, repeated', [`x,${tradesHeader},x,update_id`, `,${good},"a,b",`]],
    ['microseconds', [tradesHeader, `${dayStartMs}999,100,1,TRUE`]],
    ['nanoseconds', [tradesHeader, `${dayStartMs}999999,100,1,0`]],
    ['a bad receive_time', [`${tradesHeader},receive_time`, `${good},soon`]],
    ['names in another case', ['Timestamp,PRICE,QTY,isBuyerMaker', good]],
    ['letters and the side', ['T,p,q,Side,a', `${dayStartMs},1,1,SELL,7`]],
    ['synonyms beside the names', [`${tradesHeader},T,T,side`, `${good},,,`]],
    ['its header again and more returns', [`${tradesHeader}\r\r`, tradesHeader, `${good}\r\r\r`]],
  ])('may have: %s', (_, lines) => {
    expect(tradeLines(lines)).toEqual({ malformed: 0, used: 1, unreadable: 0 });
  });

  it('may lack the last line feed and be a gzip of several members', () => {
    const content = Buffer.concat([gzipSync(`${tradesHeader}\n`), gzipSync(`${good}\n${good}`)]);
    const day = dayOf([{ name: chunkName('trades', 0), content }]);
    expect(day.counts.trades.used).toBe(2);
  });

  it('is found by its name alone', () => {
    const text = `${tradesHeader}\n${good}\n`;
    const day = dayOf([
      objectOf(chunkName('trades', 0, '.txt'), text),
      objectOf(chunkName('trades', 0, '_.csv'), text),
      objectOf(chunkName('trades', 0, '_a_b.csv'), text),
      objectOf(`BTCUSDT/trades/${date}/24-00.csv`, text),
      objectOf(`BTCUSDT/trades/${date}/00-60.csv`, text),
      objectOf(`XBTCUSDT/trades/${date}/00-00.csv`, text),
      objectOf(chunkName('trades', 1, '_a-1.csv.gz'), text),
    ]);
    expect(day.counts.trades.rows).toBe(1);
  });
});

describe('a malformed row', () => {
  it.each([
    `${good},`,
    `${dayStartMs},100,1`,
    ` ${good}`,
    `${good}"`,
    `"${good}`,
    `${dayStartMs},100,1,yes`,
    `${dayStartMs},100,1,`,
    `${dayStartMs},100,1, true`,
    `${dayStartMs},,1,true`,
    `${dayStartMs},100,1e-19,true`,
    `12345678901234,100,1,true`,
    `-709337600000,100,1,true`,
    ' ',
  ])('is %j', (line) => {
    expect(tradeLines([tradesHeader, good, line])).toEqual({
      malformed: 1,
      used: 1,
      unreadable: 0,
    });
  });

  it('is kept with object, line and column, up to ten per stream; more than ten and the share fail the day', () => {
    const bad = Array.from({ length: 11 }, () => `${dayStartMs},x,1,true`);
    const day = dayOf([chunk('trades', 0, [tradesHeader, '', good, ...bad])]);
    expect(day.malformedFirst).toHaveLength(10);
    expect(day.malformedFirst[0]).toMatchObject({
      object: chunkName('trades', 0),
      line: 4,
      column: 'price',
      found: 'x',
    });
    expect(day.status).toBe('failed');
    expect(dayOf([chunk('trades', 0, [good, ...bad])], { malformedMax: 0.92 }).status).toBe(
      'partial',
    );
    expect(dayOf([chunk('trades', 0, [good, ...bad.slice(1)])]).status).toBe('partial');
  });
});

describe('the outcome of a row', () => {
  const header = `${tradesWithIdHeader},exec_type`;

  it('is the first that applies, for trades', () => {
    const day = dayOf([
      chunk('trades', 0, [
        header,
        trade(-1, '0', '1', 'true', '1', 'ADL'),
        trade(0, '0', '1', 'true', '1', ''),
        trade(0, '-0.0', '1', 'true', '1', ''),
        trade(0, '1', '-1', 'true', '1', ''),
        trade(0, '1', '1', 'true', '1', 'ADL'),
        trade(0, '1', '1', 'true', '1', 'market'),
        trade(0, '1', '1', 'true', '1', 'RPI'),
        trade(0, '1', '1', 'true', '1', 'MARKET'),
        trade(0, '1', '1', 'true', '01', ''),
        trade(0, '1', '1', 'true', '', ''),
        trade(0, '1', '1', 'true', '', ''),
        trade(86_400_000, '1', '1', 'true', '1', ''),
        trade(86_399_999, '1', '1', 'true', '2', ''),
      ]),
    ]);
    expect(day.counts.trades).toEqual({
      rows: 13,
      malformed: 0,
      neighbour: 2,
      excluded: 5,
      duplicate: 1,
      one_sided: 0,
      unordered: 0,
      crossed: 0,
      short: 0,
      used: 5,
    });
  });

  it('is the first that applies, for depth', () => {
    const zero = [['101', '0']];
    const day = dayOf([
      chunk('depth', 0, [
        `${depthHeader},update_id`,
        book(-1, [], [], '1'),
        book(0, [], zero, '1'),
        book(0, [], asks, '1'),
        book(0, bids, asks, '1'),
        book(0, bids, asks, ''),
        book(1, bids, asks, '1'),
        book(2, bids, levels(100, 1, '1'), '2'),
        book(3, bids, levels(99, 1, '1', 5), '3'),
        book(4, bids, levels(101, 1, '1', 19), '4'),
        book(5, levels(100, -1, '1', 5), asks, '5'),
        book(6, bids, [...asks, ['200', '1']], '6'),
      ]),
    ]);
    expect(day.counts.depth).toEqual({
      rows: 11,
      malformed: 1,
      neighbour: 1,
      excluded: 1,
      duplicate: 1,
      one_sided: 1,
      unordered: 0,
      crossed: 2,
      short: 2,
      used: 2,
    });
    expect(day.levelsSeen).toEqual([5, 19, 20]);
  });

  it('makes the later chunk the duplicate, whatever its time', () => {
    const day = dayOf([
      chunk('trades', 1, [header, trade(1000, '7', '1', 'true', 'a', '')]),
      chunk('trades', 0, [header, trade(2000, '8', '1', 'true', 'a', '')]),
    ]);
    expect(day.counts.trades.duplicate).toBe(1);
    expect(day.bars.get('1m')).toContain('\n2024-03-02T00:00:00Z,8,8,8,8,8,1,0,1,-1,1,,\n');
  });
});

describe('several objects of one chunk minute', () => {
  const withId = [tradesWithIdHeader, trade(0, '1', '1', 'true', '1')];
  const withoutId = [tradesHeader, trade(0, '1', '1', 'true')];
  const minute = `trades/${date}/00-00`;

  it('are read once if their content is the same, gzipped or not', () => {
    const content = gzipSync(`${withoutId.join('\n')}\n`);
    const day = dayOf([
      chunk('trades', 0, withoutId),
      { name: chunkName('trades', 0, '_b.csv'), content },
      chunk('trades', 1, withoutId),
    ]);
    expect(day.counts.trades.used).toBe(2);
    expect(day.overlapUnresolved).toEqual([]);
  });

  it.each([
    ['a row lacks its id', withId, withoutId, [minute]],
    ['all have their ids', withId, [...withId, trade(1, '1', '1', 'true', '2')], []],
    ['one has a header alone', [tradesHeader], withoutId, []],
    ['one is unreadable', ['timestamp'], withoutId, []],
    ['one has malformed rows alone', [tradesHeader, 'x,1,1,true'], withoutId, []],
  ])('are unresolved or not where %s', (_, a, b, unresolved) => {
    const day = dayOf([chunk('trades', 0, a), chunk('trades', 0, b, '_b.csv')]);
    expect(day.overlapUnresolved).toEqual(unresolved);
    expect(day.counts.trades.used).toBeGreaterThan(0);
  });
});
