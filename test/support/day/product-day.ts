/** The product's pass over a recording in memory: plan, decode, fold and encode, without stores or jobs. */
import { dayEvidence, type DayEvidence } from '../../../src/core/day/day-evidence.js';
import type { ChunkContent } from '../../../src/core/pass/decode-step.js';
import { SymbolDayPass } from '../../../src/core/pass/symbol-day-pass.js';
import { unreadableOf } from '../../../src/core/pass/unreadable-content.js';
import type { SplitLine } from '../../../src/core/decode/strict-row.js';
import type { Fold } from '../../../src/core/fold/fold.js';
import { type ChunkStep, planDay, planListings } from '../../../src/core/plan/day-plan.js';
import { cutStretches } from '../../../src/core/plan/stretches.js';
import { packed, unpacked } from '../../../src/core/pass/crossing.js';
import type { StretchResult } from '../../../src/core/pass/stretch-result.js';
import type { Output } from '../../../src/core/rule/products.js';
import type { SymbolDay } from '../../../src/core/rule/symbol-day.js';
import { DAY_RULES, type DayRules } from '../../../src/core/rule/rule-table.js';
import { defaultRules } from '../../../src/core/rule/rules.js';
import { symbolName } from '../../../src/core/unit/symbol.js';
import { dayStartMs, utcDate } from '../../../src/core/unit/utc-date.js';
import { codec } from '../../../src/edge/format/codec.js';
import { csvTables } from '../../../src/edge/format/csv-table.js';
import { madeFiles } from '../../../src/jobs/aggregate/made-files.js';
import type { OracleOptions } from '../oracle/oracle-day.js';
import type { OracleObject } from '../oracle/reading.js';
import { productsFrom } from './products.js';

export interface ProductDay {
  readonly bars: Map<string, string>;
  /** Empty if signals are not asked for. */
  readonly signals: Map<string, string>;
  /** Undefined if patterns are not asked for. */
  readonly patterns: string | undefined;
  readonly evidence: DayEvidence;
}

/** What the oracle knows, the layout of the objects' names, and what is made; bars unless given. */
type ProductOptions = OracleOptions & {
  readonly rawLayout?: string;
  readonly outputs?: readonly Output[];
  readonly largeOrder?: string;
};

export function dayOptionsOf(options: ProductOptions): DayRules {
  const rules = defaultRules(DAY_RULES);
  return {
    ...rules,
    ...productsFrom(options.resolutions.join(',')),
    edgeMinutes: options.edgeMinutes ?? rules.edgeMinutes,
    seedMinutes: options.seedMinutes ?? rules.seedMinutes,
    streams: options.streams ?? rules.streams,
    sparseTrades: options.sparseTrades ?? rules.sparseTrades,
    holeMinMs: options.holeMinMs ?? rules.holeMinMs,
    malformedMax: options.malformedMax ?? rules.malformedMax,
    idsMissingMin: options.idsMissingMin ?? rules.idsMissingMin,
    quietMaxMs: options.quietMaxMs ?? rules.quietMaxMs,
    usableMin: options.usableMin ?? rules.usableMin,
    sideMin: options.sideMin ?? rules.sideMin,
    accept: options.accept ?? rules.accept,
    expect: options.expect,
    columns: options.columns ?? rules.columns,
    rawLayout: options.rawLayout ?? rules.rawLayout,
    outputs: options.outputs ?? ['bars'],
    largeOrder: options.largeOrder ?? rules.largeOrder,
  };
}

const splitLine: SplitLine = (line) => csvTables.splitLine(line);

export async function productDay(
  objects: readonly OracleObject[],
  given: ProductOptions,
  further: readonly Fold<unknown>[] = [],
  batchRowsMax?: number,
): Promise<ProductDay> {
  const { day, rules, steps, contentsOf } = readingOf(objects, given);
  const pass = (idlessMs: ReadonlySet<number>): StretchResult => {
    const taking = new SymbolDayPass(day, rules, splitLine, {
      further,
      idlessMs,
      ...(batchRowsMax === undefined ? {} : { batchRowsMax }),
    });
    for (const step of steps) taking.take(step, contentsOf(step));
    return taking.finish();
  };
  const first = pass(new Set());
  const result = first.idlessMs.size === 0 ? first : pass(first.idlessMs);
  return await Promise.resolve(dayOf(day, rules, result));
}

/** The same in stretches that are cut before these steps, each as if by another thread; or why it needs one pass. */
export function stretchedDay(
  objects: readonly OracleObject[],
  given: ProductOptions,
  cuts: readonly number[],
): { readonly day: ProductDay | string; readonly stretches: number } {
  const { day, rules, steps, contentsOf } = readingOf(objects, given);
  const stretches = cutStretches(steps, cuts, rules, dayStartMs(day.date));
  const results = stretches.map((stretch) => {
    const pass = new SymbolDayPass(day, rules, splitLine, { stretch });
    for (const step of stretch.before) pass.remember(step, contentsOf(step));
    for (const step of stretch.steps) pass.take(step, contentsOf(step));
    if (pass.needsWholeDay !== undefined) return pass.needsWholeDay;
    const { message, moved } = packed(pass.finish());
    return unpacked(structuredClone(message, { transfer: moved }));
  });
  const [first] = results;
  for (const [index, next] of results.entries()) {
    if (first === undefined || typeof first === 'string') break;
    if (index === 0) continue;
    const own = stretches[index]?.own ?? { fromMs: 0, toMs: 0 };
    const clash = typeof next === 'string' ? next : first.clashWith(next, own);
    if (clash !== undefined) return { day: clash, stretches: stretches.length };
    if (typeof next !== 'string') first.merge(next);
  }
  if (first === undefined) throw new Error('a day has a first stretch');
  if (typeof first !== 'string' && first.idlessMs.size > 0) {
    return { day: 'late trades without an id', stretches: stretches.length };
  }
  const merged = typeof first === 'string' ? first : dayOf(day, rules, first);
  return { day: merged, stretches: stretches.length };
}

interface Reading {
  readonly day: SymbolDay;
  readonly rules: DayRules;
  readonly steps: readonly ChunkStep[];
  readonly contentsOf: (step: ChunkStep) => ChunkContent[];
}

function readingOf(objects: readonly OracleObject[], given: ProductOptions): Reading {
  const day = { symbol: symbolName(given.symbol, 'test'), date: utcDate(given.date, 'test') };
  const rules = dayOptionsOf(given);
  const listed = planListings(day, rules).map((listing) => ({
    listing,
    objects: objects
      .filter(({ name }) => name.startsWith(listing.prefix))
      .map(({ name, content }) => ({
        name,
        sizeBytes: content.length,
        crc32c: undefined,
        generation: undefined,
      })),
  }));
  const contents = new Map(objects.map(({ name, content }) => [name, content]));
  const contentsOf = (step: ChunkStep): ChunkContent[] =>
    step.objects.map(({ name }) => unpack(name, contents.get(name)));
  return { day, rules, steps: planDay(rules, listed).steps, contentsOf };
}

function dayOf(day: SymbolDay, rules: DayRules, result: StretchResult): ProductDay {
  const features = result.features();
  const evidence = dayEvidence({ day, rules, tally: result.tally }, features);
  const computed = { day, features, evidence, inputs: [], sidecars: [] };
  const files = madeFiles(computed, { rules, dataset: undefined }, { tables: csvTables, codec });
  const textsOf = (kind: string): Map<string, string> =>
    new Map(
      files
        .filter((file) => file.kind === kind)
        .map(({ resolution, bytes }) => [resolution ?? '', codec.decode(bytes)]),
    );
  const patterns = textsOf('patterns').get('');
  return { bars: textsOf('bars'), signals: textsOf('signals'), patterns, evidence };
}

function unpack(name: string, stored: Uint8Array | undefined): ChunkContent {
  try {
    return { name, bytes: codec.gunzipIfGzip(stored ?? new Uint8Array(), 268_435_456) };
  } catch (error) {
    return { name, unreadable: unreadableOf(error) };
  }
}
