/** A symbol-day that is published in memory from a generated recording, and its bars explained. */
import type { Explained } from '../../../src/core/explain/explained-shape.js';
import { parseResolution } from '../../../src/core/unit/resolution.js';
import { symbolName } from '../../../src/core/unit/symbol.js';
import { dayStartMs, utcDate } from '../../../src/core/unit/utc-date.js';
import { aggregateSymbolDay } from '../../../src/jobs/aggregate/aggregate-symbol-day.js';
import { crc32cHex } from '../../../src/edge/format/crc32c.js';
import { explainBar } from '../../../src/jobs/explain/explain-bar.js';
import { readPublishedReport } from '../../../src/jobs/stored/read-report.js';
import type { PublishedReport } from '../../../src/core/stored/stored-shapes.js';
import type { OracleObject } from '../oracle/reading.js';
import { aggregateOptions, smallWorld, type SmallWorld } from '../day/aggregating.js';
import { dayOptionsOf } from '../day/product-day.js';

export interface ExplainedDay {
  readonly world: SmallWorld;
  readonly report: PublishedReport;
  /** The bar that begins so many milliseconds after 00:00, or holds that instant. */
  readonly barAt: (offsetMs: number, resolution: string) => Promise<Explained>;
}

/** Undefined where nothing is published. */
export async function explainedDay(
  objects: readonly OracleObject[],
  options: Parameters<typeof dayOptionsOf>[0],
): Promise<ExplainedDay | undefined> {
  const files = Object.fromEntries(objects.map(({ name, content }) => [name, content]));
  const world = smallWorld(files);
  const day = { symbol: symbolName(options.symbol, 'test'), date: utcDate(options.date, 'test') };
  const rules = { ...dayOptionsOf(options), outputs: ['bars', 'signals'] as const };
  await aggregateSymbolDay(day, aggregateOptions({ rules }), world.effects);
  const { report } = await readPublishedReport(day, world.effects);
  if (report === undefined) return undefined;
  return {
    world,
    report,
    barAt: async (offsetMs, resolution) =>
      await explainBar(
        {
          day,
          atMs: dayStartMs(day.date) + offsetMs,
          eventMs: undefined,
          resolution: parseResolution(resolution, 'test'),
          column: undefined,
          publishCommand: () => '',
          onRead: () => undefined,
        },
        { ...world.effects, crc32c: crc32cHex },
      ),
  };
}
