/** Looks at every symbol-day of a run before it starts: what it would read and compute. */
import { type AskedProducts, productsMade, wantedFiles } from '../../core/rule/products.js';
import {
  type OutputFacts,
  outputFacts,
  REPORT_ALONE,
  summedOutputs,
} from '../../core/cost/output-facts.js';
import { areListed, productsOf } from '../../core/stored/artifacts.js';
import { plannedDates, plannedDays, symbolTasks } from '../../core/plan/planned-days.js';
import type { RunPlan } from '../../core/plan/stored-plan.js';
import type { TaskFacts, WindowFacts } from '../../core/cost/run-time.js';
import type { PublishedEntry } from '../../core/stored/manifest.js';
import type { RecordingRules } from '../../core/rule/rule-table.js';
import { symbolDayKey } from '../../core/rule/symbol-day.js';
import { unpublishedRules } from '../../core/stale/published-rules.js';
import type { UtcDate } from '../../core/unit/utc-date.js';
import type { Dataset } from '../plan/dataset.js';
import { refuseTooMany } from '../plan/symbols.js';
import { readManifest } from '../stored/day-manifest.js';
import { type RawComparison, compareWithRaw } from '../look/compare-with-raw.js';
import { mapBounded } from '../map-bounded.js';
import type { Effects } from '../ports.js';

/** About 160,000 listings, which cost a dollar; a month of 500 symbols fits. */
export const SURVEY_SYMBOL_DAYS_MAX = 20_000;
const DAYS_AT_ONCE = 16;

/** The options of the run; the rules apply to symbol-days of which nothing is published. */
export interface SurveyOptions {
  /** The known rules; the others have their defaults. */
  readonly rules: Partial<RecordingRules>;
  /** The raw root's dataset; undefined if it has none. */
  readonly dataset: Dataset | undefined;
  /** Also computes unchanged symbol-days. */
  readonly force: boolean;
  /** What has to be published; a part that is undefined: what is. */
  readonly asked: AskedProducts;
}

/** Inputs and outputs cover only what will be computed. */
export interface Survey extends TaskFacts {
  readonly windows: readonly WindowFacts[];
  /** Published, and computing it again would give the same. */
  readonly unchanged: number;
  /** Without a chunk of the day in the raw root. */
  readonly withoutData: number;
  /** Published from raw objects that are gone: computing them again would publish less, or fail. */
  readonly lostInputs: number;
}

/** Logs events `surveyed` with `done` and `total`. Throws FlowbarsErrors of kind `world`, and a usage error beyond the limit. */
export async function surveyRun(
  plan: RunPlan,
  options: SurveyOptions,
  effects: Pick<Effects, 'raw' | 'out' | 'codec' | 'log'>,
): Promise<Survey> {
  const total = plannedDays(plan).length;
  refuseTooMany(total, {
    max: SURVEY_SYMBOL_DAYS_MAX,
    where: '--dry-run',
    found: String(total),
    expected: `at most ${SURVEY_SYMBOL_DAYS_MAX} (estimate a part of them)`,
  });
  const comparing = { rules: unpublishedRules(options.rules), dataset: options.dataset };
  let done = 0;
  const windows: WindowFacts[] = [];
  const all: DayFacts[] = [];
  for (const window of plan.windows) {
    const dates = plannedDates(plan, window);
    const parts = symbolTasks(plan, window);
    const listed = await publishedEntries(dates, effects);
    const days = parts.flatMap(({ symbol, dates: own }) => own.map((date) => ({ symbol, date })));
    const facts = await mapBounded(days, DAYS_AT_ONCE, async (day) => {
      const look = await compareWithRaw(day, listed.get(symbolDayKey(day)), comparing, effects);
      done += 1;
      effects.log.event('DEBUG', 'surveyed', { done, total });
      return factsOf(look, options);
    });
    let begun = 0;
    const tasks = parts.map(({ dates: { length } }) => {
      begun += length;
      return taskFacts(facts.slice(begun - length, begun));
    });
    windows.push({ days: dates.length, tasks });
    all.push(...facts);
  }
  const { symbolDays, ...sums } = taskFacts(all);
  return {
    windows,
    symbolDays,
    ...sums,
    unchanged: symbolDays - sums.toCompute,
    withoutData: all.filter(({ hasChunk }) => !hasChunk).length,
    lostInputs: all.filter(({ hasLost }) => hasLost).length,
  };
}

/** The facts kept of a symbol-day, whose quality report alone can take some hundred kilobytes. */
interface DayFacts extends Pick<RawComparison, 'inputObjects' | 'inputBytes' | 'hasChunk'> {
  readonly outputs: OutputFacts;
  readonly isComputed: boolean;
  readonly hasLost: boolean;
}

function factsOf(look: RawComparison, options: SurveyOptions): DayFacts {
  const { inputObjects, inputBytes, hasChunk, published } = look;
  const files = published?.artifacts ?? [];
  const before = files.length === 0 ? undefined : productsOf(files);
  const outputs = hasChunk ? outputFacts(productsMade(options.asked, before)) : REPORT_ALONE;
  const isComputed = options.force || wouldCompute(look, options);
  const hasLost = (look.change?.gone ?? 0) > 0;
  return { inputObjects, inputBytes, hasChunk, outputs, isComputed, hasLost };
}

function taskFacts(days: readonly DayFacts[]): TaskFacts {
  const computed = days.filter(({ isComputed }) => isComputed);
  return {
    symbolDays: days.length,
    toCompute: computed.length,
    inputObjects: computed.reduce((sum, { inputObjects }) => sum + inputObjects, 0),
    inputBytes: computed.reduce((sum, { inputBytes }) => sum + inputBytes, 0),
    ...summedOutputs(computed.map(({ outputs }) => outputs)),
  };
}

/** Ignores a lagging manifest: the final step looks at every symbol-day anyway. */
function wouldCompute({ change, published }: RawComparison, { asked }: SurveyOptions): boolean {
  if (change !== undefined && change.cause !== 'manifest') return true;
  if (published === undefined || published.status === 'empty') return false;
  const { resolutions, outputs, formats } = productsOf(published.artifacts);
  const wanted = wantedFiles({
    resolutions: asked.resolutions ?? resolutions,
    outputs: asked.outputs ?? outputs,
    formats: asked.formats ?? formats,
  });
  return !areListed(published.artifacts, wanted);
}

async function publishedEntries(
  dates: readonly UtcDate[],
  effects: Pick<Effects, 'out' | 'codec'>,
): Promise<ReadonlyMap<string, PublishedEntry | null>> {
  const entries = await mapBounded(dates, DAYS_AT_ONCE, async (date) => {
    const stored = await readManifest(date, effects);
    return (stored?.manifest.symbols ?? []).map(
      ({ symbol, published }) => [symbolDayKey({ symbol, date }), published] as const,
    );
  });
  return new Map(entries.flat());
}
