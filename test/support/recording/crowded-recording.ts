/**
 * fast-check arbitraries of recordings whose trades crowd into few milliseconds: ids out of order,
 * repeated and missing, over several objects of a minute, late and early. Prices are distinct, so a bar
 * shows which trades opened and closed it.
 */
import * as fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { chunk, trade, tradesHeader, tradesWithIdHeader } from '../oracle/raw-text.js';
import type { OracleObject } from '../oracle/reading.js';

interface CrowdedTrade {
  /** From 00:00. */
  readonly offsetMs: number;
  /** The chunk minute of its arrival. */
  readonly minute: number;
  readonly part: string;
  readonly id: string;
  readonly side: string;
}

const ids: Arbitrary<string> = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: 1, max: 60 }).map(String) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('', 'x', '07', '007'),
  },
);

/** Ids of one recording: any, or only numbers, which then order whole milliseconds. */
function crowdedTrade(id: Arbitrary<string>): Arbitrary<CrowdedTrade> {
  return fc.record({
    offsetMs: fc.constantFrom(-60_001, -1, -1, 0, 0, 0, 1, 999, 59_999, 60_000, 60_000, 86_399_999),
    minute: fc.constantFrom(-2, -1, -1, 0, 0, 0, 0, 1, 1, 2, 3, 4, 1_439, 1_440, 1_441),
    part: fc.constantFrom('', '', '_b', '_c'),
    id,
    side: fc.constantFrom('true', 'false'),
  });
}

export function crowdedRecordings(): Arbitrary<OracleObject[]> {
  const some = fc.array(crowdedTrade(ids), { minLength: 1, maxLength: 40, size: 'max' });
  const numeric = fc.array(crowdedTrade(fc.integer({ min: 1, max: 200 }).map(String)), {
    minLength: 1,
    maxLength: 40,
    size: 'max',
  });
  return fc.tuple(fc.oneof(some, numeric), fc.nat({ max: 9 })).map(renderCrowded);
}

/** One recording in ten has no id column. */
function renderCrowded([trades, style]: [readonly CrowdedTrade[], number]): OracleObject[] {
  const hasIds = style > 0;
  const rows = trades.map((each, index) => ({ ...each, price: `${100 + index}.25` }));
  const byChunk = Map.groupBy(rows, ({ minute, part }) => `${minute} ${part}`);
  return [...byChunk.values()].flatMap((together) => {
    const [first] = together;
    if (first === undefined) return [];
    const lines = together.map(({ offsetMs, price, side, id }) =>
      hasIds ? trade(offsetMs, price, '0.5', side, id) : trade(offsetMs, price, '0.5', side),
    );
    const header = hasIds ? tradesWithIdHeader : tradesHeader;
    return [chunk('trades', first.minute, [header, ...lines], `${first.part}.csv`)];
  });
}
