/** Aggregates one symbol-day: list, skip what is unchanged, read, fold, check, publish, record. */
import { finding } from '../../core/finding/finding-list.js';
import { joinedProducts, wantedFiles } from '../../core/rule/products.js';
import { identityOf, productsOf } from '../../core/stored/artifacts.js';
import { artifactName } from '../../core/stored/output-names.js';
import type { Finding } from '../../core/finding/finding.js';
import { listedDifference } from '../../core/stale/input-difference.js';
import { stretchesOf } from '../../core/plan/stretches.js';
import { worseThanPublished } from '../../core/stale/worse-day.js';
import { dayStartMs } from '../../core/unit/utc-date.js';
import { counted } from '../../core/unit/words.js';
import type { DayPlan } from '../../core/plan/day-plan.js';
import type { DayRules } from '../../core/rule/rule-table.js';
import type { SymbolDay } from '../../core/rule/symbol-day.js';
import type { RunRecord } from '../../core/stored/manifest.js';
import type { PublishedReport } from '../../core/stored/stored-shapes.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import { listDay } from '../plan/list-day.js';
import type { ComputeEffects, Store } from '../ports.js';
import type { AggregateOptions } from '../plan/aggregate-options.js';
import type { ComputedDay, DayOutcome } from './day-outcome.js';
import { storeRecord } from './store-record.js';
import { readPublishedReport } from '../stored/read-report.js';
import { isUnchanged } from '../stored/unchanged-day.js';
import { goneInputs } from './gone-inputs.js';

/** Plans a day from the raw root. */
export type ListDay = (day: SymbolDay) => Promise<DayPlan>;

/**
 * Stores a record: published, unchanged or failed. Throws FlowbarsErrors of kind `world`; then no file
 * is half-written and a second start finishes the work.
 */
export async function aggregateSymbolDay(
  day: SymbolDay,
  options: AggregateOptions,
  effects: ComputeEffects,
  list: ListDay = async (listed) => await listDay(listed, options.rules, effects.raw),
): Promise<RunRecord> {
  const startedMs = effects.clock.nowMs();
  effects.log.event('DEBUG', 'symbol_day_started', { ...day });
  const outcome = await outcomeOf(day, options, effects, list);
  const record = await storeRecord(day, outcome, { options, startedMs }, effects);
  if (outcome.outcome === 'published') {
    const { storeReport } = await import('./store-files.js');
    await storeReport(day, outcome.report, effects);
  }
  effects.log.event(record.outcome === 'failed' ? 'WARNING' : 'INFO', 'symbol_day', { ...record });
  return record;
}

async function outcomeOf(
  day: SymbolDay,
  options: AggregateOptions,
  effects: ComputeEffects,
  list: ListDay,
): Promise<DayOutcome> {
  try {
    const plan = await list(day);
    const { report: published } = await readPublishedReport(day, effects);
    if (published !== undefined && !options.force) {
      if (await isUnchanged(day, plan, published, options, effects)) {
        return { outcome: 'unchanged', report: published };
      }
    }
    const gone =
      published && !options.acceptRemoved
        ? await goneInputs(day, plan, published, effects.raw)
        : [];
    if (gone.length > 0) return { outcome: 'failed', findings: [vanished(day, gone)] };
    const rules = withPublishedProducts(options.rules, published);
    const { crew } = effects;
    const stretches = stretchesOf(plan.steps, rules, dayStartMs(day.date), crew.threads);
    crew.prepare(stretches.length);
    // Loaded where a day has to be computed: an unchanged one needs none of it.
    const { computeDay } = await import('./compute-day.js');
    const { nameCauses } = await import('./name-causes.js');
    const passed = await computeDay(day, { ...plan, stretches }, rules, effects);
    const computed = await nameCauses(passed, effects);
    const refusal = await refusalOf(computed, rules, effects.out);
    if (refusal !== undefined) return { outcome: 'failed', findings: refusal, computed };
    const { storeFiles } = await import('./store-files.js');
    const stored = await storeFiles(computed, { ...options, rules }, effects);
    return published === undefined ? stored : withWorse(stored, published, rules);
  } catch (error) {
    if (!(error instanceof FlowbarsError) || error.kind !== 'limit') throw error;
    const { where, what, found, expected } = error.parts;
    const detail = `${what}: found ${found}, expected ${expected}`;
    return { outcome: 'failed', findings: [finding('limit_reached', where, detail)] };
  }
}

function vanished({ symbol, date }: SymbolDay, gone: readonly string[]): Finding {
  const [first = ''] = gone;
  const detail =
    `${counted(gone.length, 'chunk')} that the published day was made from` +
    ` ${gone.length === 1 ? 'is' : 'are'} gone (${first}${gone.length === 1 ? '' : ' …'});` +
    ' it stays as it is; --accept-removed (repair: --removed) computes it from what is left';
  return finding('inputs_vanished', `${symbol} ${date}`, detail);
}

/** Says in the run's record, not in the report, that the day was better before. */
function withWorse(stored: DayOutcome, published: PublishedReport, rules: DayRules): DayOutcome {
  if (stored.outcome !== 'published') return stored;
  const { report, computed } = stored;
  const planned = computed.inputs.map(({ name, size, crc32c, role }) => ({
    object: { name, sizeBytes: size, crc32c, generation: undefined },
    role,
  }));
  const difference = listedDifference(planned, published.inputs);
  const detail = worseThanPublished(published, { now: report, rules, difference });
  if (detail === undefined) return stored;
  const { symbol, date } = computed.day;
  return { ...stored, notes: [finding('day_worse', `${symbol} ${date}`, detail)] };
}

/** Adds every published product, whose files would otherwise be stale beside the new ones. */
function withPublishedProducts(rules: DayRules, published: PublishedReport | undefined): DayRules {
  return { ...rules, ...joinedProducts(rules, productsOf(published?.artifacts ?? [])) };
}

/** Why a computed day may not replace what is published; undefined when it may. */
async function refusalOf(
  { evidence, day }: ComputedDay,
  rules: DayRules,
  out: Store,
): Promise<readonly Finding[] | undefined> {
  if (evidence.status === 'failed') return evidence.findings;
  if (evidence.status !== 'empty') return undefined;
  // Looks for the files themselves, which an unreadable report must not hide.
  for (const file of wantedFiles(rules)) {
    const name = artifactName(day, identityOf(file));
    if ((await out.read(name)) === undefined) continue;
    const detail = 'files are published, and no usable row is left to make them from';
    return [finding('inputs_vanished', `${day.symbol} ${day.date}`, detail), ...evidence.findings];
  }
  return undefined;
}
