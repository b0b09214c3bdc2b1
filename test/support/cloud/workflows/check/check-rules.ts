/**
 * The rules for the one workflow file that go past the language: what is legal but a trap, or read
 * differently by another implementation. Each refusal says what to write instead.
 */
import type { Refusals } from '../read/deploy-error.js';
import type { Expression } from '../expression/expression.js';
import type { Except, Program, Routine, Step, Template } from '../read/program.js';
import { compilePattern } from '../expression/regular-expression.js';
import { rootOf } from '../read/template-reader.js';
import { isMap } from '../expression/values.js';
import { RaisedError } from '../run/workflow-errors.js';
import { bodiesOf, expressionPartsOf } from '../read/walk-steps.js';

/** Left out of an answer where there is nothing to count or to list. */
const OFTEN_ABSENT = [
  'items',
  'prefixes',
  'nextPageToken',
  'succeededCount',
  'failedCount',
  'cancelledCount',
  'runningCount',
  'retriedCount',
];
const ERROR_KEYS = ['message', 'code', 'tags'];

export function checkRules(
  program: Program,
  environment: ReadonlyMap<string, string>,
  refusals: Refusals,
): void {
  for (const routine of program.routines.values()) {
    const maps = mapsToReadSafely(routine);
    const firstStep = routine.name === 'main' ? routine.steps[0] : undefined;
    const mayAskTime = new Set(firstStep === undefined ? [] : bodiesIn([firstStep]));
    for (const { body, line, column } of bodiesOf(routine.steps)) {
      if (body.kind === 'raise') checkRaise(body.value, refusals);
      if (body.kind === 'try') checkExcept(body.except, refusals);
      if (body.kind === 'call' && body.callee === 'sys.now' && !mayAskTime.has(body)) {
        refusals.refuse({ line, column }, LATE_NOW);
      }
      for (const { at, part } of expressionPartsOf(body)) {
        checkMember(part, at, maps, refusals);
        if (part.kind !== 'call') continue;
        checkFunction(part.name, part.args, { at, environment, refusals });
        if (part.name === 'sys.now' && !mayAskTime.has(body)) refusals.refuse(at, LATE_NOW);
      }
    }
  }
}

const LATE_NOW = 'sys.now() outside the first step of main: compute the time once and pass it on';

function bodiesIn(steps: readonly Step[]): Step['body'][] {
  return [...bodiesOf(steps)].map(({ body }) => body);
}

/** The argument of main and every caught error: any key may be missing. */
function mapsToReadSafely(routine: Routine): Set<string> {
  const names = new Set<string>();
  if (routine.name === 'main') for (const name of routine.parameters) names.add(name);
  for (const { body } of bodiesOf(routine.steps)) {
    if (body.kind === 'try') names.add(body.except.as);
  }
  return names;
}

function checkMember(
  part: Expression,
  at: Template,
  maps: ReadonlySet<string>,
  refusals: Refusals,
): void {
  if (part.kind !== 'member' && part.kind !== 'index') return;
  const key = part.kind === 'member' ? part.name : literalText(part.key);
  const root = rootOf(part.of);
  if (part.of.kind === 'variable' && maps.has(root)) {
    refusals.refuse(at, `a key of '${root}' may be missing: read it by map.get(${root}, "KEY")`);
  } else if (key !== undefined && OFTEN_ABSENT.includes(key)) {
    refusals.refuse(at, `'${key}' is absent when empty: read it by map.get`);
  }
}

function literalText(expression: Expression | undefined): string | undefined {
  const value = expression?.kind === 'literal' ? expression.value : undefined;
  return typeof value === 'string' ? value : undefined;
}

function checkFunction(
  name: string,
  args: readonly Expression[],
  {
    at,
    environment,
    refusals,
  }: { at: Template; environment: ReadonlyMap<string, string>; refusals: Refusals },
): void {
  if (name === 'sys.get_env' && args.length === 1) {
    const variable = literalText(args[0]);
    const isSet = variable !== undefined && environment.has(variable);
    const found = variable === undefined ? 'an expression' : `'${variable}'`;
    if (!isSet) refusals.refuse(at, `sys.get_env of ${found}, which the deployment does not set`);
  }
  if (name === 'map.get' && args[1]?.kind === 'list') {
    refusals.refuse(at, 'map.get with a list of keys: nest calls with one key each');
  }
  const pattern = name.endsWith('_regex') ? literalText(args[1]) : undefined;
  const reason = pattern === undefined ? undefined : whyInvalid(pattern);
  if (reason !== undefined) refusals.refuse(at, reason);
}

function whyInvalid(pattern: string): string | undefined {
  try {
    compilePattern(pattern);
    return undefined;
  } catch (error) {
    if (error instanceof RaisedError) {
      const message = isMap(error.value) ? error.value.get('message') : undefined;
      return typeof message === 'string' ? message : `regexp '${pattern}'`;
    }
    return error instanceof Error ? error.message : String(error);
  }
}

function checkRaise(value: Template, refusals: Refusals): void {
  if (value.kind === 'map') {
    const keys = value.entries.map(({ key }) => key);
    const isWhole = ERROR_KEYS.every((key) => keys.includes(key));
    if (!isWhole) refusals.refuse(value, `an error to raise has ${ERROR_KEYS.join(', ')}`);
    return;
  }
  const { kind } = value.kind === 'expression' ? value.expression : value;
  const isName = kind === 'variable' || kind === 'member' || kind === 'index';
  if (!isName) refusals.refuse(value, `raise of a ${kind}: raise a map with message, code, tags`);
}

function checkExcept(except: Except, refusals: Refusals): void {
  const bodies = bodiesIn(except.steps);
  const isHeard = bodies.some(
    (body) =>
      body.kind === 'raise' ||
      body.kind === 'return' ||
      body.kind === 'assign' ||
      (body.kind === 'call' && body.callee === 'sys.log'),
  );
  if (!isHeard && except.steps.length > 0)
    refusals.refuse(except, "an 'except' that neither raises nor records the error");
}
