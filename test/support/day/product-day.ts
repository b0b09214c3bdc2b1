/** The product's pass over a recording in memory: plan, decode, fold and encode, without stores or jobs. */
import { dayEvidence, type DayEvidence } from '../../../src/core/day/day-evidence.js';
import type { ChunkContent } from '../../../src/core/day/decode-step.js';
import { SymbolDayPass } from '../../../src/core/day/symbol-day-pass.js';
import { unreadableOf } from '../../../src/core/day/unreadable-content.js';
import type { SplitLine } from '../../../src/core/decode/strict-row.js';
import { barFile } from '../../../src/core/encode/bar-file.js';
import type { Fold } from '../../../src/core/fold/fold.js';
import { rolledUp } from '../../../src/core/grid/grid.js';
import { planDay, planListings } from '../../../src/core/plan/day-plan.js';
import { DAY_RULES, type DayRules } from '../../../src/core/rule/rule-table.js';
import { defaultRules } from '../../../src/core/rule/rules.js';
import { parseResolutions } from '../../../src/core/unit/resolution.js';
import { symbolName } from '../../../src/core/unit/symbol.js';
import { utcDate } from '../../../src/core/unit/utc-date.js';
import { codec } from '../../../src/edge/format/codec.js';
import { csvTables } from '../../../src/edge/format/csv-table.js';
import type { OracleOptions } from '../oracle/oracle-day.js';
import type { OracleObject } from '../oracle/reading.js';

export interface ProductDay {
  readonly bars: Map<string, string>;
  readonly evidence: DayEvidence;
}

/** What the oracle knows, and the layout of the objects' names. */
type ProductOptions = OracleOptions & { readonly rawLayout?: string };

export function dayOptionsOf(options: ProductOptions): DayRules {
  const rules = defaultRules(DAY_RULES);
  return {
    ...rules,
    resolutions: parseResolutions(options.resolutions.join(','), 'test'),
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
  };
}

const splitLine: SplitLine = (line) => csvTables.splitLine(line);

export async function productDay(
  objects: readonly OracleObject[],
  given: ProductOptions,
  further: readonly Fold<unknown>[] = [],
  batchRowsMax?: number,
): Promise<ProductDay> {
  const day = { symbol: symbolName(given.symbol, 'test'), date: utcDate(given.date, 'test') };
  const options = dayOptionsOf(given);
  const listed = planListings(day, options).map((listing) => ({
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
  const pass = new SymbolDayPass(day, options, splitLine, further, batchRowsMax);
  for (const step of planDay(options, listed).steps) {
    const unpacked: ChunkContent[] = [];
    for (const { name } of step.objects) unpacked.push(await unpack(name, contents.get(name)));
    pass.take(step, unpacked);
  }
  const features = pass.finish();
  const evidence = dayEvidence(pass, features);
  const files = options.resolutions.map(({ name, seconds }): [string, string] => {
    const bars = rolledUp(features.bars, seconds * 1_000);
    const book = rolledUp(features.book, seconds * 1_000);
    return [name, codec.decode(barFile({ bars, book }, evidence.seed?.price))];
  });
  return { bars: new Map(files), evidence };
}

async function unpack(name: string, stored: Uint8Array | undefined): Promise<ChunkContent> {
  try {
    return { name, bytes: await codec.gunzipIfGzip(stored ?? new Uint8Array(), 268_435_456) };
  } catch (error) {
    return { name, unreadable: unreadableOf(error) };
  }
}
