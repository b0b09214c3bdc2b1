/** What a line is given: its plan, its routes, its durations, and the randomness of its waits. */
import type { LinePlan } from './line-plan.js';
import type { LineTimes } from './line-times.js';

export interface LineOptions {
  readonly plan: LinePlan;
  /** In the order to try. */
  readonly routes: readonly string[];
  readonly times: LineTimes;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Counts up over all lines. */
  readonly nextConnection: () => number;
}
