/** Which lines of a chunk tell the shape that the kernels read its lines by. */
import { describe, expect, test } from 'vitest';
import { parseColumns } from '../../../src/core/rule/named-columns.js';
import { decode, oracleRows, productRows, strictRows } from './decoded.js';

const T = '1709337600000';
const SCALES = { priceDecimals: 2, quantityDecimals: 3 };

interface Expected {
  readonly strict: number;
  readonly malformed?: number;
}

describe('the shape of a chunk', () => {
  const plain = `${T},"[[1.5, 2], [1, 3]]","[[2, 2.25]]"`;

  test.for<[string, readonly string[], Expected]>([
    ['by its first row', [plain, plain, plain], { strict: 0 }],
    ['after rows without levels', [`${T},"[]","[]"`, `${T},[],[]`, plain, plain], { strict: 0 }],
    ['by the side that has levels', [`${T},"[]","[[2, 2.25]]"`, plain], { strict: 0 }],
    [
      'after malformed rows',
      ['', 'x', `${T},"[[","]]"`, plain, plain],
      { strict: 2, malformed: 2 },
    ],
    [
      'not after eight rows that do not fit',
      [...Array.from({ length: 8 }, () => 'x,1'), plain, plain],
      { strict: 10, malformed: 8 },
    ],
    [
      'anew where it changes, a few times',
      Array.from({ length: 9 }, () => [`${T},"[[""1"",""2""]]","[]"`, plain]).flat(),
      { strict: 5 },
    ],
  ])('is told %s', ([, lines, expected]) => {
    const text = ['timestamp,bids,asks', ...lines].join('\n');
    const chunk = decode('depth', text, SCALES);
    expect(productRows(chunk)).toEqual(oracleRows('depth', text));
    expect(productRows(chunk)).toEqual(strictRows('depth', text));
    expect(chunk).toMatchObject({
      strictRows: expected.strict,
      malformed: expected.malformed ?? 0,
    });
  });

  test('is that of no line whose header could be a row', () => {
    const columns = parseColumns(
      `trades:true=is_buyer_maker,7=price,1=quantity,${T}=timestamp`,
      'x',
    );
    const text = `true,7,1,${T}\nfalse,8,1,${T}\ntrue,7,1,${T}\n`;
    const chunk = decode('trades', text, SCALES, columns);
    expect(chunk).toMatchObject({ rowsRead: 1, strictRows: 1 });
    expect(productRows(chunk)).toEqual(oracleRows('trades', text, columns));
  });

  test('does not matter for what ends without a line feed, however short', () => {
    for (let length = 1; length <= 5; length++) {
      const text = `${`${T},1,1,0\n`.repeat(length)}${T},2,2,1`;
      for (let cut = 0; cut < 25; cut++) {
        const short = text.slice(0, text.length - cut);
        const chunk = decode('trades', short, SCALES);
        expect(productRows(chunk)).toEqual(oracleRows('trades', short));
      }
    }
  });
});
