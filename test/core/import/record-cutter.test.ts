/** Lines and objects out of pieces. */
import { describe, expect, test } from 'vitest';
import {
  IMPORT_RECORD_BYTES_MAX,
  lineCutter,
  objectCutter,
  type RecordCutter,
} from '../../../src/core/import/record-cutter.js';

function cut(cutter: RecordCutter, pieces: readonly string[]): string[] {
  const found: string[] = [];
  const take = (record: string, line: number): number => found.push(`${line} ${record}`);
  for (const piece of pieces) cutter.push(piece, take);
  cutter.end(take);
  return found;
}

describe('lines', () => {
  test('end with a line feed or with the file, after any carriage returns', () => {
    expect(cut(lineCutter('x'), ['\xef\xbb\xbfa\r', '\n\n\r\r\nb\r\r\n', 'c\rd'])).toEqual([
      '1 a',
      '4 b',
      '5 c\rd',
    ]);
  });

  test('that are too long are refused, however they come', () => {
    const long = 'x'.repeat(IMPORT_RECORD_BYTES_MAX);
    expect(cut(lineCutter('x'), [`${long}\n`])).toHaveLength(1);
    expect(() => cut(lineCutter('x'), ['a\n', long, 'x'])).toThrow(
      'x line 2 record: found more than 1048576 bytes',
    );
  });
});

describe('objects', () => {
  test.for(['{"a":"}]\\""} {"b":[{}]}\n{}', '[{"a":"}]\\""},\n{"b":[{}]},\n{}]'])(
    'of %s begin at their lines',
    (text) => {
      const whole = cut(objectCutter('x'), [text]);
      expect(whole.map((record) => record.slice(2))).toEqual(['{"a":"}]\\""}', '{"b":[{}]}', '{}']);
      expect(cut(objectCutter('x'), [...text])).toEqual(whole);
    },
  );

  test('that do not end, and what is none, are errors', () => {
    expect(() => cut(objectCutter('x'), ['{"a":1'])).toThrow(
      "x line 1 json: found 'the end of the file'",
    );
    expect(() => cut(objectCutter('x'), ['{}\nnull'])).toThrow("x line 2 json: found 'n'");
    expect(() => cut(objectCutter('x'), ['{"a":"', 'x'.repeat(IMPORT_RECORD_BYTES_MAX)])).toThrow(
      'x line 1 record',
    );
  });
});
