/** The variables of one running routine in their nested scopes, and the memory that all of them take. */
import type { Memory } from './memory.js';
import type { Value } from './values.js';
import { notModelled } from '../run/workflow-errors.js';

export class Variables {
  private readonly memory: Memory;
  private readonly scopes: Map<string, Value>[] = [new Map<string, Value>()];

  constructor(memory: Memory, parameters: ReadonlyMap<string, Value>) {
    this.memory = memory;
    for (const [name, value] of parameters) this.assign(name, value);
  }

  read(name: string): Value {
    const value = this.scopes.findLast((scope) => scope.has(name))?.get(name);
    if (value !== undefined) return value;
    throw notModelled(`variable '${name}' is read before anything has assigned it`);
  }

  /** Changes the variable where it is, else makes one in the innermost scope. */
  assign(name: string, value: Value): void {
    const scope = this.scopes.findLast((one) => one.has(name)) ?? this.scopes.at(-1);
    this.memory.replace(scope?.get(name), value);
    scope?.set(name, value);
  }

  /** Runs with a scope of its own, in which `own` is new; what it made is gone afterwards. */
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
    for (const value of this.scopes.pop()?.values() ?? []) {
      this.memory.replace(value, undefined);
    }
  }
}
