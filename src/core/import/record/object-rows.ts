/** Reads trades that ccxt wrote as JSON objects. Numbers stay the texts that they are in the file. */
import { FlowbarsError } from '../../unit/errors.js';
import { isDictionary } from '../../unit/json.js';
import type { SymbolName } from '../../unit/symbol.js';
import { exchangeTimeMs } from '../epoch.js';
import type { RecordReader, Where } from '../import-row.js';
import { buyerMakerOf, ownId, quotedCell, symbolReader } from './table-rows.js';

const HEADER = 'timestamp,price,quantity,is_buyer_maker,trade_id';
const SHOWN_CHARACTERS = 40;

/** `given`: of every row; undefined where the objects have it. */
export function objectReader(given: SymbolName | undefined): RecordReader {
  const symbolOf = symbolReader(given);
  return {
    leftOut: new Map(),
    read: (record, where) => {
      const trade = readTexts(record);
      if (!isDictionary(trade)) throw noTrade('json', record, 'a JSON object', where);
      const cell = (field: string): string => cellOf(trade[field], field, where);
      const symbol = symbolOf(cell('symbol'), where);
      const time = cell('timestamp');
      const timeMs = exchangeTimeMs(time, 'timestamp', where);
      const cells = [time, cell('price'), cell('amount')].map(quotedCell);
      const id = cell('id');
      const text = [...cells, buyerMakerOf(cell('side')), quotedCell(id)].join(',');
      const times = { timeDigits: time.length, timeMs, arrivalMs: timeMs };
      return { symbol, stream: 'trades', header: HEADER, ...times, id: ownId(id), text };
    },
  };
}

/** Null stands for a cell that ccxt has not. */
function cellOf(value: unknown, field: string, where: Where): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string' && !/[\r\n]/.test(value)) return value;
  throw noTrade(`field ${field}`, JSON.stringify(value), 'a number or a text of one line', where);
}

function noTrade(what: string, found: string, expected: string, where: Where): FlowbarsError {
  const shown = `'${found.slice(0, SHOWN_CHARACTERS)}'`;
  return new FlowbarsError('data', { where: where(), what, found: shown, expected });
}

/** The value of a JSON text with each number as its own text; undefined if it is not JSON. */
function readTexts(text: string): unknown {
  try {
    return JSON.parse(text, textOfNumber);
  } catch {
    return undefined;
  }
}

function textOfNumber(
  _key: string,
  value: unknown,
  context?: { readonly source?: string },
): unknown {
  return typeof value === 'number' ? (context?.source ?? String(value)) : value;
}
