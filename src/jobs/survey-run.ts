/** Looks at every symbol-day of a run that has not been started: what there is to read, and what would be computed. */
import { windowsOf } from '../core/plan/execution-plan.js';
import type { WindowFacts } from '../core/report/estimate.js';
import type { PublishedEntry } from '../core/report/manifest.js';
import type { SymbolDay } from '../core/report/options.js';
import { FlowbarsError } from '../core/unit/errors.js';
import { datesBetween, type UtcDate } from '../core/unit/utc-date.js';
import { readManifest } from './day-manifest.js';
import { type DayLook, lookAtDay, type LookOptions } from './look-at-day.js';
import { mapBounded } from './map-bounded.js';
import type { Effects } from './ports.js';
import type { WatchedPlan } from './watch-execution.js';

/** Some 160,000 listings, a dollar's worth: a month of 500 symbols fits. */
export const SURVEY_SYMBOL_DAYS_MAX = 20_000;
const DAYS_AT_ONCE = 16;

export interface SurveyOptions extends LookOptions {
  /** Computes what is unchanged, too. */
  readonly force: boolean;
}

export interface Survey {
  readonly windows: readonly WindowFacts[];
  readonly symbolDays: number;
  readonly toCompute: number;
  /** Published and as it would come out again. */
  readonly unchanged: number;
  /** Without an object in the raw root. */
  readonly withoutData: number;
  readonly inputObjects: number;
  readonly inputBytes: number;
}

/** Events `surveyed` with `done` and `total`. Throws FlowbarsErrors of the world, and a usage error beyond the limit. */
export async function surveyRun(
  plan: WatchedPlan,
  options: SurveyOptions,
  effects: Pick<Effects, 'raw' | 'out' | 'codec' | 'log'>,
): Promise<Survey> {
  const total = plan.symbols.length * datesBetween(plan.from, plan.to).length;
  refuseTooMany(total);
  let done = 0;
  const looked = { objects: 0, bytes: 0, toCompute: 0, withoutData: 0 };
  const windows: WindowFacts[] = [];
  for (const window of windowsOf(plan)) {
    const dates = datesBetween(window.from, window.to);
    const listed = await publishedEntries(dates, effects);
    const days = plan.symbols.flatMap((symbol) => dates.map((date) => ({ symbol, date })));
    const looks = await mapBounded(days, DAYS_AT_ONCE, async (day) => {
      const look = await lookAtDay(day, listed.get(keyOf(day)), options, effects);
      done += 1;
      effects.log.event('DEBUG', 'surveyed', { done, total });
      return look;
    });
    const isComputed = (look: DayLook): boolean => options.force || needsTask(look);
    const tasks = plan.symbols.map((_symbol, index) => {
      const own = looks.slice(index * dates.length, (index + 1) * dates.length);
      const computed = own.filter(isComputed);
      return {
        symbolDays: own.length,
        toCompute: computed.length,
        inputObjects: sumOf(computed, (look) => look.inputObjects),
        inputBytes: sumOf(computed, (look) => look.inputBytes),
      };
    });
    windows.push({ days: dates.length, tasks });
    looked.objects += sumOf(tasks, (task) => task.inputObjects);
    looked.bytes += sumOf(tasks, (task) => task.inputBytes);
    looked.toCompute += sumOf(tasks, (task) => task.toCompute);
    looked.withoutData += looks.filter(({ inputObjects }) => inputObjects === 0).length;
  }
  return {
    windows,
    symbolDays: total,
    toCompute: looked.toCompute,
    unchanged: total - looked.toCompute,
    withoutData: looked.withoutData,
    inputObjects: looked.objects,
    inputBytes: looked.bytes,
  };
}

/** A manifest that lags is for the final step alone, which looks at every symbol-day anyway. */
function needsTask({ change }: DayLook): boolean {
  return change !== undefined && change.cause !== 'manifest';
}

async function publishedEntries(
  dates: readonly UtcDate[],
  effects: Pick<Effects, 'out' | 'codec'>,
): Promise<ReadonlyMap<string, PublishedEntry | null>> {
  const entries = await mapBounded(dates, DAYS_AT_ONCE, async (date) => {
    const stored = await readManifest(date, effects);
    return (stored?.manifest.symbols ?? []).map(
      ({ symbol, published }) => [`${symbol} ${date}`, published] as const,
    );
  });
  return new Map(entries.flat());
}

function keyOf({ symbol, date }: SymbolDay): string {
  return `${symbol} ${date}`;
}

function sumOf<T>(items: readonly T[], figure: (item: T) => number): number {
  return items.reduce((total, item) => total + figure(item), 0);
}

function refuseTooMany(symbolDays: number): void {
  if (symbolDays <= SURVEY_SYMBOL_DAYS_MAX) return;
  throw new FlowbarsError('usage', {
    where: '--dry-run',
    what: 'symbol-days',
    found: String(symbolDays),
    expected: `at most ${SURVEY_SYMBOL_DAYS_MAX}: look at a part and multiply`,
  });
}
