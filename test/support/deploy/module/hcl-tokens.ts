/**
 * Splits HCL into tokens with their lines: hcl2json drops places and whether a name is a block or an
 * attribute. The reader is lenient, since hcl2json has accepted the text.
 */

export type TokenKind = 'name' | 'number' | 'text' | 'mark' | 'newline';

export interface Token {
  readonly kind: TokenKind;
  /** A name, or a text without its quotes. */
  readonly text: string;
  readonly line: number;
  /** Tokens of each `${}` of a text, in order. */
  readonly templates: readonly (readonly Token[])[];
}

interface Reader {
  readonly source: string;
  offset: number;
  line: number;
}

const NAME = /[\p{L}_][\p{L}\p{N}_-]*/uy;
const NUMBER = /[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?/y;
const HEREDOC = /<<-?([\p{L}_][\p{L}\p{N}_-]*)\r?\n/uy;
const MARK = /\.\.\.|==|!=|<=|>=|&&|\|\||=>|[\s\S]/y;
const COMMENT = /(#|\/\/)[^\n]*/y;
const LONG_COMMENT = /\/\*[\s\S]*?\*\//y;
const BLANK = /[ \t\r]+/y;

export function hclTokens(source: string): Token[] {
  return tokensUntil({ source, offset: 0, line: 1 }, undefined);
}

/** Up to an unopened `}` (of a template), or to the end. */
function tokensUntil(reader: Reader, end: '}' | undefined): Token[] {
  const tokens: Token[] = [];
  let depth = 0;
  while (reader.offset < reader.source.length) {
    if (take(reader, BLANK) ?? take(reader, COMMENT) ?? take(reader, LONG_COMMENT)) continue;
    const { line } = reader;
    if (reader.source[reader.offset] === '"') {
      reader.offset += 1;
      tokens.push(textToken(reader, line, '"'));
      continue;
    }
    const heredoc = HEREDOC.exec(rewound(HEREDOC, reader));
    if (heredoc?.[1] !== undefined) {
      advance(reader, heredoc[0]);
      tokens.push(textToken(reader, line, heredoc[1]));
      continue;
    }
    const name = take(reader, NAME);
    const number = name === undefined ? take(reader, NUMBER) : undefined;
    if (name !== undefined) tokens.push({ kind: 'name', text: name, line, templates: [] });
    else if (number !== undefined) {
      tokens.push({ kind: 'number', text: number, line, templates: [] });
    } else {
      const mark = take(reader, MARK) ?? '';
      if (mark === '{') depth += 1;
      if (mark === '}') depth -= 1;
      if (end === '}' && depth < 0) return tokens;
      tokens.push({ kind: mark === '\n' ? 'newline' : 'mark', text: mark, line, templates: [] });
    }
  }
  return tokens;
}

/** From the opening quote, or from the line after a heredoc's name. */
function textToken(reader: Reader, line: number, end: string): Token {
  const templates: Token[][] = [];
  let text = '';
  while (reader.offset < reader.source.length && !takeEnd(reader, end)) {
    const two = reader.source.slice(reader.offset, reader.offset + 2);
    const three = reader.source.slice(reader.offset, reader.offset + 3);
    if (three === '$${' || three === '%%{') {
      text += advance(reader, three);
    } else if (two === '${' || two === '%{') {
      advance(reader, two);
      templates.push(tokensUntil(reader, '}'));
      text += '${}';
    } else if (end === '"' && two.startsWith('\\')) {
      text += advance(reader, two);
    } else {
      text += advance(reader, two.slice(0, 1));
    }
  }
  return { kind: 'text', text, line, templates };
}

function takeEnd(reader: Reader, end: string): boolean {
  if (end === '"') {
    if (reader.source[reader.offset] !== '"') return false;
    reader.offset += 1;
    return true;
  }
  if (reader.source[reader.offset - 1] !== '\n') return false;
  const rest = /^[ \t]*([^\s]+)[ \t\r]*(?=\n|$)/.exec(
    reader.source.slice(reader.offset, lineEnd(reader)),
  );
  if (rest?.[1] !== end) return false;
  advance(reader, rest[0]);
  return true;
}

function lineEnd({ source, offset }: Reader): number {
  const found = source.indexOf('\n', offset);
  return found === -1 ? source.length : found;
}

function take(reader: Reader, pattern: RegExp): string | undefined {
  const found = pattern.exec(rewound(pattern, reader))?.[0];
  return found === undefined ? undefined : advance(reader, found);
}

/** The source with the reader's position. */
function rewound(pattern: RegExp, reader: Reader): string {
  pattern.lastIndex = reader.offset;
  return reader.source;
}

function advance(reader: Reader, text: string): string {
  reader.offset += text.length;
  reader.line += text.split('\n').length - 1;
  return text;
}
