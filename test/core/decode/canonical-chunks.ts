/** fast-check arbitraries of chunks whose every line the byte kernels recognise, with the scales to start from. */
import * as fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import type { Scales } from '../../../src/core/event/trade-rows.js';
import type { StreamName } from '../../../src/core/rule/symbol-day.js';

export interface CanonicalChunk {
  readonly stream: StreamName;
  readonly text: string;
  readonly scales: Scales;
  readonly rows: number;
}

const REQUIRED = {
  trades: ['timestamp', 'price', 'quantity', 'is_buyer_maker'],
  depth: ['timestamp', 'bids', 'asks'],
} as const;
const OPTIONAL = {
  trades: ['trade_id', 'exec_type', 'receive_time', 'event_time', 'note', 'note'],
  depth: ['update_id', 'receive_time', 'event_time', 'note', 'note'],
} as const;

const SYNONYMS: Readonly<Record<string, string>> = {
  timestamp: 'T',
  price: 'Price',
  quantity: 'qty',
  is_buyer_maker: 'm',
  trade_id: 'a',
  bids: 'b',
  update_id: 'lastUpdateId',
};

/** Any epoch unit, any scales up to 8 decimals, any optional columns under any names, any line ends; no cell that needs the strict path. */
export function canonicalChunks(stream: StreamName, rowsMax: number): Arbitrary<CanonicalChunk> {
  return fc
    .record({
      epochTail: fc.constantFrom('', '999', '000001', '500500'),
      priceDecimals: fc.nat({ max: 8 }),
      quantityDecimals: fc.nat({ max: 8 }),
      optional: fc.shuffledSubarray([...OPTIONAL[stream]]),
      hasHeader: fc.boolean(),
      lineEnd: fc.constantFrom('\n', '\r\n', '\r\r\n'),
      isForeign: fc.boolean(),
      lastLineEnds: fc.boolean(),
      byteOrderMark: fc.constantFrom('', '\u00ef\u00bb\u00bf'),
    })
    .chain((shape) => {
      const scales: Scales = shape;
      const table = [
        ...REQUIRED[stream],
        ...new Set(OPTIONAL[stream].filter((name) => name !== 'note')),
      ];
      const columns = shape.hasHeader
        ? [...REQUIRED[stream], ...shape.optional]
        : table.slice(0, REQUIRED[stream].length + (shape.optional.length % 4));
      return fc
        .array(line(columns, scales, shape.epochTail), { maxLength: rowsMax, size: 'max' })
        .map((rows) => {
          const names = shape.isForeign ? columns.map((name) => SYNONYMS[name] ?? name) : columns;
          const lines = shape.hasHeader ? [names.join(','), ...rows] : rows;
          const text = lines.join(shape.lineEnd) + (shape.lastLineEnds ? shape.lineEnd : '');
          return { stream, text: shape.byteOrderMark + text, scales, rows: rows.length };
        });
    });
}

function line(
  columns: readonly string[],
  { priceDecimals, quantityDecimals }: Scales,
  epochTail: string,
): Arbitrary<string> {
  const priceText = canonicalNumber(priceDecimals);
  const quantityText = canonicalNumber(quantityDecimals);
  const sides = fc
    .array(fc.tuple(priceText, quantityText), { maxLength: 20, size: 'max' })
    .map((levels) => `"${JSON.stringify(levels).replaceAll('"', '""')}"`);
  const cells: Readonly<Record<string, Arbitrary<string>>> = {
    timestamp: fc
      .nat({ max: 999_999 })
      .map((offset) => `${1_709_337_600_000 + offset}${epochTail}`),
    price: priceText,
    quantity: quantityText,
    is_buyer_maker: fc.constantFrom('true', 'false', 'True', 'False', '1', '0'),
    bids: sides,
    asks: sides,
    trade_id: canonicalId(),
    update_id: canonicalId(),
    exec_type: fc.constantFrom('', 'MARKET', 'RPI', 'None', 'nan'),
    receive_time: fc.constantFrom('', '1709337600123', 'soon'),
    event_time: fc.constantFrom('', '1709337600123456', '12\r3'),
    note: fc.constantFrom('', ' ', 'binance', '\u00ff', '1.5'),
  };
  const arbitraries = columns.map((name) => cells[name] ?? fc.constant(''));
  return fc.tuple(...arbitraries).map((texts) => texts.join(','));
}

/** At most 15 digits, padded or not, at most `decimals` after the point. */
function canonicalNumber(decimals: number): Arbitrary<string> {
  return fc
    .tuple(fc.nat({ max: 9_999_999 }), fc.nat({ max: decimals }), fc.nat({ max: 99_999_999 }))
    .map(([whole, length, fraction]) => {
      const digits = String(fraction).padStart(8, '0').slice(0, length);
      return length === 0 ? String(whole) : `${whole}.${digits}`;
    });
}

function canonicalId(): Arbitrary<string> {
  return fc.oneof(
    fc.constantFrom('', '0', '7', '999999999999999', 'None', 'NULL'),
    fc.nat({ max: 1_000 }).map(String),
  );
}
