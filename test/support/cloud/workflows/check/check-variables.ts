/**
 * Follows the paths through a routine. Refuses a read of a variable that some path leaves unassigned,
 * a read outside of its scope, and a step that no path reaches.
 */
import type { Position, Refusals } from '../read/deploy-error.js';
import type { Routine, Step, StepBody, Template } from '../read/program.js';
import { expressionPartsOf, templatesOf } from '../read/walk-steps.js';

/** The variables assigned on every path to a place; undefined for a place that no path reaches. */
type Known = ReadonlySet<string> | undefined;

export function checkVariables(routine: Routine, refusals: Refusals): void {
  new Walk(refusals).list(routine.steps, new Set(routine.parameters));
}

class Walk {
  private readonly refusals: Refusals;

  constructor(refusals: Refusals) {
    this.refusals = refusals;
  }

  list(steps: readonly Step[], entry: Known): Known {
    let known = entry;
    for (const step of steps) {
      if (known === undefined) this.refusals.refuse(step, `step '${step.name}' cannot be reached`);
      known = this.body(step.body, known ?? entry ?? new Set(), step);
    }
    return known;
  }

  private body(body: StepBody, entry: ReadonlySet<string>, place: Position): Known {
    if (body.kind === 'assign') {
      let known = entry;
      for (const { name, value } of body.assignments) {
        this.read([value], known);
        known = new Set([...known, name]);
      }
      return known;
    }
    this.read(templatesOf(body), entry);
    switch (body.kind) {
      case 'call':
        return body.result === undefined ? entry : new Set([...entry, body.result]);
      case 'switch': {
        const ends = body.entries.map((each) => this.body(each.body, entry, each));
        return joined([entry, ...ends]);
      }
      case 'for': {
        this.list(body.steps, this.withNew([body.value, body.index], entry, place));
        return entry;
      }
      case 'try': {
        const { as, steps } = body.except;
        const handled = this.list(steps, this.withNew([as], entry, place));
        const tried = this.body(body.body, entry, place);
        return joined([tried, handled === undefined ? undefined : entry]);
      }
      default:
        return undefined;
    }
  }

  /** Names of a for or except are new: an outer variable of that name would change. */
  private withNew(
    names: readonly string[],
    entry: ReadonlySet<string>,
    place: Position,
  ): ReadonlySet<string> {
    for (const name of names) {
      if (entry.has(name)) this.refusals.refuse(place, `'${name}' is in use here already`);
    }
    return new Set([...entry, ...names]);
  }

  private read(templates: readonly Template[], known: ReadonlySet<string>): void {
    for (const { at, part } of expressionPartsOf(templates)) {
      if (part.kind !== 'variable' || known.has(part.name)) continue;
      const reason = `symbol '${part.name}' is neither a variable nor a sub-workflow name`;
      this.refusals.refuse(at, `failed to build: ${reason}, or not on every path`);
    }
  }
}

function joined(ends: readonly Known[]): Known {
  const [first, ...others] = ends.filter((end) => end !== undefined);
  if (first === undefined) return undefined;
  return new Set([...first].filter((name) => others.every((end) => end.has(name))));
}
