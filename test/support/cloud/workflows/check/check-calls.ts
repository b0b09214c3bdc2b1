/** Checks what is called, with which arguments, and from where: functions, subworkflows, connectors. */
import { CONNECTORS } from '../connector/connectors.js';
import { STANDARD_LIBRARY } from '../library/standard-library.js';
import type { Position, Refusals } from '../read/deploy-error.js';
import type { CallBody, Program, Routine } from '../read/program.js';
import { bodiesOf, expressionPartsOf, templatesOf } from '../read/walk-steps.js';

export function checkCalls(program: Program, refusals: Refusals): void {
  const blocking = blockingRoutines(program);
  for (const routine of program.values()) {
    for (const { body, line, column } of bodiesOf(routine.steps)) {
      if (body.kind === 'call') checkCallStep({ line, column }, body, program, refusals);
      for (const { at, part } of expressionPartsOf(templatesOf(body))) {
        if (part.kind !== 'call') continue;
        const { name, parts } = part;
        if (blocking.has(name) || CONNECTORS.has(name)) {
          refusals.refuse(at, `'${name}' blocks and cannot be called in an expression`);
          continue;
        }
        const count = STANDARD_LIBRARY.get(name)?.count ?? program.get(name)?.parameters.length;
        if (count === undefined || name === 'main') {
          refusals.refuse(at, unknown(name));
        } else if (count !== parts.length) {
          refusals.refuse(at, `'${name}' takes ${count} arguments, found ${parts.length}`);
        }
      }
    }
  }
}

function checkCallStep(at: Position, body: CallBody, program: Program, refusals: Refusals): void {
  const { callee, args } = body;
  // The reader has refused a callee that is not a name.
  if (callee === '') return;
  const connector = CONNECTORS.get(callee);
  const parameters = connector?.parameters ?? program.get(callee)?.parameters;
  if (parameters === undefined || callee === 'main') {
    refusals.refuse(at, unknown(callee));
    return;
  }
  const names = parameters.map((name) => name.replace('?', ''));
  for (const name of args.keys()) {
    if (!names.includes(name)) refusals.refuse(at, `'${callee}' has no argument '${name}'`);
  }
  for (const name of parameters) {
    const isMissing = !name.endsWith('?') && !args.has(name);
    if (isMissing) refusals.refuse(at, `'${callee}' needs the argument '${name}'`);
  }
  connector?.check(args, at, refusals);
}

function unknown(name: string): string {
  return `symbol '${name}' not found: the interpreter has no such subworkflow, function or connector`;
}

/** Subworkflows that call a connector, or another subworkflow that does. */
function blockingRoutines(program: Program): Set<string> {
  const found = new Set<string>();
  for (let before = -1; before < found.size;) {
    before = found.size;
    for (const routine of program.values()) {
      const isBlocking = calledIn(routine).some((name) => CONNECTORS.has(name) || found.has(name));
      if (isBlocking) found.add(routine.name);
    }
  }
  return found;
}

function calledIn({ steps }: Routine): string[] {
  return bodiesOf(steps).flatMap(({ body }) => [
    ...(body.kind === 'call' ? [body.callee] : []),
    ...expressionPartsOf(templatesOf(body)).flatMap(({ part }) =>
      part.kind === 'call' ? [part.name] : [],
    ),
  ]);
}
