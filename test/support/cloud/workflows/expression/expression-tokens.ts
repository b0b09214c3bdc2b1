/** The text between `${` and `}` to tokens. Whatever is not a token of the documented language is refused by name. */

export interface Token {
  readonly kind: 'name' | 'integer' | 'double' | 'string' | 'symbol' | 'word' | 'end';
  readonly text: string;
}

/** Thrown with the reason alone: the caller knows the place. */
export class ExpressionRefused extends Error {}

const WORDS = ['and', 'or', 'not', 'in', 'true', 'false', 'null'];
const TOKEN =
  /\s*(?:(?<name>[A-Za-z_][A-Za-z0-9_]*)|(?<number>[0-9][0-9A-Za-z_]*(?:\.[0-9A-Za-z_]+)?)|(?<string>"(?:[^"\\]|\\[\s\S])*")|(?<symbol><=|>=|==(?!=)|!=(?!=)|[-+<>()[\].,]))/uy;

/** Spellings of other languages, each with what this one wants. */
const FOREIGN: readonly (readonly [RegExp, string])[] = [
  [/^[*/%]/u, 'of arithmetic, + and - alone are modelled'],
  [/^"/u, 'Unterminated expression: a string has no closing quote'],
  [/^'/u, "string in '...': use double quotes"],
  [/^&&/u, "'&&' is not an operator: use 'and'"],
  [/^\|\|/u, "'||' is not an operator: use 'or'"],
  [/^!/u, "'!' is not an operator: use 'not(...)'"],
  [/^\?/u, "'? :' is not an operator: use a switch or if()"],
  [/^={3}/u, "'===' is not an operator: use '=='"],
  [/^=/u, "'=' is not an operator: use '=='"],
  [/^\$\{/u, "'${' inside an expression"],
  [/^\{/u, 'map literal inside an expression: put the map in an assign'],
];

export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const tail = text.trimEnd();
  let offset = 0;
  while (offset < tail.length) {
    TOKEN.lastIndex = offset;
    const found = TOKEN.exec(tail);
    if (found === null) throw new ExpressionRefused(foreign(tail.slice(offset).trimStart()));
    tokens.push(tokenFrom(found.groups ?? {}));
    offset = TOKEN.lastIndex;
  }
  return [...tokens, { kind: 'end', text: 'the end' }];
}

function foreign(rest: string): string {
  const reason = FOREIGN.find(([pattern]) => pattern.test(rest))?.[1];
  return reason ?? `token recognition error at: '${rest.slice(0, 12)}'`;
}

function tokenFrom(groups: Record<string, string | undefined>): Token {
  const { name, number, string, symbol } = groups;
  if (name !== undefined) return wordOrName(name);
  if (number !== undefined) return { kind: numberKind(number), text: number };
  if (string !== undefined) return { kind: 'string', text: unquoted(string) };
  return { kind: 'symbol', text: symbol ?? '' };
}

function wordOrName(name: string): Token {
  const lower = name.toLowerCase();
  if (!WORDS.includes(lower)) return { kind: 'name', text: name };
  const isConstant = lower === 'true' || lower === 'false' || lower === 'null';
  const isRight = name === lower || (!isConstant && name === name.toUpperCase());
  if (isRight) return { kind: 'word', text: lower };
  throw new ExpressionRefused(`'${name}': write '${lower}'`);
}

function numberKind(number: string): 'integer' | 'double' {
  if (/^(?:0|[1-9][0-9]*)$/u.test(number)) return 'integer';
  if (/^(?:0|[1-9][0-9]*)\.[0-9]+$/u.test(number)) return 'double';
  throw new ExpressionRefused(`number '${number}': write plain decimal digits`);
}

/** JSON's escapes, which are the ones known to work. */
function unquoted(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    throw new ExpressionRefused(`escape in ${quoted}: only those of JSON are known to work`);
  }
}
