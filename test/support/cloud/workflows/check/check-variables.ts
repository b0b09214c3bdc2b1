/**
 * Follows every path through a routine and refuses what no path can mean: a variable that nothing has
 * assigned, one that leaves its scope, and a step that is never reached.
 */
import { unreachable } from '../../../../../src/core/unit/errors.js';
import type { Position, Refusals } from '../read/deploy-error.js';
import { isSame, joined, type Known, type Reached, within, withName } from './known-variables.js';
import type {
  ForBody,
  Jump,
  Routine,
  Step,
  StepBody,
  SwitchBody,
  Template,
  TryBody,
} from '../read/program.js';
import { rootOf } from '../read/template-reader.js';
import { bodiesOf, expressionPartsOf, placeOf } from '../read/walk-steps.js';

export function checkVariables(routine: Routine, refusals: Refusals): void {
  checkOwnNames(routine, refusals);
  const parameters = new Set(routine.parameters.map(({ name }) => name));
  const start: Known = { may: parameters, must: parameters };
  const jumps = new Map<string, Reached>();
  // Each round sees the jumps of the one before; what is known only grows, so that it ends.
  for (;;) {
    const before = new Map(jumps);
    new Walk(jumps, undefined).list(routine.steps, start);
    if ([...jumps].every(([name, reached]) => isSame(before.get(name), reached))) break;
  }
  new Walk(jumps, refusals).list(routine.steps, start);
}

/** Loop variables and caught errors have names that nothing else in the routine assigns. */
function checkOwnNames(routine: Routine, refusals: Refusals): void {
  const assigned = new Set(routine.parameters.map(({ name }) => name));
  for (const { body } of bodiesOf(routine.steps)) {
    if (body.kind === 'call' && body.result !== undefined) assigned.add(body.result);
    if (body.kind !== 'assign') continue;
    for (const { target } of body.assignments) assigned.add(rootOf(target));
  }
  for (const { body, line, column } of bodiesOf(routine.steps)) {
    for (const name of ownNames(body)) {
      if (!assigned.has(name)) continue;
      refusals.refuse({ line, column }, `'${name}' of a for or except is assigned elsewhere too`);
    }
  }
}

function ownNames(body: StepBody): string[] {
  if (body.kind === 'for') return [body.value, ...(body.index === undefined ? [] : [body.index])];
  return body.kind === 'try' && body.except !== undefined ? [body.except.as] : [];
}

interface Scope {
  readonly entry: Known;
  /** Where `break` and `continue` lead; only a for has it. */
  readonly isLoop: boolean;
}

class Walk {
  readonly #jumps: Map<string, Reached>;
  readonly #refusals: Refusals | undefined;
  readonly #scopes: Scope[] = [];
  /** How many scopes lie around a step: what a jump to it leaves behind. */
  readonly #depths = new Map<string, number>();
  /** Names that the tries around have assigned so far, with the depth of each. */
  readonly #tries: { readonly depth: number; readonly names: Set<string> }[] = [];

  constructor(jumps: Map<string, Reached>, refusals: Refusals | undefined) {
    this.#jumps = jumps;
    this.#refusals = refusals;
  }

  list(steps: readonly Step[], entry: Reached): Reached {
    for (const { name } of steps) this.#depths.set(name, this.#scopes.length);
    let at = entry;
    for (const step of steps) {
      at = joined(at, step.name === '' ? undefined : this.#jumps.get(step.name));
      if (at === undefined) {
        this.#refusals?.refuse(step, `step '${step.name}' cannot be reached`);
        continue;
      }
      at = this.#body(step.body, at, step);
    }
    return at;
  }

  #body(body: StepBody, entry: Known, place: Position): Reached {
    if (body.kind !== 'assign') this.#read(body, entry);
    switch (body.kind) {
      case 'assign': {
        let at = entry;
        for (const { target, value, line, column } of body.assignments) {
          this.#readTemplate(value, at);
          if (target.kind === 'variable') {
            at = this.#assign(target.name, at, { line, column });
          } else {
            this.#readTemplate({ kind: 'expression', expression: target, line, column }, at);
          }
        }
        return this.#after(body.next, at);
      }
      case 'call': {
        const { result, next } = body;
        return this.#after(next, result === undefined ? entry : this.#assign(result, entry, place));
      }
      case 'switch':
        return this.#switch(body, entry);
      case 'for':
        return this.#for(body, entry, place);
      case 'try':
        return this.#try(body, entry, place);
      case 'steps':
        return this.#after(body.next, this.list(body.steps, entry));
      case 'next':
        return this.#after(body.next, entry);
      case 'raise':
      case 'return':
        return undefined;
      default:
        return unreachable(body);
    }
  }

  #switch(body: SwitchBody, entry: Known): Reached {
    const falls: Reached[] = [];
    let noMatch: Reached = entry;
    for (const { condition, body: matched, line, column } of body.entries) {
      if (noMatch === undefined) {
        this.#refusals?.refuse({ line, column }, 'a switch entry after condition: true');
      }
      falls.push(this.#body(matched, entry, { line, column }));
      if (condition.kind === 'literal' && condition.value === true) noMatch = undefined;
    }
    const isFallen = falls.some((fall) => fall !== undefined);
    if (body.next !== undefined && isFallen) {
      const reason = "'next' of a switch with an entry that does not jump: not modelled";
      this.#refusals?.refuse(body.next, reason);
    }
    return joined(...falls, this.#after(body.next, noMatch));
  }

  #for(body: ForBody, entry: Known, place: Position): Reached {
    const own = ownNames(body);
    this.#checkNew(own, entry, place);
    this.#scopes.push({ entry, isLoop: true });
    this.list(body.steps, withName(entry, ...own));
    this.#scopes.pop();
    // An empty list runs nothing, and what was assigned outside before stays assigned.
    return this.#after(body.next, entry);
  }

  #try(body: TryBody, entry: Known, place: Position): Reached {
    const seen = { depth: this.#scopes.length, names: new Set<string>() };
    this.#tries.push(seen);
    const tried = this.list(body.body, entry);
    this.#tries.pop();
    if (body.except === undefined) return this.#after(body.next, tried);
    const { as, steps } = body.except;
    this.#checkNew([as], entry, place);
    const failed: Known = { may: new Set([...entry.may, ...seen.names]), must: entry.must };
    this.#scopes.push({ entry: failed, isLoop: false });
    const handled = this.list(steps, withName(failed, as));
    this.#scopes.pop();
    return this.#after(body.next, joined(tried, within(handled, failed.may)));
  }

  #checkNew(names: readonly string[], entry: Known, place: Position): void {
    for (const name of names) {
      if (entry.may.has(name)) this.#refusals?.refuse(place, `'${name}' is in use here already`);
    }
  }

  #after(next: Jump | undefined, at: Reached): Reached {
    if (next === undefined || at === undefined) return at;
    const depth = this.#depths.get(next.target);
    if (depth !== undefined) {
      const left = this.#scopes[depth];
      const arriving = left === undefined ? at : within(at, left.entry.may);
      this.#jumps.set(next.target, joined(this.#jumps.get(next.target), arriving));
    }
    return undefined;
  }

  #assign(name: string, at: Known, place: Position): Known {
    for (const { entry } of this.#scopes) {
      if (!entry.may.has(name) || entry.must.has(name)) continue;
      const cure = 'assign it before, so that it is known whose variable this is';
      this.#refusals?.refuse(place, `'${name}' is assigned outside on some paths only: ${cure}`);
    }
    const depth = this.#scopes.findLastIndex(({ entry }) => !entry.may.has(name)) + 1;
    for (const seen of this.#tries) if (depth <= seen.depth) seen.names.add(name);
    return withName(at, name);
  }

  #read(body: StepBody, known: Known): void {
    for (const { at, part } of expressionPartsOf(body)) {
      if (part.kind === 'variable') this.#checkRead(part.name, known, at);
    }
  }

  #readTemplate(template: Template, known: Known): void {
    this.#read({ kind: 'return', value: template }, known);
  }

  #checkRead(name: string, known: Known, at: Position): void {
    if (known.may.has(name)) return;
    const reason = `symbol '${name}' is neither a variable nor a sub-workflow name`;
    this.#refusals?.refuse(placeOf(at), `failed to build: ${reason}`);
  }
}
