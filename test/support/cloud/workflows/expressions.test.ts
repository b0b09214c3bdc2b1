/**
 * Facts of expressions and library functions, each with the section and mark of the language reference:
 * [doc], [sample], [src], [pract], [inf], or *refuse* where the real answer is unknown or no file needs it.
 */
import { describe, expect, test } from 'vitest';
import { fateOf, sourceOf } from './run-source.js';

type Fact = readonly [mark: string, expression: string, fate: string];

const VALUES = [{ m: { k: 1, b: 2.5 } }, { l: [10, 20, 30] }, { n: null }];
const NO_FUNCTION = 'the interpreter has no such subworkflow, function or connector';
const KNOWN = 'the operators are + - < >= == != in and or not, numbers are integers';

const FACTS: readonly Fact[] = [
  ['2.2 src', String.raw`"a\"b\\c\n\u0041"`, String.raw`"a\"b\\c\nA"`],
  ['2.2 sample', '[0, len(l) - 1]', '[0,2]'],
  ['2.4 doc', 'l[0 + 1]', '20'],
  ['2.1 doc', '1\n  +   2', '3'],
  ['2.3 doc', '10 - 2 - 3', '5'],
  ['2.3 doc', '10 - (2 - 3)', '11'],
  ['2.3 doc', '1 + 1 == 2 and 2 >= 1', 'true'],
  ['2.3 doc', '1 == 1 or 1 == 2 and 1 == 2', 'true'],
  ['2.3 doc', 'not("z" in ["a"])', 'true'],
  ['2.3 doc', 'not(1 == 2) or 1 == 1', 'true'],
  ['2.3 doc', '1 and 1 == 1', "TypeError: 'and' needs a boolean; got: number"],
  ['2.3 eager', '1 == 2 and n.x', 'TypeError: a value of type null has no members'],
  ['2.3 eager', '1 == 1 or m.none', 'KeyError: KeyError: key not found: none'],
  ['2.4 doc', '1 + m.b', '3.5'],
  ['2.4 doc', '"n=" + 5', '"n=5"'],
  ['2.4 refuse', '"b=" + m.b', 'NotModelled: NotModelled: text of the double 2.5: use int()'],
  ['2.4 inf', '"a" + n', "TypeError: unsupported operand type(s) for +: 'string' and 'null'"],
  ['2.4 inf', '"a" + l', "TypeError: unsupported operand type(s) for +: 'string' and 'list'"],
  ['2.4 inf', '"a" - 1', "TypeError: unsupported operand type(s) for -: 'string' and 'number'"],
  ['2.4 src', 'n == null', 'true'],
  ['2.4 src', '0 != null', 'true'],
  ['2.4 refuse', '1 == "1"', "NotModelled: NotModelled: '==' of number and string"],
  ['2.4 refuse', 'l == l', "NotModelled: NotModelled: '==' of list and list"],
  [
    '2.4 refuse',
    '"a" < "b"',
    "TypeError: unsupported operand type(s) for <: 'string' and 'string'",
  ],
  ['2.4 inf', 'n < 1', "TypeError: unsupported operand type(s) for <: 'null' and 'number'"],
  ['2.4 doc', '20 in l', 'true'],
  ['2.4 doc', '"k" in n', "TypeError: The argument of 'in' must be a dict or an array; got: null"],
  ['2.4 refuse', '"k" in m', "NotModelled: NotModelled: 'in' of a map: use map.get"],
  ['2.4 pract', 'm.none', 'KeyError: KeyError: key not found: none'],
  ['2.4 refuse', 'm["k"]', 'NotModelled: NotModelled: [] of a map'],
  ['2.4 doc', 'l[99]', 'IndexError: IndexError: index out of range: 99'],
  ['2.4 src', 'l[0 - 1]', 'IndexError: IndexError: index out of range: -1'],
  ['2.4 doc', 'l[m.b]', 'TypeError: a list index is an integer; got: number'],
  ['2.4 open', 'n.k', 'TypeError: a value of type null has no members'],

  ['2.1 refuse', '"${x}"', "parse error: '${' inside an expression"],
  ['2.2 refuse', "'text'", `parse error: token recognition error at ''text'': ${KNOWN}`],
  [
    '2.2 refuse',
    String.raw`"\x41"`,
    String.raw`parse error: escape in "\x41": only those of JSON are known to work`,
  ],
  ['2.2 refuse', '{"a": 1}', `parse error: token recognition error at '{"a": 1}': ${KNOWN}`],
  ['2.2 refuse', '1e3', `parse error: token recognition error at '1e3': ${KNOWN}`],
  ['2.2 refuse', '1.5', `parse error: token recognition error at '1.5': ${KNOWN}`],
  ['2.3 refuse', '2 * 3', `parse error: token recognition error at '* 3': ${KNOWN}`],
  ['2.3 refuse', '1 > 3', `parse error: token recognition error at '> 3': ${KNOWN}`],
  ['9 refuse', '1 && 2', `parse error: token recognition error at '&& 2': ${KNOWN}`],
  ['9 doc', '"open', `parse error: token recognition error at '"open': ${KNOWN}`],
  ['2.3 refuse', '-1', "parse error: unexpected '-'"],
  ['2.3 refuse', '"a" not in m', "parse error: unexpected 'not'"],
  ['2.3 refuse', 'not "k" in l', 'parse error: put parentheses after not'],
  ['2.3 refuse', '1 < 2 < 3', 'parse error: chained comparison: use and, or parentheses'],
  ['2.3 refuse', '1 == 1 in l', 'parse error: chained comparison: use and, or parentheses'],
  ['9 doc', '(1 + 2', "parse error: ')' is missing, found 'the end'"],
  ['9 doc', '', "parse error: unexpected 'the end'"],
  ['9 inf', 'l[0](1)', 'parse error: only a name can be called'],
  ['7.3 doc', `"${'x'.repeat(396)}"`, 'parse error: expression of 401 characters, at most 400'],
  ['7.3 doc', `len("${'x'.repeat(390)}")`, '390'],

  ['6 doc', 'default(null, 5) + default(0, 5)', '5'],
  ['6 pract', 'default(m.none, 0)', 'KeyError: KeyError: key not found: none'],
  ['6 doc', 'if(1 < 2, "a", "b") + if(null, "a", "b")', '"ab"'],
  ['6 src', 'if(1 == 1, 1, m.none)', 'KeyError: KeyError: key not found: none'],
  ['6 inf', 'if(1, "a", "b")', 'TypeError: if: an argument of type number is not accepted'],
  ['6 doc', 'len("né") + len(l)', '5'],
  ['6 inf', 'len(n)', 'TypeError: len: an argument of type null is not accepted'],
  ['6 doc', 'int("42") + 1', '43'],
  ['6 refuse', 'int("2.7")', 'NotModelled: NotModelled: int("2.7")'],
  ['6 inf', 'int("x")', "ValueError: int: 'x' is not a number"],
  ['6 doc', 'string(12) + string(1 == 1) + string("x")', '"12truex"'],
  [
    '5 pract',
    'string(m)',
    "TypeError: unsupported operand type for string(): 'dict' (expecting number, string, or boolean)",
  ],
  ['6 src', 'get_type(m) + get_type(l) + get_type(n) + get_type("")', '"maplistnullstring"'],
  ['6 doc', 'sys.get_env("BUCKET")', '"raw"'],
  ['6 refuse', 'sys.get_env("UNSET")', "sys.get_env of 'UNSET', which the deployment does not set"],
  ['6 refuse', 'sys.get_env("BUCKET", "x")', "'sys.get_env' takes 1 arguments, found 2"],
  ['6 doc', 'time.format(1720788633)', '"2024-07-12T12:50:33.000000Z"'],
  ['6 doc', 'text.substring("2024-05-08T", 0, 10)', '"2024-05-08"'],
  ['6 sample', 'text.substring("abc", 1, 99)', '"bc"'],
  [
    '6 refuse',
    'text.substring("abc", 2, 1)',
    'NotModelled: NotModelled: text.substring from 2 to 1',
  ],
  ['6 src', 'text.split("a,b,", ",")', '["a","b",""]'],
  [
    '6 refuse',
    'text.split("a", "")',
    'NotModelled: NotModelled: text.split with an empty separator',
  ],
  ['6 doc', 'text.replace_all("a-b-c", "-", "$&")', '"a$&b$&c"'],
  [
    '6 refuse',
    'text.replace_all("a", "", "")',
    'NotModelled: NotModelled: text.replace_all of an empty text',
  ],
  ['6 src', 'text.url_encode("a b/c\'.json")', '"a%20b%2Fc%27.json"'],
  ['6 src', 'list.concat(l, l)', '[10,20,30,[10,20,30]]'],
  ['6 doc', '[map.get(m, "k"), map.get(m, "none"), map.get(n, "k")]', '[1,null,null]'],
  ['6 doc', 'map.get(m, "constructor")', 'null'],
  ['6 doc', 'map.get(m, 1)', 'TypeError: map.get: an argument of type number is not accepted'],
  ['6 doc', 'map.get(m, "a", 0)', "'map.get' takes 2 arguments, found 3"],
  [
    '3.2 rule',
    'map.get(m, ["a"])',
    'NotModelled: NotModelled: map.get with a list of keys: nest calls of one key each',
  ],
  ['6 pract', 'json.encode_to_string(m)', String.raw`"{\"b\":2.5,\"k\":1}"`],
  ['6 doc', 'json.decode("[1, 2.5, null]")', '[1,2.5,null]'],
  ['6 doc', 'json.decode("[")', 'ValueError: json.decode: not JSON'],
  ['6 inf', 'json.decode(m)', 'TypeError: json.decode: an argument of type map is not accepted'],
  ['2.1 doc', 'sys.log("x")', "'sys.log' blocks and cannot be called in an expression"],
  ['6 refuse', 'text.match_regex("a", "a")', `symbol 'text.match_regex' not found: ${NO_FUNCTION}`],
];

describe('an expression', () => {
  test.for(FACTS)('[%s] %s', async ([mark, expression, fate]) => {
    expect(mark).toMatch(/^[0-9.]+ (?:doc|sample|src|pract|inf|open|refuse|eager|rule)$/u);
    const steps = [{ set: { assign: VALUES } }, { finish: { return: `\${${expression}}` } }];
    const found = await fateOf(sourceOf(steps));
    expect(found.replace(/^1:\d+: /u, '')).toBe(fate);
  });

  test('reads the clock as a double, whose text is refused (6 doc)', async () => {
    const set = { a: { assign: [{ now: '${sys.now()}' }] } };
    const text = await fateOf(sourceOf([set, { b: { return: '${time.format(now - 86400)}' } }]));
    expect(text).toBe('"2025-12-11T00:00:00.000500Z"');
    expect(await fateOf(sourceOf([set, { b: { return: '${string(now)}' } }]))).toMatch(
      /^NotModelled: .+ text of the double/u,
    );
  });
});
