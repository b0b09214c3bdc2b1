/** Step names, and `next: break`, which is for loops alone. */
import type { Refusals } from '../read/deploy-error.js';
import type { Routine, Step } from '../read/program.js';
import { bodiesOf } from '../read/walk-steps.js';

export function checkJumps(routine: Routine, refusals: Refusals): void {
  const all = new Set<string>();
  for (const { name, body, line, column } of bodiesOf(routine.steps)) {
    if (name !== '' && all.has(name)) {
      refusals.refuse({ line, column }, `step '${name}' is there twice`);
    }
    all.add(name);
    if (body.kind === 'break' && !isInLoop(body, routine.steps)) {
      refusals.refuse({ line, column }, "'next: break' outside a for");
    }
  }
}

function isInLoop(wanted: Step['body'], steps: readonly Step[]): boolean {
  return [...bodiesOf(steps)].some(
    ({ body }) =>
      body.kind === 'for' && [...bodiesOf(body.steps)].some((inner) => inner.body === wanted),
  );
}
