/** The lines of a feed, each with its machine and the slots of its symbols. */
import { LineMachine } from '../../core/feed/line-machine.js';
import type { LineOptions, LinePlan } from '../../core/feed/line-plan.js';
import { type FeedMarket, routesOf } from '../../core/feed/stream-kind.js';
import { makeSlots, type Slot } from './count-rows.js';

export interface Line {
  readonly plan: LinePlan;
  readonly machine: LineMachine;
  /** By symbol as in payloads. */
  readonly slots: ReadonlyMap<string, Slot>;
}

/** `shared`: what all machines are given alike. */
export function makeLines(
  plans: readonly LinePlan[],
  market: FeedMarket,
  shared: Omit<LineOptions, 'plan' | 'routes'>,
  nowUs: number,
): Line[] {
  let slotCount = 0;
  return plans.map((plan) => {
    const slots = makeSlots(plan);
    for (const slot of slots) slot.index = slotCount++;
    return {
      plan,
      machine: new LineMachine({ plan, routes: routesOf(market, plan.kind), ...shared }, nowUs),
      slots: new Map(slots.map((slot) => [slot.symbol, slot])),
    };
  });
}
