/** The fields of one map of the source. It refuses every key that its reader does not name. */
import type { Position, Refusals } from './deploy-error.js';
import type { SourceNode } from './source-tree.js';

const NAME = /^[A-Za-z_]\w*$/u;
/** Words of the language, and targets of a jump. */
const RESERVED = 'and or not in true false null end break continue'.split(' ');

export class StepFields {
  readonly at: Position;
  readonly refusals: Refusals;
  private readonly fields: ReadonlyMap<string, SourceNode>;

  /** `optional` fields end with `?`. */
  constructor(node: SourceNode, what: string, names: readonly string[], refusals: Refusals) {
    this.at = { line: node.line, column: node.column };
    this.refusals = refusals;
    const entries = node.kind === 'map' ? node.entries : [];
    this.fields = new Map(entries.map(({ key, value }) => [key, value]));
    if (node.kind !== 'map') {
      refusals.refuse(node, `parse error: ${what} is a map`);
      return;
    }
    const known = names.map((name) => name.replace('?', ''));
    for (const { key, keyAt } of entries) {
      if (!known.includes(key)) refusals.refuse(keyAt, `parse error: '${key}' in ${what}`);
    }
    for (const name of names) {
      const isMissing = !name.endsWith('?') && !this.fields.has(name);
      if (isMissing) refusals.refuse(node, `parse error: ${what} needs '${name}'`);
    }
  }

  get(key: string): SourceNode {
    return this.fields.get(key) ?? { kind: 'scalar', value: null, ...this.at };
  }

  has(key: string): boolean {
    return this.fields.has(key);
  }

  /** A name of a variable; empty after a refusal. */
  name(key: string): string {
    return this.has(key) ? readName(this.get(key), this.refusals) : '';
  }

  /** Text without an expression; empty after a refusal. */
  text(key: string): string {
    const node = this.get(key);
    const value = node.kind === 'scalar' ? node.value : undefined;
    if (typeof value === 'string' && !value.includes('${')) return value;
    this.refusals.refuse(node, `parse error: '${key}' is a name, not an expression or a value`);
    return '';
  }
}

export function readName(node: SourceNode, refusals: Refusals): string {
  const name = node.kind === 'scalar' ? String(node.value) : '';
  if (!NAME.test(name)) {
    refusals.refuse(node, `name '${name}': a letter or '_', then letters, digits and '_'`);
  } else if (RESERVED.includes(name)) {
    refusals.refuse(node, `name '${name}' is a word of the language`);
  }
  return name;
}

/** The one entry of a step or an assignment. */
export function readEntry(
  node: SourceNode,
  what: string,
  refusals: Refusals,
): { readonly name: string; readonly at: Position; readonly value: SourceNode } | undefined {
  const [entry, second] = node.kind === 'map' ? node.entries : [];
  if (entry === undefined || second !== undefined) {
    refusals.refuse(node, `parse error: ${what} is one name with its value`);
    return undefined;
  }
  const { key, keyAt: at, value } = entry;
  return { name: readName({ kind: 'scalar', value: key, ...at }, refusals), at, value };
}

/** The items of a list of at least one. */
export function readItems(
  node: SourceNode,
  what: string,
  refusals: Refusals,
): readonly SourceNode[] {
  if (node.kind === 'list' && node.items.length > 0) return node.items;
  refusals.refuse(node, `parse error: ${what} is a list of at least one`);
  return [];
}
