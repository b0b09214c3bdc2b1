/** The fields of one step as a source map, each taken once, so that what nobody took can be refused. */
import type { Position, Refusals } from './deploy-error.js';
import type { SourceMap, SourceNode } from './source-tree.js';

export class StepFields {
  readonly at: Position;
  readonly refusals: Refusals;
  private readonly map: SourceMap;

  constructor(map: SourceMap, refusals: Refusals) {
    this.map = map;
    this.at = { line: map.line, column: map.column };
    this.refusals = refusals;
  }

  get isEmpty(): boolean {
    return this.map.entries.length === 0;
  }

  has(key: string): boolean {
    return this.map.entries.some((entry) => entry.key === key);
  }

  get(key: string): SourceNode | undefined {
    return this.map.entries.find((entry) => entry.key === key)?.value;
  }

  /** The only place that forgives nothing: every key must be one of these. */
  onlyAllow(what: string, ...keys: string[]): void {
    for (const { key, keyAt } of this.map.entries) {
      if (keys.includes(key)) continue;
      this.refusals.refuse(keyAt, `parse error: '${key}' does not go with ${what}`);
    }
  }

  /** Text that is not an expression, or undefined after a refusal or where there is none. */
  text(key: string): string | undefined {
    const node = this.get(key);
    if (node === undefined) return undefined;
    if (node.kind === 'scalar' && typeof node.value === 'string' && !node.value.includes('${')) {
      return node.value;
    }
    this.refusals.refuse(node, `parse error: '${key}' is a name, not an expression or a value`);
    return undefined;
  }
}
