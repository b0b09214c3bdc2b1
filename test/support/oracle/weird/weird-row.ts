/**
 * fast-check arbitraries for the rows of both streams, as data that a chunk's rendering turns into text.
 */
import * as fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import type { Stream } from '../chunk.js';
import {
  brokenTimestamp,
  execTypeCell,
  idleTimeCell,
  isBuyerMakerCell,
  jsonNumber,
  numberCell,
  plainPrice,
  plainQuantity,
  sideCell,
  unknownCell,
} from './weird-cells.js';
import type { TimeUnitDigits } from './weird-cells.js';

export interface RowSpec {
  /** From the start of the chunk's minute; late and early rows lie outside it. */
  offsetMs: number;
  /** Digits below the millisecond, for finer units. */
  fine: number;
  /** Rarely, a unit other than the chunk's. */
  ownUnit: TimeUnitDigits | undefined;
  brokenTimestamp: string | undefined;
  /** Increment of the id; 0 repeats the id before. */
  idStep: number;
  /** The id as text, in place of the number, if defined. */
  oddId: string | undefined;
  cells: Record<string, string>;
  /** The cell of every unknown column. */
  unknown: string;
  damage:
    | 'none'
    | 'more'
    | 'fewer'
    | 'stray quote'
    | 'open quote'
    | 'text after quote'
    | 'carriage return'
    | 'cut';
  blankBefore: string | undefined;
}

/** Oddities that not every recording may have. */
export interface WeirdStyle {
  /** Numeric ids past 2^53 and 2^64. */
  hugeIds: boolean;
  /** Weight of odd cells against ordinary ones, 0 for none. */
  oddness: number;
}

export function rowSpec(stream: Stream, style: WeirdStyle): Arbitrary<RowSpec> {
  return fc.record({
    offsetMs: offsetMs(),
    fine: fc.nat({ max: 999_999 }),
    ownUnit: seldom(style.oddness === 0 ? 1000 : 150, fc.constantFrom(16 as const, 19 as const)),
    brokenTimestamp: style.oddness === 0 ? fc.constant(undefined) : brokenTimestamp(),
    idStep: fc.constantFrom(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 2, 5),
    oddId: seldom(12, oddId(style)),
    cells: stream === 'trades' ? tradeCells(style) : depthCells(style),
    unknown: unknownCell(),
    damage: fc.oneof(
      { weight: 60, arbitrary: fc.constant('none' as const) },
      {
        weight: Math.min(style.oddness, 3),
        arbitrary: fc.constantFrom(
          'more' as const,
          'fewer' as const,
          'stray quote' as const,
          'open quote' as const,
          'text after quote' as const,
          'carriage return' as const,
          'cut' as const,
        ),
      },
    ),
    blankBefore: seldom(30, fc.constantFrom('', '\r', ' ')),
  });
}

/** Times on and beside second, hole and minute borders, and now and then far away. */
function offsetMs(): Arbitrary<number> {
  return fc.oneof(
    { weight: 5, arbitrary: fc.nat({ max: 59_999 }) },
    { weight: 5, arbitrary: fc.constantFrom(0, 1, 7, 999, 1000, 1001, 4999, 5000, 5001, 59_999) },
    {
      weight: 2,
      arbitrary: fc.constantFrom(-1, -1000, -60_000, -119_999, 60_000, 60_001, 125_000),
    },
    { weight: 1, arbitrary: fc.constantFrom(-86_400_000, -3_600_001, 86_400_000, 180_000) },
  );
}

function oddId(style: WeirdStyle): Arbitrary<string> {
  const usual = [
    '',
    '',
    'a',
    'a',
    '7',
    '007',
    ' 7',
    '1e3',
    '-5',
    'x,y',
    'None',
    'nan',
    'NULL',
    'nun',
    '1001',
    '01001',
    '1002',
  ];
  const huge = ['9007199254740993', '9007199254740992', '18446744073709551616'];
  return fc.constantFrom(...usual, ...(style.hugeIds ? huge : []));
}

function tradeCells(style: WeirdStyle): Arbitrary<Record<string, string>> {
  return fc.record({
    price: numberCell(plainPrice(), style.oddness),
    quantity: numberCell(plainQuantity(), style.oddness),
    is_buyer_maker: style.oddness === 0 ? fc.constantFrom('true', 'false') : isBuyerMakerCell(),
    side: sideCell(style.oddness),
    symbol: symbolCell(style),
    exec_type: execTypeCell(),
    receive_time: idleTimeCell(),
    event_time: idleTimeCell(),
  });
}

function depthCells(style: WeirdStyle): Arbitrary<Record<string, string>> {
  return fc
    .record({
      bestBidTicks: fc.integer({ min: 639_590, max: 639_600 }),
      spreadTicks: fc.constantFrom(1, 1, 1, 1, 2, 3, 0, -1),
      disorder: seldom(6, fc.record({ side: fc.constantFrom(1, -1), at: fc.nat({ max: 20 }) })),
      bids: levelCount(style),
      asks: levelCount(style),
      space: fc.constantFrom('', '', '', ' ', '\t '),
      quantities: fc.array(jsonNumber(plainQuantity(), 0), { minLength: 3, maxLength: 7 }),
      asNumbers: fc.boolean(),
      odd: seldom(
        80 / Math.max(style.oddness, 1),
        fc.record({ side: fc.constantFrom(1, -1), at: fc.nat({ max: 41 }), text: oddElement() }),
      ),
      symbol: symbolCell(style),
      receive_time: idleTimeCell(),
      event_time: idleTimeCell(),
    })
    .map((spec) => {
      const side = (direction: 1 | -1, bestTicks: number, count: number): string => {
        const elements = Array.from({ length: count * 2 }, (_, index) => {
          if (spec.odd?.side === direction && spec.odd.at === index) return spec.odd.text;
          const level = index >> 1;
          const isOut = spec.disorder?.side === direction && spec.disorder.at === level;
          const ticks = level - (isOut ? 1 + (level % 2) : 0);
          const price = ((bestTicks + direction * ticks) / 10).toFixed(2);
          if (index % 2 === 0) return spec.asNumbers ? price : `"${price}"`;
          return spec.quantities[index % spec.quantities.length] ?? '"1"';
        });
        const pairs = Array.from(
          { length: count },
          (_, index) => `[${elements[index * 2]},${spec.space}${elements[index * 2 + 1]}]`,
        );
        return `${spec.space}[${pairs.join(`${spec.space},`)}]${spec.space}`;
      };
      return {
        bids: side(-1, spec.bestBidTicks, spec.bids),
        asks: side(1, spec.bestBidTicks + spec.spreadTicks, spec.asks),
        symbol: spec.symbol,
        receive_time: spec.receive_time,
        event_time: spec.event_time,
      };
    });
}

/** Nearly always one symbol: two make the chunk unreadable. */
function symbolCell(style: WeirdStyle): Arbitrary<string> {
  return fc.oneof(
    { weight: 200, arbitrary: fc.constant('BTCUSDT') },
    { weight: Math.min(style.oddness, 1), arbitrary: fc.constantFrom('', 'btcusdt', 'ETHUSDT') },
  );
}

function oddElement(): Arbitrary<string> {
  return fc.oneof(
    jsonNumber(plainQuantity(), 300),
    fc.constantFrom('"0"', '"-1"', '"999999999999999999.999999999999999999"'),
  );
}

function levelCount(style: WeirdStyle): Arbitrary<number> {
  return fc.oneof(
    { weight: 12, arbitrary: fc.constant(20) },
    { weight: 3, arbitrary: fc.constantFrom(19, 5, 1, 0) },
    { weight: style.oddness === 0 ? 0 : 1, arbitrary: fc.constant(21) },
  );
}

function seldom<T>(times: number, arbitrary: Arbitrary<T>): Arbitrary<T | undefined> {
  return fc.oneof(
    { weight: Math.round(times), arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary },
  );
}
