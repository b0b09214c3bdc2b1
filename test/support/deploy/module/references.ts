/** Lists the names an expression refers to, apart from object keys, functions and the variables of `for`. */
import type { Token } from './hcl-tokens.js';

export interface Reference {
  /** The names of `google_storage_bucket.out.name`, without brackets. */
  readonly names: readonly string[];
  /** The names followed by a bracket: `[0]`, `[each.key]`, `[*]`. */
  readonly indexed: ReadonlySet<number>;
  readonly line: number;
}

export interface Expression {
  readonly references: readonly Reference[];
  readonly functions: readonly { readonly name: string; readonly line: number }[];
}

const WORDS = new Set(['true', 'false', 'null', 'for', 'in', 'if', 'else', 'endif', 'endfor']);

export function readExpression(tokens: readonly Token[]): Expression {
  const references: Reference[] = [];
  const functions: { name: string; line: number }[] = [];
  collect(tokens, new Set(), references, functions);
  return { references, functions };
}

function collect(
  tokens: readonly Token[],
  outer: ReadonlySet<string>,
  references: Reference[],
  functions: { name: string; line: number }[],
): void {
  const own = new Set([...outer, ...loopNames(tokens)]);
  tokens.forEach((token, index) => {
    for (const template of token.templates) collect(template, own, references, functions);
    if (token.kind !== 'name' || WORDS.has(token.text)) return;
    if (isMark(tokens[index - 1], '.')) return;
    const next = tokens[index + 1];
    if (isMark(next, '(')) {
      functions.push({ name: token.text, line: token.line });
      return;
    }
    const reference = chainAt(tokens, index);
    const isKey =
      reference.names.length === 1 &&
      (isMark(next, '=') || isMark(next, ':')) &&
      !own.has(token.text);
    if (!isKey && !own.has(token.text)) references.push(reference);
  });
}

function chainAt(tokens: readonly Token[], start: number): Reference {
  const names: string[] = [];
  const indexed = new Set<number>();
  let index = start;
  for (;;) {
    names.push(tokens[index]?.text ?? '');
    index += 1;
    while (isMark(tokens[index], '[')) {
      indexed.add(names.length - 1);
      index = closingIndex(tokens, index) + 1;
    }
    const after = tokens[index + 1];
    if (!isMark(tokens[index], '.') || after?.kind !== 'name') break;
    index += 1;
  }
  return { names, indexed, line: tokens[start]?.line ?? 1 };
}

function closingIndex(tokens: readonly Token[], opening: number): number {
  let depth = 0;
  for (let index = opening; index < tokens.length; index += 1) {
    if (isMark(tokens[index], '[')) depth += 1;
    if (isMark(tokens[index], ']')) depth -= 1;
    if (depth === 0) return index;
  }
  return tokens.length;
}

/** `for key, value in`. */
function loopNames(tokens: readonly Token[]): string[] {
  return tokens.flatMap((token, index) => {
    if (token.kind !== 'name' || token.text !== 'for') return [];
    const end = tokens.findIndex(
      (each, at) => at > index && each.kind === 'name' && each.text === 'in',
    );
    return tokens
      .slice(index + 1, end)
      .flatMap((each) => (each.kind === 'name' ? [each.text] : []));
  });
}

function isMark(token: Token | undefined, text: string): boolean {
  return token?.kind === 'mark' && token.text === text;
}
