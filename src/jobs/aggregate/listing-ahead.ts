/** Lists the next day of a symbol while the present one is computed. */
import type { DayPlan } from '../../core/plan/day-plan.js';
import type { DayRules } from '../../core/rule/rule-table.js';
import type { SymbolDay } from '../../core/rule/symbol-day.js';
import { listDay } from '../plan/list-day.js';
import type { Store } from '../ports.js';

export class ListingAhead {
  private readonly rules: DayRules;
  private readonly raw: Store;
  private ahead: { readonly day: SymbolDay; readonly plan: Promise<DayPlan> } | undefined;

  constructor(rules: DayRules, raw: Store) {
    this.rules = rules;
    this.raw = raw;
  }

  /**
   * The plan of `day`, listed ahead if it was `next` before; then it starts to list `next`. Throws what the listing of
   * `day` threw; a failed listing of a day that nobody takes is forgotten.
   */
  async take(day: SymbolDay, next: SymbolDay | undefined): Promise<DayPlan> {
    const { ahead } = this;
    this.ahead = undefined;
    const isListed = ahead?.day.date === day.date && ahead.day.symbol === day.symbol;
    try {
      return await (isListed ? ahead.plan : listDay(day, this.rules, this.raw));
    } finally {
      if (next !== undefined) this.start(next);
    }
  }

  private start(day: SymbolDay): void {
    const plan = listDay(day, this.rules, this.raw);
    // Thrown when its day is taken; until then a failure must not count as unhandled.
    plan.catch(() => undefined);
    this.ahead = { day, plan };
  }
}
