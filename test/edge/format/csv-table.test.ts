import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FlowbarsError } from '../../../src/core/unit/errors.js';
import { csvTables } from '../../../src/edge/format/csv-table.js';

const encode = (text: string) => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const read = (text: string) => csvTables.read(encode(text), 'x.csv');

describe('writing a table', () => {
  test('gives one header line, LF, and quotes only where needed', () => {
    const rows = [
      ['1', ''],
      ['a,b', '"'],
      ['é', 'x\r'],
    ];
    expect(decode(csvTables.write(['h', 'i'], rows))).toBe('h,i\n1,\n"a,b",""""\né,"x\r"\n');
  });

  test('takes rows from an iterator, also none', () => {
    const rows = new Set([['1'], ['2']]).values();
    expect(decode(csvTables.write(['h'], rows))).toBe('h\n1\n2\n');
    expect(decode(csvTables.write(['h'], []))).toBe('h\n');
  });

  test('is undone by reading', () => {
    const rows = fc.array(fc.array(fc.string(), { minLength: 2, maxLength: 5 }), { maxLength: 9 });
    fc.assert(
      fc.property(rows, (cells) => {
        expect(csvTables.read(csvTables.write(['h', 'i'], cells), 'x')).toEqual([
          ['h', 'i'],
          ...cells,
        ]);
      }),
    );
  });
});

describe('reading a table', () => {
  test('keeps every field as it is, whatever the lengths of the records', () => {
    expect(read('a,b\n 1 ,,3\n\nx')).toEqual([['a', 'b'], [' 1 ', '', '3'], [''], ['x']]);
  });

  test('knows both line ends and skips a byte-order mark', () => {
    expect(read('\uFEFFa,b\r\n1,2\r\n')).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
  });

  test('gives no record for no bytes', () => {
    expect(read('')).toEqual([]);
  });

  test.for(['a,b"c\n', '"a\n', '"a"b\n'])('refuses %j and says where', (text) => {
    expect(() => read(text)).toThrow(FlowbarsError);
    expect(() => read(text)).toThrow(/^x\.csv csv: found '.+', expected records by RFC 4180$/);
  });
});

describe('splitting a line', () => {
  test.for<[string, string[] | undefined]>([
    ['1,2,3', ['1', '2', '3']],
    ['', ['']],
    [',', ['', '']],
    [' a ,b\r', [' a ', 'b\r']],
    ['1,"[[""2"",""3""]]",', ['1', '[["2","3"]]', '']],
    ['"a,b",\u00e9', ['a,b', '\u00e9']],
    ['""', ['']],
    ['"a', undefined],
    ['a"b', undefined],
    ['"a"b', undefined],
    ['"a" ,b', undefined],
    ['a,"b"\r', undefined],
    ['"a"\0,b', undefined],
    ['"\0a""\0",b', ['\0a"\0', 'b']],
  ])('gives the fields of %j', ([line, fields]) => {
    expect(csvTables.splitLine(line)).toEqual(fields);
  });

  test('without quotes is what the library gives', () => {
    const line = fc.stringMatching(/^[^"\n\r]+$/u);
    fc.assert(
      fc.property(line, (text) => {
        expect([csvTables.splitLine(text)]).toEqual(parse(text, { record_delimiter: '\n' }));
      }),
    );
  });
});
