/** Tells from the beginning of a file, and from its name, how to read it. Reads no row. */
import { foreignBinary, foreignText } from '../../decode/foreign-content.js';
import { assert, FlowbarsError } from '../../unit/errors.js';
import type { SymbolName } from '../../unit/symbol.js';
import { bookReader, bookShape, levelsOf } from '../record/book-columns.js';
import { bytesOf } from '../byte-text.js';
import { frameLine } from '../record/frame-line.js';
import { type Market, marketOfSymbol, sourceSymbol } from '../source-market.js';
import { type NameHints, nameHints } from './source-name.js';
import { toldMarket } from './told-market.js';
import { refuseOtherKind } from './other-kinds.js';
import { columnReader, type FieldReader, type SplitLine } from '../record/table-rows.js';
import {
  archiveOrder,
  headerShape,
  plainOrder,
  type TableHints,
  type TableShape,
} from '../record/table-shape.js';
import type { ChunkForm } from '../../frame/chunk-text.js';

export const SOURCES = ['binance', 'tardis', 'frames', 'ccxt', 'csv'] as const;
export type SourceName = (typeof SOURCES)[number];

/** Bytes of a file's beginning that tell what it is; the header of 25 levels has some 2,000. */
export const HEAD_BYTES = 65_536;

export interface SourceHints extends TableHints {
  readonly source: SourceName | undefined;
  /** For files that do not say theirs; of all others it has to be theirs. */
  readonly symbol: SymbolName | undefined;
  readonly market: Market | undefined;
}

export interface CsvSource {
  readonly is: 'csv';
  readonly source: SourceName;
  readonly fields: FieldReader;
  readonly form: ChunkForm;
  readonly headerLine: string | undefined;
  readonly columns: readonly string[];
  /** Of its fields; none of a book with a column for each level. */
  readonly names: readonly string[];
  /** In the order of docs/INPUT.md, where neither a header nor an archive's layout says them. */
  readonly assumedColumns: readonly string[] | undefined;
  /** Levels a side of snapshots in columns. */
  readonly levels: number | undefined;
  /** Of every row; undefined where a column has it. */
  readonly symbol: SymbolName | undefined;
  /** Of a book, in that column. */
  readonly firstSymbol: SymbolName | undefined;
  readonly market: Market | undefined;
}

export type Recognised =
  | CsvSource
  | { readonly is: 'frames'; readonly source: 'frames' }
  | {
      readonly is: 'objects';
      readonly source: 'ccxt';
      readonly symbol: SymbolName | undefined;
      readonly market: Market | undefined;
    };

export interface FileHead {
  readonly path: string;
  /** Latin-1 text of the first HEAD_BYTES at most. */
  readonly text: string;
  readonly splitLine: SplitLine;
}

/** Throws a data error that names every source if none fits. */
export function recognise(head: FileHead, hints: SourceHints): Recognised {
  const { path } = head;
  const named = nameHints(path);
  if (named.refused !== undefined && hints.source === undefined)
    throw otherKind(path, named.refused);
  const text = head.text.replace(/^\xef\xbb\xbf/, '');
  const foreign = foreignBinary(bytesOf(text));
  if (foreign !== undefined) throw new FlowbarsError('data', { where: path, ...foreign });
  const lines = text.split('\n').map((line) => line.replace(/\r+$/, ''));
  const filled = lines.filter((line) => line.trim() !== '');
  const [first] = filled;
  if (first === undefined) throw nothing(path, head.text);
  const source = hints.source ?? sourceOf(first, text);
  if (source === 'frames') return { is: 'frames', source };
  if (first.startsWith('{') || first.startsWith('[')) {
    if (source !== 'ccxt') throw unknown(path, first, foreignText(bytesOf(text))?.found);
    // The exchange's own answer, which ccxt keeps as `info`, may have another before it.
    const symbol =
      /"symbol"\s*:\s*"([^"]+\/[^"]+)"/.exec(text)?.[1] ??
      /"symbol"\s*:\s*"([^"]+)"/.exec(text)?.[1];
    const market = marketOfSymbol(symbol ?? hints.symbol ?? '');
    return { is: 'objects', source, symbol: hints.symbol, market };
  }
  return csvSource({ ...head, rows: filled }, hints, named, source);
}

/** A frame with an event, of a stream, without a name of either (spot), or an answer. */
const FRAME_PATTERN =
  /^\{.*"(?:e|stream)"\s*:\s*"|^\{\s*"(?:u|result|error|code|lastUpdateId)"\s*:/;

/** Of what is not CSV; undefined for what may be. */
function sourceOf(first: string, text: string): SourceName | undefined {
  const found = frameLine(first);
  const isPlain = /^[[{]/.test(first);
  if (found !== undefined && !isPlain) return 'frames';
  if (!isPlain) return undefined;
  // First, because ccxt keeps the exchange's own frame as `info`.
  if (text.includes('"amount"') && text.includes('"side"')) return 'ccxt';
  return FRAME_PATTERN.test(first) ? 'frames' : undefined;
}

interface CsvHead extends FileHead {
  /** Its first lines that are not blank; the last one may be cut. */
  readonly rows: readonly string[];
}

function csvSource(
  { path, rows, splitLine }: CsvHead,
  hints: SourceHints,
  named: NameHints,
  source: SourceName | undefined,
): CsvSource {
  const [first = '', second = ''] = rows;
  const cells = splitLine(first);
  if (cells === undefined) throw unknown(path, first);
  const hasHeader = !/^\d/.test(first);
  if (source === undefined) refuseOtherKind(cells, path);
  const order = source === 'csv' ? undefined : archiveOrder(cells);
  const names = hasHeader ? cells : (order ?? plainOrder(cells, hints.stream));
  if (names === undefined) throw unknown(path, first);
  const book = bookShape(names);
  const shape = book === undefined ? shapeOrUnknown(names, hints, path, first) : undefined;
  const fields = book === undefined ? columnReader(required(shape)) : bookReader(book);
  const row = (hasHeader ? splitLine(second) : cells) ?? [];
  const cellOf = (name: string): string | undefined => row[names.indexOf(name)];
  const form = shape?.form ?? 'depth';
  const isToldByRows = form === 'depth' && hints.symbol === undefined;
  const firstSymbol = isToldByRows ? row[fields.symbolField ?? -1] : undefined;
  const found = source ?? sourceOfColumns(names, named.isArchive || order !== undefined);
  return {
    is: 'csv',
    source: found,
    fields,
    form,
    headerLine: hasHeader ? first : undefined,
    columns: shape?.header.split(',') ?? [],
    names: shape?.names ?? [],
    assumedColumns: hasHeader || order !== undefined ? undefined : names,
    levels: book === undefined ? undefined : levelsOf(book),
    symbol: fields.symbolField === undefined ? symbolOf(named, hints, path) : hints.symbol,
    firstSymbol: firstSymbol === undefined ? undefined : sourceSymbol(firstSymbol, () => path),
    market: toldMarket(
      names,
      named,
      {
        path,
        hasHeader,
        symbol: cellOf('symbol') ?? named.symbol ?? hints.symbol,
        exchange: cellOf('exchange'),
        time: row[shape?.timeField ?? -1],
      },
      hints.market,
    ),
  };
}

function shapeOrUnknown(
  names: readonly string[],
  hints: SourceHints,
  path: string,
  first: string,
): TableShape {
  const looksLikeText = foreignText(bytesOf(first));
  if (looksLikeText !== undefined) throw unknown(path, first, looksLikeText.found);
  return headerShape(names, hints, path);
}

function required(shape: TableShape | undefined): TableShape {
  assert(shape !== undefined, 'a table has a shape');
  return shape;
}

function sourceOfColumns(names: readonly string[], isArchive: boolean): SourceName {
  if (names.includes('exchange') && names.includes('local_timestamp')) return 'tardis';
  if (names.includes('datetime') && names.includes('side')) return 'ccxt';
  return isArchive ? 'binance' : 'csv';
}

function symbolOf(named: NameHints, hints: SourceHints, path: string): SymbolName {
  const own = named.symbol === undefined ? undefined : sourceSymbol(named.symbol, () => path);
  if (own !== undefined && hints.symbol !== undefined && own !== hints.symbol) {
    const expected = `'${own}', as the file is called (rename the file if that is wrong)`;
    throw new FlowbarsError('usage', {
      where: '--symbol',
      what: 'symbol',
      found: `'${hints.symbol}' for '${path}'`,
      expected,
    });
  }
  const symbol = own ?? hints.symbol;
  if (symbol !== undefined) return symbol;
  throw new FlowbarsError('usage', {
    where: path,
    what: 'symbol',
    found: 'neither a column symbol nor a name such as BTCUSDT-trades-2024-07-18.zip',
    expected: '--symbol BTCUSDT',
  });
}

function otherKind(path: string, kind: string): FlowbarsError {
  return new FlowbarsError('data', {
    where: path,
    what: 'file',
    found: kind,
    expected: 'trades, aggTrades or snapshots of the book',
  });
}

function nothing(path: string, text: string): FlowbarsError {
  const found = text === '' ? '0 bytes' : 'nothing but blank lines';
  return new FlowbarsError('data', { where: path, what: 'content', found, expected: 'rows' });
}

const SHOWN_CHARACTERS = 60;

function unknown(path: string, first: string, kind?: string): FlowbarsError {
  return new FlowbarsError('data', {
    where: path,
    what: 'content',
    found: kind ?? `'${first.slice(0, SHOWN_CHARACTERS)}'`,
    expected:
      'binance: trades or aggTrades of data.binance.vision; tardis: trades or book_snapshot_25 or _5; frames: recorded websocket frames; ccxt: trades as csv or json; csv: a header by docs/INPUT.md, or --columns (--source says which, docs/IMPORT.md shows them)',
  });
}
