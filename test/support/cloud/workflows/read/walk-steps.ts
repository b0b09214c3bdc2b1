/** Lists all bodies of a routine and the expressions in each: what the checks look through. */
import { type Expression, partsOf } from '../expression/expression.js';
import type { Position } from './deploy-error.js';
import type { Step, StepBody, Template } from './program.js';
import { expressionsOf } from './template-reader.js';

/** One body with its place. A switch entry and the call in a try have no name. */
export interface Placed extends Position {
  readonly name: string;
  readonly body: StepBody;
}

/** All bodies, outermost first, in the order of the source. */
export function bodiesOf(steps: readonly Step[]): Placed[] {
  return steps.flatMap((step) => bodiesBelow(step));
}

function bodiesBelow(placed: Placed): Placed[] {
  const { body, line, column } = placed;
  if (body.kind === 'for') return [placed, ...bodiesOf(body.steps)];
  if (body.kind === 'switch') {
    const entries = body.entries.map((entry) => ({ ...entry, name: '' }));
    return [placed, ...entries.flatMap((entry) => bodiesBelow(entry))];
  }
  if (body.kind !== 'try') return [placed];
  return [placed, { name: '', body: body.body, line, column }, ...bodiesOf(body.except.steps)];
}

/** The values that a body itself evaluates, without those of bodies inside it. */
export function templatesOf(body: StepBody): Template[] {
  if (body.kind === 'assign') return body.assignments.map(({ value }) => value);
  if (body.kind === 'call') return [...body.args.values()];
  if (body.kind === 'switch') return body.entries.map(({ condition }) => condition);
  if (body.kind === 'for') return [body.list];
  return body.kind === 'try' ? [] : [body.value];
}

/** Every part of every expression of these templates, with the place of its value. */
export function expressionPartsOf(
  templates: readonly Template[],
): { readonly at: Template; readonly part: Expression }[] {
  return templates
    .flatMap((template) => expressionsOf(template))
    .flatMap(({ at, expression }) => [...partsOf(expression)].map((part) => ({ at, part })));
}
