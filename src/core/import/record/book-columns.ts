/** Snapshots with a column for each price and quantity, as tardis.dev writes them: `asks[0].price,asks[0].amount,bids[0].price,…`. */
import { levelsCell } from '../../frame/chunk-text.js';
import type { Level } from '../../frame/frame.js';
import { FlowbarsError } from '../../unit/errors.js';
import { quoted } from '../../unit/typed-text.js';
import { arrivalMsOf, exchangeTimeMs } from '../epoch.js';
import type { Where } from '../import-row.js';
import { exchangeFieldOf, type FieldReader } from './table-rows.js';

/** Levels a side that a chunk holds; further ones stay out. */
export const IMPORT_LEVELS_MAX = 20;

interface LevelFields {
  readonly price: number;
  readonly quantity: number;
}

interface BookShape {
  readonly names: readonly string[];
  readonly bids: readonly LevelFields[];
  readonly asks: readonly LevelFields[];
}

/** Undefined for a header without such columns. */
export function bookShape(names: readonly string[]): BookShape | undefined {
  const [bids, asks] = [levelFields('bids', names), levelFields('asks', names)];
  return bids.length === 0 || asks.length === 0 ? undefined : { names, bids, asks };
}

/** Levels a side in the chunks. */
export function levelsOf({ bids, asks }: BookShape): number {
  return Math.min(bids.length, asks.length);
}

function levelFields(side: string, names: readonly string[]): LevelFields[] {
  const fields: LevelFields[] = [];
  while (fields.length < IMPORT_LEVELS_MAX) {
    const level = `${side}[${fields.length}]`;
    const [price, quantity] = [names.indexOf(`${level}.price`), names.indexOf(`${level}.amount`)];
    if (price < 0 || quantity < 0) break;
    fields.push({ price, quantity });
  }
  return fields;
}

export function bookReader({ names, bids, asks }: BookShape): FieldReader {
  const [timeField, receiveField] = [names.indexOf('timestamp'), names.indexOf('local_timestamp')];
  const symbolField = names.indexOf('symbol');
  const isReceived = receiveField >= 0;
  const header = isReceived ? 'timestamp,bids,asks,receive_time' : 'timestamp,bids,asks';
  return {
    fieldCount: names.length,
    symbolField: symbolField < 0 ? undefined : symbolField,
    exchangeField: exchangeFieldOf(names),
    row: (fields, symbol, where) => {
      const time = fields[timeField] ?? '';
      const timeMs = exchangeTimeMs(time, 'timestamp', where);
      const received = fields[receiveField] ?? '';
      const sides = [bids, asks].map((side) => levelsCell(levelsIn(side, fields, names, where)));
      const text = [time, ...sides, ...(isReceived ? [received] : [])].join(',');
      const arrivalMs = arrivalMsOf(received, timeMs, { column: 'local_timestamp', where });
      const times = { timeDigits: time.length, timeMs, arrivalMs };
      return { symbol, stream: 'depth', header, ...times, id: '', text };
    },
  };
}

/** Empty cells stand for levels that the book does not have. */
function levelsIn(
  side: readonly LevelFields[],
  fields: readonly string[],
  names: readonly string[],
  where: Where,
): Level[] {
  const levels: Level[] = [];
  for (const { price, quantity } of side) {
    const level: Level = [fields[price] ?? '', fields[quantity] ?? ''];
    if (level[0] === '' && level[1] === '') continue;
    const odd = [price, quantity].find((field) => /["\\]/.test(fields[field] ?? ''));
    if (odd !== undefined) throw oddCell(names[odd] ?? '', fields[odd] ?? '', where());
    levels.push(level);
  }
  return levels;
}

function oddCell(column: string, found: string, where: string): FlowbarsError {
  const what = `column ${column}`;
  return new FlowbarsError('data', { where, what, found: quoted(found), expected: 'a number' });
}
