/** Facts of the standard library, each with the section and mark of the language reference behind it. */
import { describe, expect, test } from 'vitest';
import { fateOf } from './run/run-source.js';

type Fact = readonly [mark: string, expression: string, fate: string];

const VALUES = { assign: [{ m: { b: 2, a: 1 } }, { l: [1, 2] }, { n: null }] };
const UNKNOWN = 'no such subworkflow, function or connector is implemented';

const FACTS: readonly Fact[] = [
  ['6 doc', 'default(null, 5)', '5'],
  ['6 doc', 'default(0, 5)', '0'],
  ['6 pract', 'default(m.none, 0)', 'KeyError: KeyError: key not found: none'],
  ['6 doc', 'if(1 < 2, "a", "b")', '"a"'],
  ['6 doc', 'if(null, "a", "b")', '"b"'],
  ['6 src', 'if(true, 1, m.none)', 'KeyError: KeyError: key not found: none'],
  ['6 inf', 'if(1, "a", "b")', 'TypeError: if: an argument of type integer is not accepted'],
  ['6 doc', 'len("né")', '2'],
  ['6 doc', 'len(m) + len(l)', '4'],
  ['6 inf', 'len(n)', 'TypeError: len: an argument of type null is not accepted'],
  ['6 doc', 'int("42") + 1', '43'],
  ['6 src', 'int(2.9)', '2'],
  ['6 refuse', 'int("2.7")', 'NotModelled: NotModelled: int("2.7")'],
  ['6 inf', 'int("x")', "ValueError: int: 'x' is not a number"],
  ['6 doc', 'string(12) + string(true) + string("x")', '"12truex"'],
  [
    '5 pract',
    'string(m)',
    "TypeError: unsupported operand type for string(): 'dict' (expecting number, string, or boolean)",
  ],
  [
    '6 src',
    'get_type(m) + get_type(l) + get_type(n) + get_type(1) + get_type("")',
    '"maplistnullintegerstring"',
  ],
  ['6 doc', 'sys.get_env("BUCKET")', '"raw"'],
  ['6 doc', 'sys.get_env("UNSET", "x")', '"x"'],
  [
    '6 refuse',
    'sys.get_env("UNSET")',
    "refused: sys.get_env of 'UNSET', which the deployment does not set",
  ],
  ['8.3 doc', 'sys.get_env("GOOGLE_CLOUD_LOCATION", "none")', '"none"'],
  ['6 doc', 'time.format(1720788633)', '"2024-07-12T12:50:33.000000Z"'],
  ['6 doc', 'time.format(1720788633.25, "")', '"2024-07-12T12:50:33.250000Z"'],
  [
    '6 refuse',
    'time.format(0, "Europe/Paris")',
    "NotModelled: NotModelled: time.format in the zone 'Europe/Paris'",
  ],
  ['6 src', 'text.substring("2024-05-08T", 0, 10)', '"2024-05-08"'],
  ['6 sample', 'text.substring("abc", 1, 99)', '"bc"'],
  [
    '6 refuse',
    'text.substring("abc", 2, 1)',
    'NotModelled: NotModelled: text.substring from 2 to 1',
  ],
  ['6 src', 'text.split("a,b,", ",")', '["a","b",""]'],
  [
    '6 refuse',
    'text.split("ab", "")',
    'NotModelled: NotModelled: text.split with an empty separator',
  ],
  ['6 doc', String.raw`text.match_regex("2024-05-08", "^[0-9]{4}-\\d\\d-\\d\\d$")`, 'true'],
  ['6 src', 'text.match_regex("xay", "a")', 'true'],
  [
    '6 doc',
    'text.match_regex("a", "(?=a)")',
    "refused: invalid regexp '(?=a)': RE2 has no look-around",
  ],
  ['6 doc', 'text.match_regex("a", "(" + "")', "ValueError: invalid regexp '('"],
  [
    '6 doc',
    String.raw`text.match_regex("aa", "(a)\\1")`,
    String.raw`refused: invalid regexp '(a)\1': RE2 has no back-references`,
  ],
  ['6 refuse', 'text.match_regex("a", "(?i)A")', "refused: regexp with '(?'"],
  ['6 doc', 'text.replace_all("a-b-c", "-", "+")', '"a+b+c"'],
  ['6 src', 'text.url_encode("a b/c.json")', '"a%20b%2Fc.json"'],
  ['6 src', 'list.concat(l, 3)', '[1,2,3]'],
  ['6 src', 'list.concat(l, l)', '[1,2,[1,2]]'],
  ['6 doc', 'map.get(m, "a")', '1'],
  ['6 doc', 'map.get(m, "none")', 'null'],
  ['6 doc', 'map.get(n, "a")', 'null'],
  ['6 doc', 'map.get(m, 1)', 'TypeError: map.get: an argument of type integer is not accepted'],
  ['6 doc', 'map.get(m, "a", 0)', "refused: 'map.get' takes 2 arguments, found 3"],
  [
    '3.2 rule',
    'map.get(m, ["a", "b"])',
    'refused: map.get with a list of keys: nest calls with one key each',
  ],
  ['6 pract', 'json.encode_to_string(m)', String.raw`"{\"a\":1,\"b\":2}"`],
  ['6 doc', 'json.decode("[1, 2.5, null]")', '[1,2.5,null]'],
  ['6 inf', 'json.decode(m)', 'TypeError: json.decode: an argument of type map is not accepted'],
  ['2.1 doc', 'sys.log("x")', "refused: 'sys.log' blocks and cannot be called in an expression"],
  ['6 refuse', 'type(1)', `refused: symbol 'type' not found: ${UNKNOWN}`],
  ['6 refuse', 'bool("true")', `refused: symbol 'bool' not found: ${UNKNOWN}`],
  ['9 doc', 'uuid.generate()', `refused: symbol 'uuid.generate' not found: ${UNKNOWN}`],
  [
    '9 doc',
    'events.create_callback_endpoint("POST")',
    `refused: symbol 'events.create_callback_endpoint' not found: ${UNKNOWN}`,
  ],
  ['9 inf', 'len()', "refused: 'len' takes 1 arguments, found 0"],
  [
    '9 refuse',
    'map.get(json.decode("{}"), "items").items',
    "refused: 'items' is absent when empty: read it by map.get",
  ],
];

describe('the standard library', () => {
  for (const [mark, expression, fate] of FACTS) {
    test(`${expression.slice(0, 50)} is ${fate.slice(0, 50)} (${mark})`, async () => {
      expect(await fateOf(expression, [{ values: VALUES }])).toBe(fate);
    });
  }

  test('has enough facts', () => {
    expect(FACTS.length).toBeGreaterThan(50);
  });

  test('gives the time as a double (6 doc)', async () => {
    const now = { now: { assign: [{ now: '${sys.now()}' }] } };
    expect(await fateOf('get_type(now)', [now])).toBe('"double"');
    expect(await fateOf('time.format(now - 86400)', [now])).toBe('"2025-12-11T00:00:00.000000Z"');
  });
});
