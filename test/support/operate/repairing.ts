/** Runs in memory for the tests of a repair: the same jobs as the tasks of a run, in this process. */
import {
  groupDays,
  type GroupLimits,
  type RepairGroup,
} from '../../../src/core/repair/group-days.js';
import { wantedFiles } from '../../../src/core/rule/products.js';
import type { DayRules } from '../../../src/core/rule/rule-table.js';
import { parseSymbol, symbolName, type SymbolName } from '../../../src/core/unit/symbol.js';
import { utcDate, type UtcDate } from '../../../src/core/unit/utc-date.js';
import { aggregateSymbol } from '../../../src/jobs/aggregate/aggregate-symbol.js';
import type { KeptFiles } from '../../../src/jobs/repair/compare-published.js';
import { readDataset } from '../../../src/jobs/plan/dataset.js';
import { finalizeSlice } from '../../../src/jobs/finalize/finalize-slice.js';
import { findStale, type FoundStale, type StaleSearch } from '../../../src/jobs/look/find-stale.js';
import { type Repair, repairStale, type Rerunner } from '../../../src/jobs/repair/repair.js';
import {
  aggregateOptions,
  type SmallOptions,
  smallWorld,
  type SmallWorld,
} from '../day/aggregating.js';

export const DATES: readonly UtcDate[] = ['2025-12-10', '2025-12-11', '2025-12-12'].map((text) =>
  utcDate(text, 'test'),
);

/** Limits far above these tests. */
const LIMITS: GroupLimits = {
  keptBytesMax: 1e9,
  symbolsBytesMax: 1e9,
  bytesOf: (text) => text.length,
};

export interface RepairWorld extends SmallWorld {
  /** Groups in the order in which they were run. */
  readonly groups: RepairGroup[];
  readonly rerunner: Rerunner;
  readonly kept: KeptFiles & { readonly files: Map<string, Uint8Array> };
}

export function repairWorld(
  files?: Readonly<Record<string, string>>,
  given: Partial<RepairWorld['effects']> = {},
): RepairWorld {
  const world = smallWorld(files, given);
  const groups: RepairGroup[] = [];
  const rerunner: Rerunner = {
    rerun: async (group) => {
      groups.push(group);
      const runId = `repair-${groups.length}`;
      await runGroup(world, group, runId);
      return { runId, end: 'done', message: undefined };
    },
  };
  return { ...world, groups, rerunner, kept: keptInMemory() };
}

/** Every symbol on every date: tasks, then the final step, as a run does. */
export async function runGroup(
  { effects }: SmallWorld,
  { rules, symbols, dates }: RepairGroup,
  runId: string,
): Promise<void> {
  const dataset = await readDataset(effects);
  const options = { ...aggregateOptions({ runId, dataset }), rules };
  for (const symbol of symbols) await aggregateSymbol(symbol, dates, options, effects);
  const finalizing = { runId, codeVersion: '1', wanted: wantedFiles(rules) };
  for (const date of dates) {
    await finalizeSlice({ date, symbols, index: 0, count: 1 }, finalizing, effects);
  }
}

/** Publishes these symbols, by default the only one, on all of DATES or on the given dates. */
export async function publishDays(
  world: SmallWorld,
  options: SmallOptions & { symbols?: readonly string[]; dates?: readonly UtcDate[] } = {},
): Promise<void> {
  const { symbols = ['BTCUSDT'], dates = DATES, ...small } = options;
  const rules = aggregateOptions(small).rules;
  const names = symbols.map((symbol) => symbolName(symbol, 'test'));
  await runGroup(world, { rules, symbols: names, dates }, 'first');
}

export async function find(
  { effects }: SmallWorld,
  search: Partial<StaleSearch> = {},
): Promise<FoundStale> {
  const dataset = await readDataset(effects);
  const rules: DayRules = aggregateOptions().rules;
  const all = { symbols: 'all', missing: false, removed: false } as const;
  return await findStale({ dates: DATES, dataset, rules, ...all, ...search }, effects);
}

/** `BTCUSDT 2025-12-11 inputs`. */
export function staleNames({ stale }: FoundStale): string[] {
  return stale.map(({ day, change }) => `${day.symbol} ${day.date} ${change.cause}`);
}

export async function repair(
  world: RepairWorld,
  search: Partial<StaleSearch> = {},
  isStopped: () => boolean = () => false,
): Promise<Repair> {
  const { stale } = await find(world, search);
  const { effects: stores, kept, rerunner } = world;
  return await repairStale(stale, groupDays(stale, LIMITS), { stores, kept, rerunner, isStopped });
}

export function symbolsOf(text: string): SymbolName[] {
  return text.split(',').flatMap((name) => parseSymbol(name) ?? []);
}

function keptInMemory(): RepairWorld['kept'] {
  const files = new Map<string, Uint8Array>();
  return {
    files,
    keep: async (name, bytes) => {
      await Promise.resolve();
      files.set(name, bytes);
    },
    read: async (name) => {
      await Promise.resolve();
      return files.get(name);
    },
    clear: async () => {
      await Promise.resolve();
      files.clear();
    },
  };
}
