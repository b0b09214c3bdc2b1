/**
 * Parses an expression by Google's order of operations: `not` binds tighter than comparison,
 * comparisons do not chain, and only a name can be called.
 */
import { EXPRESSION_CHARACTERS_MAX } from '../run/limits.js';
import type { BinaryOperator, Expression } from './expression.js';
import { ExpressionRefused, type Token, tokensOf } from './expression-tokens.js';

/** Undefined for plain text. Throws ExpressionRefused for text with an expression inside it. */
export function parseTemplate(text: string): Expression | undefined {
  if (!text.includes('${')) return undefined;
  if (!text.startsWith('${')) {
    throw new ExpressionRefused(`text around '\${': an expression is the whole value`);
  }
  if (!text.endsWith('}')) throw new ExpressionRefused(`Unterminated expression: ${text}`);
  const length = [...text].length;
  if (length > EXPRESSION_CHARACTERS_MAX) {
    const most = `at most ${EXPRESSION_CHARACTERS_MAX}`;
    throw new ExpressionRefused(`expression of ${length} characters, ${most}`);
  }
  const inner = text.slice(2, -1);
  if (inner.includes('${')) throw new ExpressionRefused("'${' inside an expression");
  return new ExpressionParser(tokensOf(inner)).whole();
}

const COMPARISONS = ['<', '>=', '==', '!=', 'in'] as const;
const LEVELS: readonly (readonly BinaryOperator[])[] = [['or'], ['and'], COMPARISONS, ['+', '-']];

class ExpressionParser {
  private readonly tokens: readonly Token[];
  private next = 0;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  whole(): Expression {
    const expression = this.binary(0);
    const rest = this.peek();
    if (rest.kind === 'end') return expression;
    throw new ExpressionRefused(`unexpected '${rest.text}'`);
  }

  private binary(level: number): Expression {
    const operators = LEVELS[level];
    if (operators === undefined) return this.negation();
    let left = this.binary(level + 1);
    let operator = this.operatorOf(operators);
    while (operator !== undefined) {
      this.next += 1;
      left = { kind: 'binary', operator, parts: [left, this.binary(level + 1)] };
      operator = this.operatorOf(operators);
      if (operator !== undefined && operators === COMPARISONS) {
        throw new ExpressionRefused('chained comparison: use and, or parentheses');
      }
    }
    return left;
  }

  private operatorOf(operators: readonly BinaryOperator[]): BinaryOperator | undefined {
    const { kind, text } = this.peek();
    if (kind !== 'symbol' && kind !== 'word') return undefined;
    return operators.find((operator) => operator === text);
  }

  private negation(): Expression {
    if (!this.takes('word', 'not')) return this.postfix();
    if (this.peek().text !== '(') throw new ExpressionRefused('put parentheses after not');
    return { kind: 'not', parts: [this.postfix()] };
  }

  private postfix(): Expression {
    let expression = this.primary();
    for (;;) {
      if (this.takes('symbol', '.')) {
        const { kind, text } = this.peek();
        if (kind !== 'name') throw new ExpressionRefused(`a name after '.', found '${text}'`);
        this.next += 1;
        expression = { kind: 'member', parts: [expression], name: text };
      } else if (this.takes('symbol', '[')) {
        const key = this.binary(0);
        this.expect(']');
        expression = { kind: 'index', parts: [expression, key] };
      } else if (this.takes('symbol', '(')) {
        expression = { kind: 'call', name: calledName(expression), parts: this.until(')') };
      } else return expression;
    }
  }

  private primary(): Expression {
    const { kind, text } = this.peek();
    this.next += 1;
    if (kind === 'string') return { kind: 'literal', value: text };
    if (kind === 'integer') return { kind: 'literal', value: Number(text) };
    if (kind === 'name') return { kind: 'variable', name: text };
    if (kind === 'word' && text === 'null') return { kind: 'literal', value: null };
    if (kind === 'symbol' && text === '[') return { kind: 'list', parts: this.until(']') };
    if (kind === 'symbol' && text === '(') {
      const expression = this.binary(0);
      this.expect(')');
      return expression;
    }
    throw new ExpressionRefused(`unexpected '${text}'`);
  }

  /** Reads items up to the closing bracket, and that too. */
  private until(close: ')' | ']'): Expression[] {
    const items: Expression[] = [];
    if (this.takes('symbol', close)) return items;
    do items.push(this.binary(0));
    while (this.takes('symbol', ','));
    this.expect(close);
    return items;
  }

  private expect(text: string): void {
    if (this.takes('symbol', text)) return;
    throw new ExpressionRefused(`'${text}' is missing, found '${this.peek().text}'`);
  }

  private takes(kind: Token['kind'], text: string): boolean {
    const token = this.peek();
    const isIt = token.kind === kind && token.text === text;
    if (isIt) this.next += 1;
    return isIt;
  }

  private peek(): Token {
    return this.tokens[this.next] ?? { kind: 'end', text: 'the end' };
  }
}

/** `text.split` in `text.split(`. */
function calledName(expression: Expression): string {
  if (expression.kind === 'variable') return expression.name;
  if (expression.kind === 'member' && expression.parts[0].kind !== 'call') {
    return `${calledName(expression.parts[0])}.${expression.name}`;
  }
  throw new ExpressionRefused('only a name can be called');
}
