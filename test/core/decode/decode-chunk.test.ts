/** Hand-made chunks: which lines the kernel reads, which take the strict path, and the result of each. */
import { describe, expect, test } from 'vitest';
import {
  decodeChunk,
  DECODED_BYTES_MAX,
  LINE_BYTES_MAX,
} from '../../../src/core/decode/decode-chunk.js';
import { decode, oracleRows, productRows, strictRows } from './decoded.js';

const T = '1709337600000';
const TRADES = 'timestamp,price,quantity,is_buyer_maker';
const SCALES = { priceDecimals: 2, quantityDecimals: 3 };

interface Expected {
  readonly strict: number;
  readonly malformed?: number;
  readonly isWide?: boolean;
}

/** `lines` below a header with `columns`; the rows are those of the strict path and the oracle. */
function check(columns: string, lines: readonly string[], expected: Expected): void {
  const stream = columns.includes('bids') ? 'depth' : 'trades';
  const text = [columns, ...lines].map((line) => `${line}\n`).join('');
  const chunk = decode(stream, text, SCALES);
  expect(productRows(chunk)).toEqual(oracleRows(stream, text));
  expect(productRows(chunk)).toEqual(strictRows(stream, text));
  expect(chunk?.strictRows).toBe(expected.strict);
  expect(chunk?.malformed).toBe(expected.malformed ?? 0);
  expect(chunk?.batches[0]?.isWide).toBe(expected.isWide ?? false);
}

/** What the message about the first malformed row of a chunk of trades expects. */
function firstExpected(text: string): string | undefined {
  return decode('trades', text)?.malformedFirst[0]?.expected;
}

describe('a trade line', () => {
  test.for<[string, string, Expected]>([
    ['plain', `${T},63960.00,0.001,true`, { strict: 0 }],
    ['with few decimals', `${T},63960,1,false`, { strict: 0 }],
    ['padded past its scale', `${T},1.500000000000000000000000,1.000,true`, { strict: 0 }],
    ['with leading zeros', `${T},0063960.5,01,0`, { strict: 0 }],
    ['of 15 digits', `${T},9999999999999.99,1,true`, { strict: 0 }],
    ['of 16 digits', `${T},90071992547409.91,1,true`, { strict: 1 }],
    ['past 2^53 at its scale', `${T},90071992547409.92,1,true`, { strict: 1, isWide: true }],
    ['past 2^53 at the scale', `${T},999999999999999,1,true`, { strict: 1, isWide: true }],
    ['with more decimals', `${T},1.001,1,true`, { strict: 1 }],
    ['with an exponent', `${T},1e1,1e-3,true`, { strict: 0 }],
    ['with an exponent past its scale', `${T},1,1e-7,true`, { strict: 1 }],
    ['with zero', `${T},0.00,0.000,true`, { strict: 0 }],
    ['with a minus', `${T},-1,1,true`, { strict: 1 }],
    ['with TRUE', `${T},1,1,TRUE`, { strict: 0 }],
    ['with a quoted cell', `${T},"1",1,true`, { strict: 0 }],
    ['with a quote in a cell', `${T},"1""",1,true`, { strict: 1, malformed: 1 }],
    ['with a quote that stays open', `${T},1,1,"true`, { strict: 1, malformed: 1 }],
    ['with no point digits', `${T},1.,1,true`, { strict: 1, malformed: 1 }],
    ['with no whole digits', `${T},.5,1,true`, { strict: 1, malformed: 1 }],
    ['with a space', `${T}, 1,1,true`, { strict: 1, malformed: 1 }],
    ['with truer', `${T},1,1,truer`, { strict: 1, malformed: 1 }],
    ['with an epoch of seconds', `1709337600,1,1,true`, { strict: 1, malformed: 1 }],
    ['with a field less', `${T},1,1`, { strict: 1, malformed: 1 }],
    ['with a field more', `${T},1,1,true,`, { strict: 1, malformed: 1 }],
    ['with three carriage returns', `${T},1,1,true\r\r\r`, { strict: 0 }],
    ['with a carriage return in it', `${T},1,1,true\r\rx`, { strict: 1, malformed: 1 }],
    ['with one carriage return', `${T},1,1,true\r`, { strict: 0 }],
    ['that is blank', '', { strict: 0 }],
    ['that is carriage returns', '\r\r', { strict: 0 }],
    ['that is the header again', TRADES, { strict: 0 }],
    ['that is a space', ' ', { strict: 1, malformed: 1 }],
  ])('%s', ([, line, expected]) => {
    check(TRADES, [line], expected);
    check(TRADES, [`${T},1,1,true`, line, `${T},2,2,false`], {
      ...expected,
      strict: expected.strict + (expected.isWide === true ? 1 : 0),
    });
  });

  test.for<[string, string, Expected]>([
    ['plain', '15', { strict: 0 }],
    ['absent', '', { strict: 0 }],
    ['of 15 digits', '999999999999999', { strict: 0 }],
    ['of 16 digits', '9999999999999999', { strict: 1 }],
    ['beside 2^53', '9007199254740993', { strict: 1 }],
    ['with leading zero', '015', { strict: 1 }],
    ['that is text', 'a1', { strict: 1 }],
    ['with a space', '15 ', { strict: 1 }],
    ['that is quoted', '"15"', { strict: 0 }],
    ['None', 'None', { strict: 0 }],
    ['nan', 'nAn', { strict: 0 }],
    ['null in quotes', '"NULL"', { strict: 0 }],
    ['that is nearly None', 'Nones', { strict: 1 }],
  ])('with an id %s', ([, id, expected]) => {
    check(`${TRADES},trade_id`, [`${T},1,1,true,${id}`], expected);
    check(`${TRADES},note,trade_id,exec_type`, [`${T},1,1,true,,${id},RPI`], expected);
  });

  test('may have its columns in another order', () => {
    check('price,timestamp,quantity,is_buyer_maker', [`1,${T},1,true`, `2,${T},1,0`], {
      strict: 0,
    });
  });
});

/** The cell of a side with this many levels. */
function side(count: number): string {
  return `"[${Array.from({ length: count }, (_, n) => `[""${100 + n}.50"",""0.25""]`).join(',')}]"`;
}

describe('a depth line', () => {
  test.for<[string, string, Expected]>([
    ['with 20 levels', `${T},${side(20)},${side(20)}`, { strict: 0 }],
    ['with 1 and 0 levels', `${T},${side(1)},${side(0)}`, { strict: 0 }],
    ['with 21 bids', `${T},${side(21)},${side(20)}`, { strict: 1, malformed: 1 }],
    ['with 21 asks', `${T},${side(5)},${side(21)}`, { strict: 1, malformed: 1 }],
    ['with spaces', `${T},"[ [""1"", ""2""] ]","[]"`, { strict: 1 }],
    ['with numbers', `${T},"[[1.50,2e-3]]","[]"`, { strict: 0 }],
    ['with padded numbers', `${T},"[[01.5,2]]","[]"`, { strict: 1, malformed: 1 }],
    ['with padded strings', `${T},"[[""01.5"",""02""]]","[]"`, { strict: 0 }],
    ['with a string and a number', `${T},"[[""1.5"",2]]","[]"`, { strict: 1 }],
    ['with a blank after a comma', `${T},"[[1.5, 2]]","[]"`, { strict: 0 }],
    ['with an unquoted empty side', `${T},[],[]`, { strict: 0 }],
    ['with an escape', `${T},"[[""\\u0031"",""2""]]","[]"`, { strict: 1 }],
    ['with a pair of one', `${T},"[[""1""]]","[]"`, { strict: 1, malformed: 1 }],
    ['with an object', `${T},"{}","[]"`, { strict: 1, malformed: 1 }],
    ['with a trailing comma', `${T},"[[""1"",""2""],]","[]"`, { strict: 1, malformed: 1 }],
    ['with a zero quantity', `${T},"[[""1"",""0.000""]]","[]"`, { strict: 0 }],
    ['past 2^53', `${T},"[[""900719925474099.11"",""1""]]","[]"`, { strict: 1, isWide: true }],
    ['nested past any stack', `${T},"${'['.repeat(500_000)}","[]"`, { strict: 1, malformed: 1 }],
  ])('%s', ([, line, expected]) => {
    check('timestamp,bids,asks', [line], expected);
    check('timestamp,bids,asks,update_id', [`${T},${side(3)},${side(2)},7`, `${line},8`], expected);
  });
});

describe('a chunk', () => {
  test('is read by the kernel from the second row of its symbol on', () => {
    const rows = [
      `${T},1,1,true,BTCUSDT`,
      `${T},2,1,0,BTCUSDT`,
      `${T},x,1,0,ETHUSDT`,
      `${T},3,1,1,"BTCUSDT"`,
    ];
    check(`${TRADES},symbol`, rows, { strict: 2, malformed: 1 });
    check(`${TRADES},Symbol`, [`${T},1,1,true,`, `${T},1,1,true,`], { strict: 1 });
    const two = [`${TRADES},s`, ...rows, `${T},3,1,1,BTCUSD`].join('\n');
    expect([decode('trades', two), oracleRows('trades', two)]).toEqual([undefined, undefined]);
  });

  test('raises its scales where a row needs it and goes on in the kernel', () => {
    const lines = ['1.00', '1.50', '3.125', '1.25000', '7'].map((price) => `${T},${price},1,true`);
    const chunk = decode('trades', [TRADES, ...lines].join('\n'));
    expect(chunk?.strictRows).toBe(2);
    expect(chunk?.scales).toEqual({ priceDecimals: 3, quantityDecimals: 0 });
    expect(productRows(chunk)).toEqual(oracleRows('trades', [TRADES, ...lines].join('\n')));
  });

  test('with values beyond the safe integers passes no scales to the next', () => {
    const chunk = decode('trades', `${TRADES}\n${T},99999999999999999.5,1,true`);
    expect(chunk?.batches[0]?.isWide).toBe(true);
    expect(chunk?.scales).toEqual({ priceDecimals: 0, quantityDecimals: 0 });
  });

  test.for(['trades', 'depth'] as const)(
    'of %s with short lines outgrows its first room',
    (stream) => {
      const line = stream === 'trades' ? `${T},1,1,0` : `${T},"[]","[]"`;
      const text = `${line}\n`.repeat(1_000);
      const chunk = decode(stream, text);
      expect(chunk).toMatchObject({ strictRows: 0, rowsRead: 1_000 });
      expect(chunk?.batches[0]?.capacity).toBeGreaterThan(
        Math.ceil(text.length / (stream === 'trades' ? 40 : 640)),
      );
      expect(new Set(productRows(chunk)).size).toBe(1);
    },
  );

  test.for(['\n', '\r\n'])('takes a line of 1 MiB and refuses a longer one (%j)', (lineEnd) => {
    const start = `${T},1,1,true,`;
    const line = (bytes: number): string => start + 'x'.repeat(bytes - start.length);
    const lines = [`${TRADES},note`, line(LINE_BYTES_MAX), line(LINE_BYTES_MAX + 1), line(99)];
    const chunk = decode('trades', lines.map((text) => text + lineEnd).join(''));
    expect(chunk).toMatchObject({ rowsRead: 3, malformed: 1 });
    expect(chunk?.malformedFirst).toEqual([
      {
        stream: 'trades',
        object: 'o',
        line: 3,
        column: 'row',
        found: `a line of ${LINE_BYTES_MAX + 1} bytes`,
        expected: `at most ${LINE_BYTES_MAX}`,
      },
    ]);
  });

  test('says of a mistake that makes every row malformed what to do', () => {
    const epoch = '13, 16 or 19 digits: an epoch in ms, us or ns';
    const sideCalled = 'true, false, 1 or 0 (a column of buy and sell is a side: ';
    expect(firstExpected('7000000000,88000.1,0.596,52448.0596,1766235600031,false')).toBe(
      `${epoch} (the chunk has no header: put the line with its column names before it, or the columns in the order timestamp, price, quantity, is_buyer_maker)`,
    );
    expect(firstExpected(`${TRADES}\nx,1,1,true`)).toBe(epoch);
    expect(firstExpected(`${TRADES}\n${T},1,1,Sell`)).toBe(
      `${sideCalled}--columns trades:is_buyer_maker=side)`,
    );
    expect(firstExpected(`time,price,qty,m\n${T},1,1,buy`)).toBe(
      `${sideCalled}--columns trades:m=side)`,
    );
    expect(firstExpected(`${T},1,1,BUY`)).toBe(`${sideCalled}name it so in a header)`);
    expect(firstExpected(`${TRADES}\n${T},1,1,buyer`)).toBe('true, false, 1 or 0');
  });

  test('keeps the place of its first ten malformed rows and counts the rest', () => {
    const chunk = decode('trades', `\n${TRADES}\n\n${'x\n'.repeat(12)}`);
    expect(chunk).toMatchObject({ rowsRead: 12, malformed: 12 });
    expect(chunk?.malformedFirst.map(({ line }) => line)).toEqual([
      4, 5, 6, 7, 8, 9, 10, 11, 12, 13,
    ]);
  });

  test.for<[string, string]>([
    ['nothing', ''],
    ['blank lines', '\n\r\n'],
    ['lines that end with carriage returns alone', `timestamp,price\r${T},1\r`],
    ['a byte-order mark', '\u00ef\u00bb\u00bf'],
    ['another header', 'time,price\n'],
    ['a column twice', `${TRADES},price\n`],
    ['epochs of two units', `${TRADES}\n${T},1,1,0\n${T}000,1,1,0\n`],
    ['epochs of two units on both paths', `${TRADES}\n${T},1,1,0\n"${T}000",1,1,0\n`],
    ['a row that is longer than the table', `${T},1,1,0,1,RPI,1,1,1\n`],
    ['a first line past 1 MiB', `${T},1,1,0,${'x'.repeat(LINE_BYTES_MAX)}\n`],
    ['a first line that is no record', `${TRADES},"x\n`],
  ])('of %s is unreadable', ([, text]) => {
    expect(decode('trades', text)).toBeUndefined();
    expect(oracleRows('trades', text)).toBeUndefined();
  });
});

test('rows beyond the memory of one chunk make it unreadable, with a way out', () => {
  // The shortest snapshots: 24 bytes of text are 668 bytes of columns.
  const line = Buffer.from(`${T},"[]","[]"\n`);
  const lines = Buffer.alloc(line.length * Math.ceil(DECODED_BYTES_MAX / 640), line);
  const chunk = decodeChunk({
    stream: 'depth',
    object: 'o',
    bytes: lines,
    scales: SCALES,
    splitLine: (text) => text.split(','),
    columns: [],
  });
  expect(chunk).toEqual({
    what: 'size',
    found: 'more than 268435456 bytes of decoded rows',
    expected: 'at most 268435456: cut the file into minutes or hours',
  });
});
