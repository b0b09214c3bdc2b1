/** Blocks and attributes of one file with their lines, each attribute with the tokens of its expression. */
import { hclTokens, type Token } from './hcl-tokens.js';

export interface HclAttribute {
  readonly name: string;
  readonly line: number;
  readonly tokens: readonly Token[];
}

export interface HclBody {
  readonly attributes: readonly HclAttribute[];
  readonly blocks: readonly HclBlock[];
}

export interface HclBlock extends HclBody {
  readonly type: string;
  readonly labels: readonly string[];
  readonly line: number;
}

interface Cursor {
  readonly tokens: readonly Token[];
  index: number;
}

const OPENING = ['(', '[', '{'];
const CLOSING = [')', ']', '}'];

export function hclBody(source: string): HclBody {
  return bodyOf({ tokens: hclTokens(source), index: 0 });
}

function bodyOf(cursor: Cursor): HclBody {
  const attributes: HclAttribute[] = [];
  const blocks: HclBlock[] = [];
  for (;;) {
    const token = cursor.tokens[cursor.index];
    if (token === undefined) return { attributes, blocks };
    cursor.index += 1;
    if (token.kind === 'mark' && token.text === '}') return { attributes, blocks };
    if (token.kind !== 'name') continue;
    const next = cursor.tokens[cursor.index];
    if (next?.kind === 'mark' && next.text === '=') {
      cursor.index += 1;
      attributes.push({ name: token.text, line: token.line, tokens: expressionOf(cursor) });
    } else {
      blocks.push(blockOf(cursor, token));
    }
  }
}

function blockOf(cursor: Cursor, { text: type, line }: Token): HclBlock {
  const labels: string[] = [];
  for (;;) {
    const token = cursor.tokens[cursor.index];
    cursor.index += 1;
    if (token === undefined || (token.kind === 'mark' && token.text === '{')) break;
    labels.push(token.text);
  }
  return { type, labels, line, ...bodyOf(cursor) };
}

/** Up to the end of the line outside all brackets, or of a one-line block. */
function expressionOf(cursor: Cursor): Token[] {
  const taken: Token[] = [];
  let depth = 0;
  for (;;) {
    const token = cursor.tokens[cursor.index];
    if (token === undefined) return taken;
    const isMark = token.kind === 'mark';
    if (depth === 0 && (token.kind === 'newline' || (isMark && token.text === '}'))) return taken;
    if (isMark && OPENING.includes(token.text)) depth += 1;
    if (isMark && CLOSING.includes(token.text)) depth -= 1;
    cursor.index += 1;
    if (token.kind !== 'newline') taken.push(token);
  }
}
