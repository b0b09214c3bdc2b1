/** What every computing command does before its work: open the roots, find the symbols, refuse what cannot end well. */
import { recordName } from '../core/plan/output-names.js';
import type { SymbolDay } from '../core/report/options.js';
import { FlowbarsError } from '../core/unit/errors.js';
import type { SymbolName } from '../core/unit/symbol.js';
import type { UtcDate } from '../core/unit/utc-date.js';
import { codec } from '../edge/codec.js';
import { csvTables } from '../edge/csv-table.js';
import { codeVersion } from '../edge/version.js';
import type { AggregateOptions } from '../jobs/aggregate-symbol-day.js';
import { agreeOnDataset } from '../jobs/dataset.js';
import type { Effects, Log, Store } from '../jobs/ports.js';
import { probeOutput } from '../jobs/probe-output.js';
import { resolveSymbols } from '../jobs/symbols.js';
import type { World } from './command.js';
import type { Given } from './option.js';
import * as options from './options.js';
import { openRoots, readDates, readDayOptions, type Roots } from './request.js';

/** A computing command's request, found to be possible. */
export interface Prepared {
  readonly roots: Roots;
  readonly symbols: readonly SymbolName[];
  readonly dates: readonly UtcDate[];
  /** By symbol, then by date. */
  readonly symbolDays: readonly SymbolDay[];
  readonly aggregate: AggregateOptions;
}

/**
 * `index` is that of the symbol whose record is tried for.
 * Reads all options before it touches the world, so that a typing error costs nothing.
 */
export async function prepare(
  given: Given,
  world: World,
  { runId, index }: { readonly runId: string; readonly index: number },
): Promise<Prepared> {
  const roots = openRoots(given);
  const dates = readDates(given, world.clock);
  const day = readDayOptions(given, dates);
  const choice = given.value(options.symbolsOption);
  const force = given.value(options.forceOption);
  const { raw, out } = roots;
  await naming('--raw', raw, async () => await raw.folders());
  const symbols = await resolveSymbols(choice, day.rawLayout, raw);
  const symbol = symbols[index];
  const [date] = dates;
  if (symbol !== undefined && date !== undefined) {
    // Each task tries a name of its own: a bucket takes one write a second of an object.
    const name = recordName(runId, { symbol, date });
    await naming('--out', out, async () => await probeOutput(name, out, codec));
  }
  const dataset = await agreeOnDataset({ raw, out, codec });
  const version = codeVersion(world.environment);
  return {
    roots,
    symbols,
    dates,
    symbolDays: symbolDaysOf(symbols, dates),
    aggregate: { day, runId, force, codeVersion: version, dataset },
  };
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

/** An error of the world says which option named the root. */
async function naming<T>(where: string, store: Store, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof FlowbarsError)) throw error;
    const { expected, found: foundThere } = error.parts;
    const found = `'${store.root}': ${foundThere}`;
    throw new FlowbarsError(error.kind, { where, what: 'root', found, expected }, error);
  }
}
