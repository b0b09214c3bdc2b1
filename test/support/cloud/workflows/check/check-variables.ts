/**
 * Follows every path through a routine and refuses what no path can mean: a variable that nothing has
 * assigned, one that leaves its scope, and a step that is never reached.
 */
import { unreachable } from '../../../../../src/core/unit/errors.js';
import type { Position, Refusals } from '../read/deploy-error.js';
import { joined, type Known, type Reached, within, withName } from './known-variables.js';
import type {
  ForBody,
  Routine,
  Step,
  StepBody,
  SwitchBody,
  Template,
  TryBody,
} from '../read/program.js';
import { bodiesOf, expressionPartsOf, placeOf } from '../read/walk-steps.js';

export function checkVariables(routine: Routine, refusals: Refusals): void {
  checkOwnNames(routine, refusals);
  const parameters = new Set(routine.parameters);
  new Walk(refusals).list(routine.steps, { may: parameters, must: parameters });
}

/** Loop variables and caught errors have names that nothing else in the routine assigns. */
function checkOwnNames(routine: Routine, refusals: Refusals): void {
  const assigned = new Set(routine.parameters);
  for (const { body } of bodiesOf(routine.steps)) {
    if (body.kind === 'call' && body.result !== undefined) assigned.add(body.result);
    if (body.kind !== 'assign') continue;
    for (const { name } of body.assignments) assigned.add(name);
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
  return body.kind === 'try' ? [body.except.as] : [];
}

class Walk {
  private readonly refusals: Refusals;
  /** What was known at the entry of each loop and except around. */
  private readonly scopes: Known[] = [];
  /** Names that the tries around have assigned so far, with the depth of each. */
  private readonly tries: { readonly depth: number; readonly names: Set<string> }[] = [];

  constructor(refusals: Refusals) {
    this.refusals = refusals;
  }

  list(steps: readonly Step[], entry: Reached): Reached {
    let at = entry;
    for (const step of steps) {
      if (at === undefined) {
        this.refusals.refuse(step, `step '${step.name}' cannot be reached`);
        continue;
      }
      at = this.body(step.body, at, step);
    }
    return at;
  }

  private body(body: StepBody, entry: Known, place: Position): Reached {
    if (body.kind !== 'assign') this.read(body, entry);
    switch (body.kind) {
      case 'assign': {
        let at = entry;
        for (const { name, value, line, column } of body.assignments) {
          this.readTemplate(value, at);
          at = this.assign(name, at, { line, column });
        }
        return at;
      }
      case 'call':
        return body.result === undefined ? entry : this.assign(body.result, entry, place);
      case 'switch':
        return this.switch(body, entry);
      case 'for':
        return this.for(body, entry, place);
      case 'try':
        return this.try(body, entry, place);
      case 'break':
      case 'raise':
      case 'return':
        return undefined;
      default:
        return unreachable(body);
    }
  }

  private switch(body: SwitchBody, entry: Known): Reached {
    const falls: Reached[] = [];
    let noMatch: Reached = entry;
    for (const { condition, body: matched, line, column } of body.entries) {
      if (noMatch === undefined) {
        this.refusals.refuse({ line, column }, 'a switch entry after condition: true');
      }
      falls.push(this.body(matched, entry, { line, column }));
      if (condition.kind === 'literal' && condition.value === true) noMatch = undefined;
    }
    return joined(...falls, noMatch);
  }

  private for(body: ForBody, entry: Known, place: Position): Reached {
    const own = ownNames(body);
    this.checkNew(own, entry, place);
    this.scopes.push(entry);
    this.list(body.steps, withName(entry, ...own));
    this.scopes.pop();
    // An empty list runs nothing, and what was assigned outside before stays assigned.
    return entry;
  }

  private try({ body, except }: TryBody, entry: Known, place: Position): Reached {
    const seen = { depth: this.scopes.length, names: new Set<string>() };
    this.tries.push(seen);
    const tried = this.list(body, entry);
    this.tries.pop();
    const { as, steps } = except;
    this.checkNew([as], entry, place);
    const failed: Known = { may: new Set([...entry.may, ...seen.names]), must: entry.must };
    this.scopes.push(failed);
    const handled = this.list(steps, withName(failed, as));
    this.scopes.pop();
    return joined(tried, within(handled, failed.may));
  }

  private checkNew(names: readonly string[], entry: Known, place: Position): void {
    for (const name of names) {
      if (entry.may.has(name)) this.refusals.refuse(place, `'${name}' is in use here already`);
    }
  }

  private assign(name: string, at: Known, place: Position): Known {
    for (const entry of this.scopes) {
      if (!entry.may.has(name) || entry.must.has(name)) continue;
      const cure = 'assign it before, so that it is known whose variable this is';
      this.refusals.refuse(place, `'${name}' is assigned outside on some paths only: ${cure}`);
    }
    const depth = this.scopes.findLastIndex((entry) => !entry.may.has(name)) + 1;
    for (const seen of this.tries) if (depth <= seen.depth) seen.names.add(name);
    return withName(at, name);
  }

  private read(body: StepBody, known: Known): void {
    for (const { at, part } of expressionPartsOf(body)) {
      if (part.kind === 'variable') this.checkRead(part.name, known, at);
    }
  }

  private readTemplate(template: Template, known: Known): void {
    this.read({ kind: 'return', value: template }, known);
  }

  private checkRead(name: string, known: Known, at: Position): void {
    if (known.may.has(name)) return;
    const reason = `symbol '${name}' is neither a variable nor a sub-workflow name`;
    this.refusals.refuse(placeOf(at), `failed to build: ${reason}`);
  }
}
