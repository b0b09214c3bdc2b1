/**
 * Tokens to an expression, by Google's order of operations: `not` binds tighter than unary minus and
 * comparison, comparisons do not chain, and a call is a name, never a value.
 */
import type { BinaryOperator, Expression } from './expression.js';
import { ExpressionRefused, type Token, tokensOf } from './expression-tokens.js';
import { EXPRESSION_CHARACTERS_MAX, INTEGER_MAX } from '../run/limits.js';

/** Undefined where the text is plain text; throws ExpressionRefused where it is neither. */
export function parseTemplate(text: string): Expression | undefined {
  if (!text.includes('${')) return undefined;
  const whole = text.trim();
  if (!whole.startsWith('${')) {
    throw new ExpressionRefused(`text around '\${': an expression is the whole value`);
  }
  if (!whole.endsWith('}')) throw new ExpressionRefused(`Unterminated expression: ${whole}`);
  if (whole !== text) throw new ExpressionRefused('blanks around an expression');
  if ([...whole].length > EXPRESSION_CHARACTERS_MAX) {
    throw new ExpressionRefused(
      `expression of ${[...whole].length} characters, at most ${EXPRESSION_CHARACTERS_MAX}`,
    );
  }
  const inner = whole.slice(2, -1);
  if (/\$\{/u.test(inner)) {
    throw new ExpressionRefused("'${' inside an expression: an expression is the whole value");
  }
  return new ExpressionParser(tokensOf(inner)).whole();
}

const COMPARISONS = ['<', '<=', '>', '>=', '==', '!=', 'in'] as const;
const LEVELS: readonly (readonly BinaryOperator[])[] = [['or'], ['and'], COMPARISONS, ['+', '-']];
const COMPARISON_LEVEL = 2;

export class ExpressionParser {
  private readonly tokens: readonly Token[];
  private next = 0;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  whole(): Expression {
    const expression = this.binary(0);
    const rest = this.peek();
    if (rest.kind === 'end') return expression;
    const isNotIn = rest.text === 'not';
    throw new ExpressionRefused(
      isNotIn ? "'not in' is not an operator: use not(a in b)" : `unexpected '${rest.text}'`,
    );
  }

  private binary(level: number): Expression {
    const operators = LEVELS[level];
    if (operators === undefined) return this.unary();
    let left = this.binary(level + 1);
    let operator = this.operatorOf(operators);
    while (operator !== undefined) {
      this.next += 1;
      left = { kind: 'binary', operator, left, right: this.binary(level + 1) };
      operator = this.operatorOf(operators);
      if (operator !== undefined && level === COMPARISON_LEVEL) {
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

  private unary(): Expression {
    if (!this.takes('symbol', '-')) return this.negation();
    return { kind: 'unary', operator: '-', operand: this.unary() };
  }

  private negation(): Expression {
    if (!this.takes('word', 'not')) return this.postfix();
    if (this.peek().text === '-' || this.peek().text === 'in') {
      throw new ExpressionRefused(`'not ${this.peek().text}': put parentheses after not`);
    }
    return { kind: 'unary', operator: 'not', operand: this.negation() };
  }

  private postfix(): Expression {
    let expression = this.primary();
    for (;;) {
      if (this.takes('symbol', '.')) {
        expression = { kind: 'member', of: expression, name: this.memberName() };
      } else if (this.takes('symbol', '[')) {
        const key = this.binary(0);
        this.expect(']');
        expression = { kind: 'index', of: expression, key };
      } else if (this.takes('symbol', '(')) {
        expression = { kind: 'call', name: calledName(expression), args: this.until(')') };
      } else return expression;
    }
  }

  private primary(): Expression {
    const token = this.peek();
    this.next += 1;
    if (token.kind === 'string') return { kind: 'literal', value: token.text };
    if (token.kind === 'double') return { kind: 'literal', value: Number(token.text) };
    if (token.kind === 'integer') return { kind: 'literal', value: integerOf(token.text) };
    if (token.kind === 'name') return { kind: 'variable', name: token.text };
    if (token.kind === 'word' && token.text === 'null') return { kind: 'literal', value: null };
    if (token.kind === 'word' && (token.text === 'true' || token.text === 'false')) {
      return { kind: 'literal', value: token.text === 'true' };
    }
    if (token.kind === 'symbol' && token.text === '[') {
      return { kind: 'list', items: this.until(']') };
    }
    if (token.kind === 'symbol' && token.text === '(') {
      const expression = this.binary(0);
      this.expect(')');
      return expression;
    }
    throw new ExpressionRefused(`unexpected '${token.text}'`);
  }

  /** Items up to the closing bracket, which is taken too. */
  private until(close: ')' | ']'): Expression[] {
    const items: Expression[] = [];
    if (this.takes('symbol', close)) return items;
    do items.push(this.binary(0));
    while (this.takes('symbol', ','));
    this.expect(close);
    return items;
  }

  private memberName(): string {
    const token = this.peek();
    if (token.kind !== 'name' && token.kind !== 'word') {
      throw new ExpressionRefused(`a name after '.', found '${token.text}'`);
    }
    this.next += 1;
    return token.text;
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

/** The name behind `text.split(`; a call of anything but a name is not in the language. */
function calledName(expression: Expression): string {
  if (expression.kind === 'variable') return expression.name;
  if (expression.kind === 'member' && expression.of.kind !== 'call') {
    return `${calledName(expression.of)}.${expression.name}`;
  }
  throw new ExpressionRefused('a call of something that is not a name');
}

function integerOf(text: string): bigint {
  const integer = BigInt(text);
  if (integer > INTEGER_MAX) throw new ExpressionRefused(`integer '${text}' beyond 64 bits`);
  return integer;
}
