/**
 * Facts of the expression language, each with the section and the mark of the language reference that
 * it comes from: [doc], [sample], [src], [pract], [inf], or *refuse* where the real answer is not known.
 */
import { describe, expect, test } from 'vitest';
import { fateOf } from './run/run-source.js';

type Fact = readonly [mark: string, expression: string, fate: string];

const VALUES = {
  assign: [
    { m: { k: 1, 'a-b': 2, inner: { n: null } } },
    { l: [10, 20, 30] },
    { e: {} },
    { n: null },
  ],
};

const FACTS: readonly Fact[] = [
  ['2.2 doc', '4.5', '4.5'],
  ['2.2 doc', '"text"', '"text"'],
  [
    '2.2 src',
    String.raw`"a\"b\\c\n\u0041"`,
    String.raw`"a\"b\\cA"`.replace('cA', String.raw`c\nA`),
  ],
  ['2.2 doc', 'true', 'true'],
  ['2.2 doc', 'null', 'null'],
  ['2.2 sample', '[0, len(l) - 1]', '[0,2]'],
  ['2.2 doc', 'm.k + m["k"]', '2'],
  ['2.2 doc', 'm["a-b"]', '2'],
  ['2.2 doc', 'l[0 + 1]', '20'],
  ['2.1 doc', '1\n  +   2', '3'],
  ['2.3 doc', '10 - 2 - 3', '5'],
  ['2.3 doc', '-2 + 3', '1'],
  ['2.3 doc', '1 + 1 == 2 and 2 > 1', 'true'],
  ['2.3 doc', 'true or false and false', 'true'],
  ['2.3 doc', 'not true or true', 'true'],
  ['2.3 doc', 'true AND NOT false', 'true'],
  ['2.3 doc', 'not("z" in m)', 'true'],
  ['2.3 doc', 'not "k" in m', "TypeError: 'not' needs a boolean; got: string"],
  ['2.3 doc', '1 and true', "TypeError: 'and' needs a boolean; got: integer"],
  ['2.3 eager', 'false and n.x', 'TypeError: a value of type null has no members'],
  ['2.3 eager', 'true or m.none', 'KeyError: KeyError: key not found: none'],
  ['2.4 doc', '2 + 2.5', '4.5'],
  ['2.4 doc', '"n=" + 5', '"n=5"'],
  ['2.4 doc', '5 + "s" + true + 1.5', '"5strue1.5"'],
  ['2.4 inf', '"a" + n', "TypeError: unsupported operand type(s) for +: 'string' and 'null'"],
  ['2.4 inf', '"a" + l', "TypeError: unsupported operand type(s) for +: 'string' and 'list'"],
  ['2.4 doc', 'true + 1', "TypeError: unsupported operand type(s) for +: 'boolean' and 'integer'"],
  ['2.4 inf', '"a" - 1', "TypeError: unsupported operand type(s) for -: 'string' and 'integer'"],
  ['2.4 refuse', '9223372036854775807 + 1', 'NotModelled: NotModelled: integer overflow'],
  ['2.4 src', '1 == 1.0', 'true'],
  ['2.4 src', 'n == null and m.inner.n == n', 'true'],
  ['2.4 src', '0 == null', 'false'],
  ['2.4 src', 'l != null', 'true'],
  ['2.4 refuse', '1 == "1"', "NotModelled: NotModelled: '==' of integer and string"],
  ['2.4 refuse', 'l == l', "NotModelled: NotModelled: '==' of list and list"],
  ['2.4 refuse', 'm == m', "NotModelled: NotModelled: '==' of map and map"],
  ['2.4 refuse', '"a" < "b"', "NotModelled: NotModelled: '<' of strings"],
  ['2.4 inf', 'n < 1', "TypeError: unsupported operand type(s) for <: 'null' and 'integer'"],
  ['2.4 doc', '"k" in m', 'true'],
  ['2.4 doc', '20 in l', 'true'],
  ['2.4 doc', '"k" in n', "TypeError: The argument of 'in' must be a dict or an array; got: null"],
  ['2.4 pract', 'm.none', 'KeyError: KeyError: key not found: none'],
  ['2.4 pract', 'm["none"]', 'KeyError: KeyError: key not found: none'],
  ['2.4 doc', 'l[99]', 'IndexError: IndexError: index out of range: 99'],
  ['2.4 src', 'l[0 - 1]', 'IndexError: IndexError: index out of range: -1'],
  ['2.4 doc', 'l[1.0]', 'TypeError: a list index is an integer; got: double'],
  ['2.4 open', 'n.k', 'TypeError: a value of type null has no members'],
  [
    '2.1 refuse',
    '"${x}"',
    "refused: parse error: '${' inside an expression: an expression is the whole value",
  ],
  ['2.2 refuse', "'text'", "refused: parse error: string in '...': use double quotes"],
  [
    '2.2 refuse',
    String.raw`"\x41"`,
    String.raw`refused: parse error: escape in "\x41": only those of JSON are known to work`,
  ],
  [
    '2.2 refuse',
    '{"a": 1}',
    'refused: parse error: map literal inside an expression: put the map in an assign',
  ],
  ['2.2 doc', 'True', "refused: parse error: 'True': write 'true'"],
  ['2.2 refuse', '1e3', "refused: parse error: number '1e3': write plain decimal digits"],
  ['2.2 doc', 'm.a#b', "refused: parse error: token recognition error at: '#b'"],
  ['2.3 doc', 'true And true', "refused: parse error: 'And': write 'and'"],
  [
    '2.3 refuse',
    '"a" not in m',
    "refused: parse error: 'not in' is not an operator: use not(a in b)",
  ],
  ['2.3 refuse', '1 < 2 < 3', 'refused: parse error: chained comparison: use and, or parentheses'],
  [
    '2.3 refuse',
    '1 == 1 in l',
    'refused: parse error: chained comparison: use and, or parentheses',
  ],
  ['2.3 refuse', 'not -1', "refused: parse error: 'not -': put parentheses after not"],
  ['9 refuse', '1 === 1', "refused: parse error: '===' is not an operator: use '=='"],
  ['9 refuse', 'true && true', "refused: parse error: '&&' is not an operator: use 'and'"],
  ['9 refuse', 'true || true', "refused: parse error: '||' is not an operator: use 'or'"],
  ['9 refuse', '!true', "refused: parse error: '!' is not an operator: use 'not(...)'"],
  [
    '9 refuse',
    'true ? 1 : 2',
    "refused: parse error: '? :' is not an operator: use a switch or if()",
  ],
  [
    '9 doc',
    '"open',
    'refused: parse error: Unterminated expression: a string has no closing quote',
  ],
  ['9 doc', '(1 + 2', "refused: parse error: ')' is missing, found 'the end'"],
  ['9 doc', '', "refused: parse error: unexpected 'the end'"],
  [
    '9 doc',
    'nowhere',
    "refused: failed to build: symbol 'nowhere' is neither a variable nor a sub-workflow name",
  ],
  ['9 inf', 'l[0](1)', 'refused: parse error: a call of something that is not a name'],
  [
    '7.3 doc',
    `"${'x'.repeat(396)}"`,
    'refused: parse error: expression of 401 characters, at most 400',
  ],
  ['7.3 doc', `len("${'x'.repeat(390)}")`, '390'],

  ['2.3 refuse', '2 * 3', 'refused: parse error: of arithmetic, + and - alone are modelled'],
  ['2.3 refuse', '7 // 2', 'refused: parse error: of arithmetic, + and - alone are modelled'],
];

describe('an expression', () => {
  for (const [mark, expression, fate] of FACTS) {
    test(`${expression.slice(0, 40)} is ${fate.slice(0, 50)} (${mark})`, async () => {
      expect(await fateOf(expression, [{ values: VALUES }])).toBe(fate);
    });
  }

  test('comes with its source in enough facts', () => {
    expect(FACTS.length).toBeGreaterThan(60);
    const marks = /^[0-9.]+ (?:doc|sample|src|pract|inf|open|refuse|eager)$/u;
    for (const [mark] of FACTS) expect(mark).toMatch(marks);
  });
});
