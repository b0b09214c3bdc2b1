/** Everything in a routine, one body after the other: what the checks look through. */
import { unreachable } from '../../../../../src/core/unit/errors.js';
import type { Position } from './deploy-error.js';
import type { Expression } from '../expression/expression.js';
import { partsOf } from '../expression/expression.js';
import type { Step, StepBody, SwitchEntry, Template } from './program.js';
import { expressionsOf } from './template-reader.js';

/** One body with its place. A switch entry and a bare try have no name. */
export interface Placed extends Position {
  readonly name: string;
  readonly body: StepBody;
}

/** All bodies, outermost first, in the order of the source. */
export function* bodiesOf(steps: readonly Step[]): Generator<Placed> {
  for (const step of steps) yield* bodiesBelow(step);
}

function* bodiesBelow(placed: Placed): Generator<Placed> {
  yield placed;
  for (const steps of stepsIn(placed.body)) yield* bodiesOf(steps);
  if (placed.body.kind !== 'switch') return;
  for (const entry of placed.body.entries) yield* bodiesBelow(entryBody(entry));
}

function entryBody({ body, line, column }: SwitchEntry): Placed {
  return { name: '', body, line, column };
}

/** The lists of steps directly in a body; those of switch entries are bodies of their own. */
export function stepsIn(body: StepBody): (readonly Step[])[] {
  if (body.kind === 'for') return [body.steps];
  if (body.kind === 'try') return [body.body, body.except.steps];
  return [];
}

/** The values that a body itself evaluates, without those of steps inside it. */
export function templatesOf(body: StepBody): Template[] {
  switch (body.kind) {
    case 'assign':
      return body.assignments.map(({ value }) => value);
    case 'call':
      return [...body.args.values()];
    case 'switch':
      return body.entries.map(({ condition }) => condition);
    case 'for':
      return [body.list];
    case 'raise':
    case 'return':
      return [body.value];
    case 'try':
    case 'break':
      return [];
    default:
      return unreachable(body);
  }
}

export function placeOf({ line, column }: Position): Position {
  return { line, column };
}

/** Every part of every expression that a body itself evaluates, with the place of its value. */
export function* expressionPartsOf(body: StepBody): Generator<{ at: Template; part: Expression }> {
  for (const template of templatesOf(body)) {
    for (const at of templatesBelow(template)) {
      for (const expression of expressionsOf(at)) {
        for (const part of partsOf(expression)) yield { at, part };
      }
    }
  }
}

/** The leaves of a template, and its maps' keys as one with the map. */
function* templatesBelow(template: Template): Generator<Template> {
  if (template.kind === 'list') {
    for (const item of template.items) yield* templatesBelow(item);
    return;
  }
  if (template.kind !== 'map') {
    yield template;
    return;
  }
  const { line, column } = template;
  for (const { key, value } of template.entries) {
    if (typeof key !== 'string') yield { kind: 'expression', expression: key, line, column };
    yield* templatesBelow(value);
  }
}
