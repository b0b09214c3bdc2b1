/** What is called, with which arguments, and from where: functions, subworkflows, connectors. */
import { CONNECTORS } from '../connector/connectors.js';
import type { Position, Refusals } from '../read/deploy-error.js';
import type { LibraryParameter } from '../library/library.js';
import type { CallBody, Program, Routine } from '../read/program.js';
import { STANDARD_LIBRARY } from '../library/standard-library.js';
import { bodiesOf, expressionPartsOf } from '../read/walk-steps.js';

export function checkCalls(program: Program, refusals: Refusals): void {
  const blockers = blockingRoutines(program);
  for (const routine of program.routines.values()) {
    for (const placed of bodiesOf(routine.steps)) {
      if (placed.body.kind === 'call') checkCallStep(placed, placed.body, program, refusals);
      for (const { at, part } of expressionPartsOf(placed.body)) {
        if (part.kind !== 'call') continue;
        checkCallIn(part.name, part.args.length, at, { program, blockers, refusals });
      }
    }
  }
}

function checkCallStep(at: Position, body: CallBody, program: Program, refusals: Refusals): void {
  const { callee, args } = body;
  // What is not a name has been refused where it was read.
  if (callee === '') return;
  if (callee === 'main') refusals.refuse(at, "'main' cannot be called: not modelled");
  const connector = CONNECTORS.get(callee);
  const library = STANDARD_LIBRARY.get(callee);
  const parameters = connector?.parameters ?? library?.parameters ?? parametersOf(callee, program);
  if (parameters === undefined) {
    refusals.refuse(at, unknown(callee));
  } else {
    if (library?.isNamed === false && args.size > 0) {
      refusals.refuse(at, `'${callee}' has no documented argument names: call it in an expression`);
    }
    checkNames(callee, [...args.keys()], parameters, at, refusals);
    connector?.check(args, at, refusals);
  }
}

function checkNames(
  callee: string,
  given: readonly string[],
  parameters: readonly LibraryParameter[],
  at: Position,
  refusals: Refusals,
): void {
  for (const name of given) {
    const isKnown = parameters.some((parameter) => parameter.name === name);
    if (!isKnown) refusals.refuse(at, `'${callee}' has no argument '${name}'`);
  }
  for (const { name, isOptional } of parameters) {
    const isMissing = !isOptional && !given.includes(name);
    if (isMissing) refusals.refuse(at, `'${callee}' needs the argument '${name}'`);
  }
}

function checkCount(
  callee: string,
  count: number,
  parameters: readonly LibraryParameter[],
  at: Position,
  refusals: Refusals,
): void {
  const least = parameters.filter(({ isOptional }) => !isOptional).length;
  if (count >= least && count <= parameters.length) return;
  const expected = least === parameters.length ? `${least}` : `${least} to ${parameters.length}`;
  refusals.refuse(at, `'${callee}' takes ${expected} arguments, found ${count}`);
}

function checkCallIn(
  name: string,
  count: number,
  at: Position,
  {
    program,
    blockers,
    refusals,
  }: { program: Program; blockers: ReadonlySet<string>; refusals: Refusals },
): void {
  const library = STANDARD_LIBRARY.get(name);
  const parameters = library?.parameters ?? parametersOf(name, program);
  if (library?.isBlocking === true || CONNECTORS.has(name)) {
    refusals.refuse(at, `'${name}' blocks and cannot be called in an expression`);
  } else if (blockers.has(name)) {
    refusals.refuse(
      at,
      `'${name}' blocks inside, and a call of it in an expression is not modelled`,
    );
  } else if (name === 'main') {
    refusals.refuse(at, "'main' cannot be called: not modelled");
  } else if (parameters === undefined) {
    refusals.refuse(at, unknown(name));
  } else {
    checkCount(name, count, parameters, at, refusals);
  }
}

function unknown(name: string): string {
  return `symbol '${name}' not found: no such subworkflow, function or connector is implemented`;
}

function parametersOf(name: string, program: Program): readonly LibraryParameter[] | undefined {
  const names = program.routines.get(name)?.parameters;
  return names?.map((parameter) => ({ name: parameter, isOptional: false }));
}

/** Subworkflows that wait for something, or call one that does. */
function blockingRoutines(program: Program): Set<string> {
  return routinesThatCall(
    program,
    (name) => CONNECTORS.has(name) || STANDARD_LIBRARY.get(name)?.isBlocking === true,
  );
}

/** Routines with a call step that passes, or that call such a routine. */
export function routinesThatCall(program: Program, isIt: (callee: string) => boolean): Set<string> {
  const found = new Set<string>();
  for (let before = -1; before < found.size;) {
    before = found.size;
    for (const routine of program.routines.values()) {
      const calls = calledIn(routine).some((name) => isIt(name) || found.has(name));
      if (calls) found.add(routine.name);
    }
  }
  return found;
}

function calledIn({ steps }: Pick<Routine, 'steps'>): string[] {
  const names: string[] = [];
  for (const { body } of bodiesOf(steps)) {
    if (body.kind === 'call') names.push(body.callee);
    for (const { part } of expressionPartsOf(body)) if (part.kind === 'call') names.push(part.name);
  }
  return names;
}
