/** What every computing command does before its work: open the roots, find the symbols, refuse what cannot end well. */
import { recordName } from '../../core/stored/output-names.js';
import type { SymbolDay } from '../../core/rule/day-rules.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import type { SymbolName } from '../../core/unit/symbol.js';
import type { UtcDate } from '../../core/unit/utc-date.js';
import { codec } from '../../edge/format/codec.js';
import { csvTables } from '../../edge/format/csv-table.js';
import { codeVersion } from '../../edge/process/version.js';
import type { AggregateOptions } from '../../jobs/plan/aggregate-options.js';
import { agreeOnDataset } from '../../jobs/plan/dataset.js';
import type { Effects, Log, Store } from '../../jobs/ports.js';
import { probeOutput } from '../../jobs/plan/probe-output.js';
import { refuseTooMany, resolveSymbols, SYMBOL_DAYS_MAX } from '../../jobs/plan/symbols.js';
import type { World } from '../command/command.js';
import type { Given } from '../option/option.js';
import * as options from '../option/options.js';
import { openRoots, readDates, readRules, type Roots } from './request.js';

/** Folders that a warning names. */
const SKIPPED_NAMED_MAX = 20;

/** A computing command's request, found to be possible. */
export interface Prepared {
  readonly roots: Roots;
  readonly symbols: readonly SymbolName[];
  readonly dates: readonly UtcDate[];
  /** By symbol, then by date. */
  readonly symbolDays: readonly SymbolDay[];
  readonly aggregate: AggregateOptions;
  /** Folders of the raw root that `--symbols all` leaves out, since they are no names of symbols. */
  readonly skippedFolders: readonly string[];
}

interface Preparing {
  readonly runId: string;
  /** Of the symbol whose record is tried for. */
  readonly index: number;
  /** Refuses what this command alone cannot do, before anything is written. */
  readonly refuseOdd?: (request: Pick<Prepared, 'symbols' | 'dates'>) => void;
}

/** Reads all options before it touches the world, and writes nothing before it has refused what it can. */
export async function prepare(
  given: Given,
  world: World,
  { runId, index, refuseOdd }: Preparing,
): Promise<Prepared> {
  const roots = openRoots(given);
  const dates = readDates(given, world.clock);
  const rules = readRules(given, dates);
  const choice = given.value(options.symbolsOption);
  const force = given.value(options.forceOption);
  const { raw, out } = roots;
  await naming('--raw', raw, async () => await raw.folders());
  const skippedFolders: string[] = [];
  const symbols = await resolveSymbols(choice, rules.rawLayout, raw, (folder) =>
    skippedFolders.push(folder),
  );
  refuseTooManyDays(symbols, dates);
  refuseOdd?.({ symbols, dates });
  const dataset = await agreeOnDataset({ raw, out: named('--out', out), codec });
  const symbol = symbols[index];
  const [date] = dates;
  if (symbol !== undefined && date !== undefined) {
    // Each task tries a name of its own: a bucket takes one write a second of an object.
    const name = recordName(runId, { symbol, date });
    await naming('--out', out, async () => await probeOutput(name, out, codec));
  }
  const version = codeVersion(world.environment);
  return {
    roots,
    symbols,
    dates,
    symbolDays: symbolDaysOf(symbols, dates),
    aggregate: { rules, runId, force, codeVersion: version, dataset },
    skippedFolders,
  };
}

/** A few million records would be read back into one summary. */
export function refuseTooManyDays(
  { length: symbols }: readonly SymbolName[],
  { length: days }: readonly UtcDate[],
): void {
  const found = `${symbols} symbols for ${days} days`;
  const expected = `at most ${SYMBOL_DAYS_MAX} symbol-days (several runs can share an output root)`;
  refuseTooMany(symbols * days, { where: '--symbols', found, expected });
}

/** Folders that `--symbols all` leaves out, and that nobody should miss unknowingly. */
export function warnOfSkipped({ skippedFolders }: Prepared, log: Log): void {
  if (skippedFolders.length === 0) return;
  const folders = skippedFolders.slice(0, SKIPPED_NAMED_MAX);
  log.event('WARNING', 'folders_skipped', { count: skippedFolders.length, folders });
}

export function symbolDaysOf(
  symbols: readonly SymbolName[],
  dates: readonly UtcDate[],
): SymbolDay[] {
  return symbols.flatMap((symbol) => dates.map((date): SymbolDay => ({ symbol, date })));
}

export function effectsOf({ raw, out }: Roots, world: World, log: Log): Effects {
  return { raw, out, codec, tables: csvTables, clock: world.clock, log };
}

/** The store with naming around what touches one object. */
function named(where: string, store: Store): Store {
  return {
    ...store,
    read: async (name, listed) =>
      await naming(where, store, async () => await store.read(name, listed)),
    write: async (name, bytes, replaces) =>
      await naming(where, store, async () => await store.write(name, bytes, replaces)),
  };
}

/** An error of the world says which option named the root; a usage error says so already. */
async function naming<T>(where: string, store: Store, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof FlowbarsError) || error.kind === 'usage') throw error;
    const { expected, found: foundThere } = error.parts;
    const found = `'${store.root}': ${foundThere}`;
    throw new FlowbarsError(error.kind, { where, what: 'root', found, expected }, error);
  }
}
