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
  /** Rows that the strict path must read: the first one, if the kernels need its symbol. */
  readonly strictRows: number;
}

/** How the lines of one chunk are written. */
interface Writing {
  readonly scales: Scales;
  readonly epochTail: string;
  /** Columns in quotes; sides always are. */
  readonly quoted: readonly string[];
  /** JSON has numbers, not strings. */
  readonly hasNumbers: boolean;
  /** After commas in JSON. */
  readonly blank: '' | ' ';
}

const REQUIRED = {
  trades: ['timestamp', 'price', 'quantity', 'is_buyer_maker'],
  depth: ['timestamp', 'bids', 'asks'],
} as const;
const OPTIONAL = {
  trades: ['trade_id', 'exec_type', 'receive_time', 'event_time', 'symbol', 'note', 'note'],
  depth: ['update_id', 'receive_time', 'event_time', 'symbol', 'note', 'note'],
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

/**
 * Any epoch unit, any scales up to 8 decimals, the columns in any order under any names, any of them in
 * quotes, any style of JSON, any line ends; no cell that needs the strict path.
 */
export function canonicalChunks(stream: StreamName, rowsMax: number): Arbitrary<CanonicalChunk> {
  const required = [...REQUIRED[stream]];
  const optional = [...OPTIONAL[stream]];
  return fc
    .record({
      epochTail: fc.constantFrom('', '999', '000001', '500500'),
      priceDecimals: fc.nat({ max: 8 }),
      quantityDecimals: fc.nat({ max: 8 }),
      shuffled: fc.shuffledSubarray([...required, ...optional], {
        minLength: required.length + optional.length,
      }),
      optional: fc.subarray(optional),
      hasHeader: fc.boolean(),
      inOrder: fc.boolean(),
      saysSide: fc.boolean(),
      quoted: fc.oneof(
        fc.constant<string[]>([]),
        fc.constant([...required, 'side', ...optional]),
        fc.subarray([...required, 'side', ...optional]),
      ),
      hasNumbers: fc.boolean(),
      blank: fc.constantFrom('' as const, ' ' as const),
      lineEnd: fc.constantFrom('\n', '\r\n', '\r\r\n'),
      isForeign: fc.boolean(),
      lastLineEnds: fc.boolean(),
      byteOrderMark: fc.constantFrom('', '\u00ef\u00bb\u00bf'),
    })
    .chain((shape) => {
      const columns = shape.hasHeader ? headerColumns(stream, shape) : tableColumns(stream, shape);
      return fc
        .array(line(columns, { ...shape, scales: shape }), { maxLength: rowsMax, size: 'max' })
        .map((rows) => {
          const names = shape.isForeign ? columns.map((name) => SYNONYMS[name] ?? name) : columns;
          const lines = shape.hasHeader ? [names.join(','), ...rows] : rows;
          const text = lines.join(shape.lineEnd) + (shape.lastLineEnds ? shape.lineEnd : '');
          const strictRows = columns.includes('symbol') ? Math.min(1, rows.length) : 0;
          return {
            stream,
            text: shape.byteOrderMark + text,
            scales: shape,
            rows: rows.length,
            strictRows,
          };
        });
    });
}

interface Columns {
  readonly shuffled: readonly string[];
  readonly optional: readonly string[];
  readonly inOrder: boolean;
  readonly saysSide: boolean;
}

function headerColumns(
  stream: StreamName,
  { shuffled, optional, inOrder, saysSide }: Columns,
): string[] {
  const required: readonly string[] = REQUIRED[stream];
  const columns = inOrder
    ? [...required, ...optional]
    : shuffled.filter((name) => required.includes(name) || optional.includes(name));
  return saysSide ? columns.map((name) => (name === 'is_buyer_maker' ? 'side' : name)) : columns;
}

/** The columns of a chunk without a header. */
function tableColumns(stream: StreamName, { optional }: Columns): string[] {
  const table = new Set(OPTIONAL[stream].filter((name) => name !== 'note' && name !== 'symbol'));
  return [...REQUIRED[stream], ...table].slice(0, REQUIRED[stream].length + (optional.length % 4));
}

function line(columns: readonly string[], writing: Writing): Arbitrary<string> {
  const { epochTail, quoted, hasNumbers, blank } = writing;
  const priceText = canonicalNumber(writing.scales.priceDecimals);
  const quantityText = canonicalNumber(writing.scales.quantityDecimals);
  // Few, so that lines repeat levels of the line before at the same place.
  const levels = fc.constantFrom(['7', '1'], ['7', '2'], ['7', '0'], ['1234567', '1234567']);
  const quote = hasNumbers ? '' : '""';
  const sides = fc
    .array(fc.oneof(fc.tuple(priceText, quantityText), levels), { maxLength: 20, size: 'max' })
    .map((side) => {
      const pairs = side.map(
        (pair) => `[${quote}${pair.join(`${quote},${blank}${quote}`)}${quote}]`,
      );
      return `"[${pairs.join(`,${blank}`)}]"`;
    });
  const cells: Readonly<Record<string, Arbitrary<string>>> = {
    timestamp: fc
      .nat({ max: 999_999 })
      .map((offset) => `${1_709_337_600_000 + offset}${epochTail}`),
    price: priceText,
    quantity: quantityText,
    is_buyer_maker: fc.constantFrom('true', 'false', 'True', 'FALSE', '1', '0'),
    side: fc.constantFrom('buy', 'sell', 'Buy', 'SELL'),
    bids: sides,
    asks: sides,
    trade_id: canonicalId(),
    update_id: canonicalId(),
    exec_type: fc.constantFrom('', 'MARKET', 'RPI', 'None', 'nan'),
    receive_time: fc.constantFrom('', '1709337600123', 'soon'),
    event_time: fc.constantFrom('', '1709337600123456', '12\r3'),
    symbol: fc.constant('BTCUSDT'),
    note: fc.constantFrom('', ' ', 'binance', '\u00ff', '1.5'),
  };
  const arbitraries = columns.map((name) => {
    const cell = cells[name] ?? fc.constant('');
    const isQuoted = quoted.includes(name) && name !== 'bids' && name !== 'asks';
    return isQuoted ? cell.map((text) => `"${text.replace('\r', ' ')}"`) : cell;
  });
  return fc.tuple(...arbitraries).map((texts) => texts.join(','));
}

/** The chunk with one to three bytes changed, removed or inserted. */
export function damagedChunks(stream: StreamName, rowsMax: number): Arbitrary<string> {
  const edit = fc.record({
    at: fc.nat(),
    removed: fc.constantFrom(0, 1, 1),
    inserted: fc.constantFrom('', ...Array.from('019.,"[]{} eE+-tnN\\\r\n\u0000\u0080\u00ff')),
  });
  const edits = fc.array(edit, { minLength: 1, maxLength: 3 });
  return fc.tuple(canonicalChunks(stream, rowsMax), edits).map(([{ text }, all]) =>
    all.reduce((damaged, { at, removed, inserted }) => {
      const from = at % (damaged.length + 1);
      return damaged.slice(0, from) + inserted + damaged.slice(from + removed);
    }, text),
  );
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
