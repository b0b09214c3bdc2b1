/** The oracle's three readers of text: decimals, lines of RFC 4180, and book sides in JSON. */
import { describe, expect, it } from 'vitest';
import { fieldsOf, lineBytesMax, linesOf } from '../support/oracle/csv-line.js';
import { parseDecimalE18, plainText, roundHalfUp } from '../support/oracle/decimal.js';
import { levelsOf } from '../support/oracle/json-levels.js';

describe('a decimal', () => {
  it.each([
    ['63960.00', '63960'],
    ['0.132', '0.132'],
    ['007.50', '7.5'],
    ['0', '0'],
    ['-0', '0'],
    ['-0.0e5', '0'],
    ['-1.5', '-1.5'],
    ['1e5', '100000'],
    ['1E+5', '100000'],
    ['1e-7', '0.0000001'],
    ['12.5e0', '12.5'],
    ['12.5e000000000000000001', '125'],
    ['0e999999999', '0'],
    ['0e99999999999999999999', '0'],
    ['0.000e-999999999', '0'],
    ['999999999999999999.999999999999999999', '999999999999999999.999999999999999999'],
    ['000999999999999999999', '999999999999999999'],
    ['1.000000000000000000000000', '1'],
    ['1e17', '100000000000000000'],
    ['0.1e18', '100000000000000000'],
    ['1e-18', '0.000000000000000001'],
    ['10e-19', '0.000000000000000001'],
    ['0.00000000000000000000001e5', '0.000000000000000001'],
    [`1${'0'.repeat(30)}e-30`, '1'],
  ])('%s is read as %s', (text, plain) => {
    const value = parseDecimalE18(text);
    expect(value).toBeDefined();
    expect(plainText(value ?? -1n, 18)).toBe(plain);
  });

  it.each(
    [
      ['', ' 1', '1 ', '+1', '.5', '1.', '-', '--1', '1e', '1e+', '1e1.5', '1_000', '0x10', 'NaN'],
      ['Infinity', '1,5', '1\r', '١', '1e18', '1e-19', '1000000000000000000', '10e17', '5e-19'],
      ['0.0000000000000000001', '1e999999999', '1e-999999999', '1e99999999999999999999'],
      ['1234567890123456789012345678901234567890', '-1000000000000000000', '1.5\n'],
    ].flat(),
  )('%j is malformed', (text) => {
    expect(parseDecimalE18(text)).toBeUndefined();
  });

  it('rounds half up, and only an exact half', () => {
    expect(roundHalfUp(5n, 10n)).toBe(1n);
    expect(roundHalfUp(4999n, 10_000n)).toBe(0n);
    expect(roundHalfUp(15n, 10n)).toBe(2n);
    expect(roundHalfUp(25n, 10n)).toBe(3n);
    expect(roundHalfUp(0n, 3n)).toBe(0n);
  });
});

describe('a line', () => {
  it.each([
    ['a,b,c', ['a', 'b', 'c']],
    ['a,,', ['a', '', '']],
    [' a , b', [' a ', ' b']],
    ['"a,b",c', ['a,b', 'c']],
    ['"a""b",""', ['a"b', '']],
    ['a\rb', ['a\rb']],
  ])('%j has the fields %j', (line, fields) => {
    expect(fieldsOf(line)).toEqual(fields);
  });

  it.each(['a"b', 'a,b"', '"a', '"a"b', '"a" ,b', '"a""', ' "a"', 'a,"'])(
    '%j is not RFC 4180',
    (line) => {
      expect(fieldsOf(line)).toBeUndefined();
    },
  );

  it('may have exactly the longest length', () => {
    expect(fieldsOf('x'.repeat(lineBytesMax))).toHaveLength(1);
    expect(fieldsOf('x'.repeat(lineBytesMax + 1))).toBeUndefined();
  });

  it('has a number that counts blank lines, and loses its carriage returns', () => {
    expect(linesOf('\u00ef\u00bb\u00bfa\r\n\n\r\nb\r\r\nc\r')).toEqual([
      { number: 1, text: 'a' },
      { number: 4, text: 'b' },
      { number: 5, text: 'c' },
    ]);
  });
});

describe('a side of a book', () => {
  const one = [{ priceE18: 15n * 10n ** 17n, quantityE18: 2n * 10n ** 18n }];

  it.each([
    '[["1.5","2"]]',
    '[[1.5,2]]',
    ' [ [\t"1.50" , 2.0\r] ] ',
    '[[15e-1,"0.2E+1"]]',
    '[["\\u0031.5","2"]]',
    '[["01.5","2"]]',
  ])('%s is one level', (text) => {
    expect(levelsOf(text)).toEqual(one);
  });

  it('may be empty, and may hold 20 levels but not 21', () => {
    expect(levelsOf('[]')).toEqual([]);
    expect(levelsOf(' [ ] ')).toEqual([]);
    expect(levelsOf(`[${Array(20).fill('[1,2]').join(',')}]`)).toHaveLength(20);
    expect(levelsOf(`[${Array(21).fill('[1,2]').join(',')}]`)).toBeUndefined();
  });

  it.each(
    [
      ['', '[', ']', '[]]', '[] []', '{}', 'null', '[null]', '[[null,1]]', '[[true,1]]', '[1,2]'],
      ['[["1.5","2"],]', '[["1.5","2"],[]]', '[["1.5"]]', '[["1.5","2","3"]]', '[["1.5","2",]]'],
      ['[[01.5,2]]', '[[1.,2]]', '[[.5,2]]', '[[+1,2]]', '[[1e,2]]', '[[0x1,2]]', '[["x",2]]'],
      ['[["",2]]', '[[" 1",2]]', '[["1\\x",2]]', '[["1\\u00",2]]', '[["1","2]]', "[['1','2']]"],
      ['[["1\t","2"]]', '[[[1],2]]', '[[1e-19,2]]', '[[1000000000000000000,2]]', '[[1 2]]'],
      ['\u00a0[]', '[[1,2] [1,2]]', '[["1","2"]]x'],
    ].flat(),
  )('%j is malformed', (text) => {
    expect(levelsOf(text)).toBeUndefined();
  });
});
