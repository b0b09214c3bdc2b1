/** Step names and where `next` may lead: to a step of the same or an enclosing list, within one loop. */
import type { Refusals } from '../read/deploy-error.js';
import type { Jump, Routine, Step, StepBody } from '../read/program.js';
import { bodiesOf, stepsIn } from '../read/walk-steps.js';

interface Surroundings {
  readonly names: ReadonlySet<string>;
  readonly isInLoop: boolean;
}

export function checkJumps(routine: Routine, refusals: Refusals): void {
  const all = new Set<string>();
  for (const { name, line, column } of bodiesOf(routine.steps)) {
    if (name === '') continue;
    if (all.has(name)) refusals.refuse({ line, column }, `step '${name}' is there twice`);
    all.add(name);
  }
  const checkList = (steps: readonly Step[], around: Surroundings): void => {
    const names = new Set([...around.names, ...steps.map(({ name }) => name)]);
    for (const { body } of steps) checkBody(body, { ...around, names });
  };
  const checkBody = (body: StepBody, around: Surroundings): void => {
    if ('next' in body && body.next !== undefined) checkTarget(body.next, around, all, refusals);
    const isLoop = body.kind === 'for';
    const inside = isLoop ? { names: new Set<string>(), isInLoop: true } : around;
    for (const steps of stepsIn(body)) checkList(steps, inside);
    if (body.kind === 'switch') for (const entry of body.entries) checkBody(entry.body, around);
  };
  checkList(routine.steps, { names: new Set(), isInLoop: false });
}

function checkTarget(
  jump: Jump,
  around: Surroundings,
  all: ReadonlySet<string>,
  refusals: Refusals,
): void {
  const { target } = jump;
  const isLoopTarget = target === 'break' || target === 'continue';
  if (isLoopTarget && !around.isInLoop) {
    refusals.refuse(jump, `'next: ${target}' outside a for`);
  } else if (target === 'end' && around.isInLoop) {
    refusals.refuse(jump, "'next: end' inside a for: not modelled, use return");
  } else if (!isLoopTarget && target !== 'end' && !around.names.has(target)) {
    const where = 'leads out of a loop or into nested steps: not modelled';
    const reason = all.has(target) ? `'next: ${target}' ${where}` : `step '${target}' not found`;
    refusals.refuse(jump, reason);
  }
}
