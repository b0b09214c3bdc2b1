/** A small recording in memory and the job that aggregates it, at resolutions that cost nothing. */
import { DAY_RULES, type DayRules } from '../../../src/core/rule/rule-table.js';
import { defaultRules } from '../../../src/core/rule/rules.js';
import type { SymbolDay } from '../../../src/core/rule/symbol-day.js';
import { symbolName } from '../../../src/core/unit/symbol.js';
import { utcDate } from '../../../src/core/unit/utc-date.js';
import { codec } from '../../../src/edge/format/codec.js';
import { csvTables } from '../../../src/edge/format/csv-table.js';
import type { AggregateOptions } from '../../../src/jobs/plan/aggregate-options.js';
import type { ComputeEffects, Crew, Effects } from '../../../src/jobs/ports.js';
import { manualClock } from '../manual-clock.js';
import { openMemoryStore, type MemoryStore } from '../memory-store.js';
import { productsFrom } from './products.js';

export const SMALL_DAY: SymbolDay = {
  symbol: symbolName('BTCUSDT', 'test'),
  date: utcDate('2025-12-11', 'test'),
};

const START_MS = Date.UTC(2025, 11, 11);
const HEADER = 'timestamp,price,quantity,is_buyer_maker,trade_id\n';

/** Chunks of trades: one at the end of the day before, two of the day. */
export const CHUNK_BEFORE = 'BTCUSDT/trades/2025-12-10/23-30.csv';
export const CHUNK = 'BTCUSDT/trades/2025-12-11/00-00.csv';
export const LATER_CHUNK = 'BTCUSDT/trades/2025-12-11/10-00.csv';

export function tradeLine(minute: number, price: string, id: number): string {
  return `${START_MS + minute * 60_000},${price},0.5,true,${id}\n`;
}

export function tradesChunk(...lines: readonly string[]): string {
  return HEADER + lines.join('');
}

export const FILES: Readonly<Record<string, string>> = {
  [CHUNK_BEFORE]: tradesChunk(tradeLine(-30, '99', 6)),
  [CHUNK]: tradesChunk(tradeLine(0, '100.50', 7), tradeLine(0, '100', 8)),
  [LATER_CHUNK]: tradesChunk(tradeLine(600, '101', 9)),
};

export interface SmallOptions extends Partial<Omit<AggregateOptions, 'rules'>> {
  readonly resolutions?: string;
  readonly rules?: Partial<DayRules>;
}

export function aggregateOptions(given: SmallOptions = {}): AggregateOptions {
  const { resolutions = '6h', rules, ...rest } = given;
  return {
    runId: 'r1',
    force: false,
    acceptRemoved: false,
    codeVersion: '1',
    dataset: undefined,
    ...rest,
    rules: {
      ...defaultRules(DAY_RULES),
      ...productsFrom(resolutions),
      streams: 'trades',
      sparseTrades: true,
      ...rules,
    },
  };
}

/** Computes every day in one pass. */
export const ONE_THREAD: Crew = {
  threads: 1,
  prepare: () => undefined,
  compute: async () => await Promise.reject(new Error('there is no other thread')),
};

export interface SmallWorld {
  readonly raw: MemoryStore;
  readonly out: MemoryStore;
  readonly effects: ComputeEffects;
  readonly events: string[];
}

export function smallWorld(
  files: Readonly<Record<string, string | Uint8Array>> = FILES,
  given: Partial<Effects> = {},
): SmallWorld {
  const [raw, out] = [openMemoryStore({ root: 'raw', files }), openMemoryStore({ root: 'out' })];
  const events: string[] = [];
  const effects: ComputeEffects = {
    raw,
    out,
    codec,
    tables: csvTables,
    clock: manualClock(),
    log: { event: (severity, name) => events.push(`${severity} ${name}`) },
    crew: ONE_THREAD,
    ...given,
  };
  return { raw, out, effects, events };
}
