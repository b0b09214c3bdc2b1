/**
 * Rules for the workflow files beyond the language: what is legal but a trap, or read differently by
 * another implementation. Each refusal says what to write instead.
 */
import type { Expression } from '../expression/expression.js';
import type { Refusals } from '../read/deploy-error.js';
import type { Except, Program, Routine, Template } from '../read/program.js';
import { bodiesOf, expressionPartsOf, templatesOf } from '../read/walk-steps.js';

const ERROR_KEYS = ['message', 'code', 'tags'];
const LATE_NOW = 'sys.now() outside the first step of main: compute the time once and pass it on';

export function checkRules(
  program: Program,
  environment: ReadonlySet<string>,
  refusals: Refusals,
): void {
  for (const routine of program.values()) {
    const bodies = bodiesOf(routine.steps);
    const uncertain = uncertainMaps(routine);
    const firstBody = routine.name === 'main' ? routine.steps[0]?.body : undefined;
    const names = new Set<string>();
    for (const { name, body, line, column } of bodies) {
      const isTwice = name !== '' && names.has(name);
      if (isTwice) refusals.refuse({ line, column }, `step '${name}' is there twice`);
      names.add(name);
      if (body.kind === 'raise') checkRaise(body.value, refusals);
      if (body.kind === 'try') checkExcept(body.except, refusals);
      for (const { at, part } of expressionPartsOf(templatesOf(body))) {
        checkMember(part, at, uncertain, refusals);
        if (part.kind !== 'call') continue;
        if (part.name === 'sys.now' && body !== firstBody) refusals.refuse(at, LATE_NOW);
        if (part.name === 'sys.get_env') checkVariable(part.parts[0], at, environment, refusals);
      }
    }
  }
}

/** The argument of main and every caught error: any key may be missing. */
function uncertainMaps(routine: Routine): Set<string> {
  const names = new Set(routine.name === 'main' ? routine.parameters : []);
  for (const { body } of bodiesOf(routine.steps)) {
    if (body.kind === 'try') names.add(body.except.as);
  }
  return names;
}

function checkMember(
  part: Expression,
  at: Template,
  uncertain: ReadonlySet<string>,
  refusals: Refusals,
): void {
  if (part.kind !== 'member' || part.parts[0].kind !== 'variable') return;
  const { name } = part.parts[0];
  if (!uncertain.has(name)) return;
  refusals.refuse(at, `a key of '${name}' may be missing: read it by map.get(${name}, "KEY")`);
}

function checkVariable(
  name: Expression | undefined,
  at: Template,
  environment: ReadonlySet<string>,
  refusals: Refusals,
): void {
  const value = name?.kind === 'literal' ? name.value : undefined;
  if (typeof value === 'string' && environment.has(value)) return;
  const found = typeof value === 'string' ? `'${value}'` : 'an expression';
  refusals.refuse(at, `sys.get_env of ${found}, which the deployment does not set`);
}

function checkRaise(value: Template, refusals: Refusals): void {
  const keys = value.kind === 'map' ? value.entries.map(([key]) => key) : [];
  const isWhole = ERROR_KEYS.every((key) => keys.includes(key));
  if (!isWhole) refusals.refuse(value, `raise a map with ${ERROR_KEYS.join(', ')}`);
}

function checkExcept(except: Except, refusals: Refusals): void {
  const isHeard = bodiesOf(except.steps).some(
    ({ body: { kind } }) => kind === 'raise' || kind === 'return' || kind === 'assign',
  );
  if (!isHeard) refusals.refuse(except, "an 'except' that neither raises nor records the error");
}
