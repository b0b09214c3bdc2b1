/** The variables of one running routine in nested scopes. */
import type { Memory } from './memory.js';
import type { Value } from './values.js';

export class Variables {
  private readonly memory: Memory;
  private readonly scopes: Map<string, Value>[] = [new Map<string, Value>()];

  constructor(memory: Memory, parameters: ReadonlyMap<string, Value>) {
    this.memory = memory;
    for (const [name, value] of parameters) this.assign(name, value);
  }

  read(name: string): Value {
    const value = this.scopes.findLast((scope) => scope.has(name))?.get(name);
    if (value === undefined) throw new Error(`invariant broken: '${name}' is read unassigned`);
    return value;
  }

  /** Changes the variable where it is, or makes one in the innermost scope. */
  assign(name: string, value: Value): void {
    const scope = this.scopes.findLast((one) => one.has(name)) ?? this.scopes.at(-1);
    this.memory.replace(scope?.get(name), value);
    scope?.set(name, value);
  }

  /** Runs with a new scope that holds `own`, and drops the scope afterwards. */
  async inScope<Result>(
    own: ReadonlyMap<string, Value>,
    run: () => Promise<Result>,
  ): Promise<Result> {
    const depth = this.scopes.push(new Map());
    try {
      for (const [name, value] of own) this.assign(name, value);
      return await run();
    } finally {
      while (this.scopes.length >= depth) this.drop();
    }
  }

  /** Gives the memory back when the routine has ended. */
  release(): void {
    while (this.scopes.length > 0) this.drop();
  }

  private drop(): void {
    for (const value of this.scopes.pop()?.values() ?? []) this.memory.replace(value, undefined);
  }
}
