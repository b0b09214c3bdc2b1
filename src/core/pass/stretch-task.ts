/** What one thread is asked for, and what it answers. */
import type { Stretch } from '../plan/stretches.js';
import type { DayRules } from '../rule/rule-table.js';
import type { SymbolDay } from '../rule/symbol-day.js';
import type { InputObject } from '../stored/quality-report.js';
import type { StretchResult } from './stretch-result.js';

export interface StretchTask {
  readonly day: SymbolDay;
  readonly rules: DayRules;
  readonly stretch: Stretch;
  /** What an earlier pass over the whole day has found (StretchResult.idlessMs). */
  readonly idlessMs?: ReadonlySet<number>;
}

export interface ComputedStretch {
  readonly result: StretchResult;
  /** The objects read, in reading order; without those before the stretch. */
  readonly inputs: readonly InputObject[];
}

/** Only one pass over the whole day computes such a recording exactly. */
export interface WholeDayNeeded {
  readonly needsWholeDay: string;
}

export type StretchEnd = ComputedStretch | WholeDayNeeded;
