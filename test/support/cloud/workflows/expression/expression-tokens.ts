/** Splits the text between `${` and `}` into tokens. Anything that the two files do not use is refused. */

export interface Token {
  readonly kind: 'name' | 'integer' | 'string' | 'symbol' | 'word' | 'end';
  readonly text: string;
}

/** Thrown with the reason alone: the caller knows the place. */
export class ExpressionRefused extends Error {}

/** Words of the language. Other spellings of them (`AND`, `True`) are names that nothing assigns. */
export const WORDS = ['and', 'or', 'not', 'in', 'null'];
const END: Token = { kind: 'end', text: 'the end' };
const TOKEN =
  /\s*(?:(?<name>[A-Za-z_]\w*)|(?<integer>(?:0|[1-9][0-9]{0,14})(?![\w.]))|(?<string>"(?:[^"\\]|\\[\s\S])*")|(?<symbol>>=|==(?!=)|!=(?!=)|<(?!=)|[-+()[\].,]))/uy;

export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const tail = text.trimEnd();
  let offset = 0;
  while (offset < tail.length) {
    TOKEN.lastIndex = offset;
    const found = TOKEN.exec(tail);
    if (found === null) throw unrecognized(tail.slice(offset).trimStart());
    tokens.push(tokenFrom(found.groups ?? {}));
    offset = TOKEN.lastIndex;
  }
  return [...tokens, END];
}

function unrecognized(rest: string): ExpressionRefused {
  const known = 'the operators are + - < >= == != in and or not, numbers are integers';
  return new ExpressionRefused(`token recognition error at '${rest.slice(0, 12)}': ${known}`);
}

function tokenFrom({ name, integer, string, symbol }: Record<string, string | undefined>): Token {
  if (name !== undefined) return { kind: WORDS.includes(name) ? 'word' : 'name', text: name };
  if (integer !== undefined) return { kind: 'integer', text: integer };
  if (string !== undefined) return { kind: 'string', text: unquoted(string) };
  return { kind: 'symbol', text: symbol ?? '' };
}

/** JSON's escapes are the ones known to work. */
function unquoted(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    throw new ExpressionRefused(`escape in ${quoted}: only those of JSON are known to work`);
  }
}
