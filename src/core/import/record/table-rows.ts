/** Reads the lines of a CSV file as rows of chunks. Cells stay as they are; side becomes is_buyer_maker. */
import { streamOf } from '../../frame/chunk-text.js';
import { FlowbarsError } from '../../unit/errors.js';
import type { SymbolName } from '../../unit/symbol.js';
import { arrivalMsOf, exchangeTimeMs } from '../epoch.js';
import type { ImportRow, RecordReader, Where } from '../import-row.js';
import { MarketColumn } from '../market-column.js';
import { marketOfExchange, marketOfSymbol, sourceSymbol } from '../source-market.js';
import type { TableShape } from './table-shape.js';

/** The fields of a line by RFC 4180; undefined if it is not one record. */
export type SplitLine = (line: string) => string[] | undefined;

export interface TableSource {
  /** Its line, which is no row wherever it stands. */
  readonly headerLine: string | undefined;
  /** Of every row; undefined where a column has it. */
  readonly symbol: SymbolName | undefined;
  readonly splitLine: SplitLine;
}

/** A reader of the fields of each line. */
export interface FieldReader {
  readonly fieldCount: number;
  row(fields: readonly string[], symbol: SymbolName, where: Where): ImportRow;
  readonly symbolField: number | undefined;
  /** Of tardis.dev; elsewhere a column of that name may hold anything. */
  readonly exchangeField: number | undefined;
}

export function exchangeFieldOf(names: readonly string[]): number | undefined {
  const field = names.indexOf('exchange');
  return field >= 0 && names.includes('local_timestamp') ? field : undefined;
}

export function tableReader(
  fieldReader: FieldReader,
  { headerLine, symbol, splitLine }: TableSource,
): RecordReader {
  const { fieldCount, symbolField, exchangeField } = fieldReader;
  const exchanges = new MarketColumn('exchange', marketOfExchange);
  const symbolOf = symbolReader(symbol);
  const leftOut = new Map<string, number>();
  return {
    leftOut,
    read: (line, where) => {
      if (line === headerLine) return undefined;
      const fields = line.includes('"') ? splitLine(line) : line.split(',');
      if (fields?.length !== fieldCount) throw otherLength(fields, fieldCount, where());
      if (exchangeField !== undefined) exchanges.check(fields[exchangeField] ?? '', where);
      const cell = symbolField === undefined ? undefined : (fields[symbolField] ?? '');
      return fieldReader.row(fields, symbolOf(cell, where), where);
    },
  };
}

/** The row's symbol from its own cell; a given symbol renames the only one of a file. */
export function symbolReader(
  given: SymbolName | undefined,
): (cell: string | undefined, where: Where) => SymbolName {
  const known = new Map<string, SymbolName>();
  const markets = new MarketColumn('symbol', marketOfSymbol);
  let first: string | undefined;
  return (cell, where) => {
    if (given !== undefined) {
      first ??= cell;
      if (cell !== first) throw secondSymbol(first, cell, where());
      return given;
    }
    const text = cell ?? '';
    const found = known.get(text) ?? sourceSymbol(text, where);
    if (!known.has(text)) markets.check(text, where);
    known.set(text, found);
    return found;
  };
}

const ID_COLUMNS = ['trade_id', 'agg_trade_id'];

export function columnReader(shape: TableShape): FieldReader {
  const { form, fields: kept, header, names, timeField, receiveField, symbolField } = shape;
  const stream = streamOf(form);
  const receiveName = names[receiveField ?? -1] ?? '';
  const columns = header.split(',');
  const idField = kept[columns.findIndex((column) => ID_COLUMNS.includes(column))] ?? -1;
  const makerAt = shape.saysSide ? columns.indexOf('is_buyer_maker') : -1;
  return {
    fieldCount: names.length,
    symbolField,
    exchangeField: exchangeFieldOf(names),
    row: (fields, symbol, where) => {
      const time = fields[timeField] ?? '';
      const timeMs = exchangeTimeMs(time, names[timeField] ?? '', where);
      const received = receiveField === undefined ? '' : (fields[receiveField] ?? '');
      let text = '';
      for (let index = 0; index < kept.length; index += 1) {
        const cell = fields[kept[index] ?? 0] ?? '';
        if (index > 0) text += ',';
        text += index === makerAt ? buyerMakerOf(cell) : quotedCell(cell);
      }
      const arrivalMs =
        received === '' ? timeMs : arrivalMsOf(received, timeMs, { column: receiveName, where });
      const id = ownId(fields[idField] ?? '');
      return { symbol, stream, header, timeDigits: time.length, timeMs, arrivalMs, id, text };
    },
  };
}

/** Empty for the words that stand for no id (docs/INPUT.md). */
export function ownId(cell: string): string {
  return /^(?:none|null|nan)$/i.test(cell) ? '' : cell;
}

/** `side` is the aggressor's. Another word stays, for the aggregation to count. */
export function buyerMakerOf(side: string): string {
  const word = side.toLowerCase();
  if (word === 'sell') return 'true';
  return word === 'buy' ? 'false' : quotedCell(side);
}

export function quotedCell(cell: string): string {
  return /[",]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

function otherLength(
  fields: readonly string[] | undefined,
  fieldCount: number,
  where: string,
): FlowbarsError {
  const found = fields === undefined ? 'quotes that are no csv' : `${fields.length} fields`;
  const expected = `${fieldCount} fields, as in the first line`;
  return new FlowbarsError('data', { where, what: 'line', found, expected });
}

function secondSymbol(first = '', second = '', where: string): FlowbarsError {
  const found = `'${second}' behind '${first}'`;
  const expected = 'one symbol, which --symbol names (without it each row goes to its own)';
  return new FlowbarsError('data', { where, what: 'column symbol', found, expected });
}
