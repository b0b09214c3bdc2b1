/**
 * The columns of raw chunks, as data: what docs/INPUT.md calls them, the names that other recorders
 * give them, and which a stream must have. Decoding follows this table.
 */
import type { StreamName } from './symbol-day.js';

export interface RecordedColumn {
  readonly required: boolean;
  /** Names of one letter as written here; longer ones in any case of ASCII letters. */
  readonly synonyms: readonly string[];
}

const OF_BOTH: Readonly<Record<string, RecordedColumn>> = {
  receive_time: { required: false, synonyms: ['local_timestamp', 'recv_time'] },
  event_time: { required: false, synonyms: ['E'] },
  symbol: { required: false, synonyms: ['s'] },
};

const TIMESTAMP: RecordedColumn = {
  required: true,
  synonyms: ['time', 'transact_time', 'trade_time', 'T'],
};

/** In the order of a chunk without a header, except `symbol`, which only a header can name. */
export const RECORDED_COLUMNS: Readonly<
  Record<StreamName, Readonly<Record<string, RecordedColumn>>>
> = {
  trades: {
    timestamp: TIMESTAMP,
    price: { required: true, synonyms: ['p'] },
    quantity: { required: true, synonyms: ['qty', 'amount', 'size', 'q'] },
    is_buyer_maker: { required: true, synonyms: ['isBuyerMaker', 'm'] },
    trade_id: {
      required: false,
      synonyms: ['id', 'tradeId', 'agg_trade_id', 'aggTradeId', 't'],
    },
    exec_type: { required: false, synonyms: ['X'] },
    ...OF_BOTH,
  },
  depth: {
    timestamp: TIMESTAMP,
    bids: { required: true, synonyms: ['b'] },
    asks: { required: true, synonyms: ['a'] },
    update_id: { required: false, synonyms: ['lastUpdateId', 'last_update_id', 'u'] },
    ...OF_BOTH,
  },
};

/** Says `buy` or `sell`, the aggressor's side, in place of is_buyer_maker: a synonym of it in trades. */
export const SIDE_COLUMN = 'side';

/** The id of an aggregate trade, which counts where no other name of trade_id is there. */
export const AGGREGATE_ID_COLUMN = 'a';

/** Names of trade_id whose ids are those of aggregate trades. */
export const AGGREGATE_ID_NAMES: readonly string[] = [
  'agg_trade_id',
  'aggTradeId',
  AGGREGATE_ID_COLUMN,
];

/** Columns of a chunk without a header, in their order. Only a header can name a symbol. */
export function tableOrder(stream: StreamName): readonly string[] {
  return Object.keys(RECORDED_COLUMNS[stream]).filter((column) => column !== 'symbol');
}

export function requiredColumns(stream: StreamName): readonly string[] {
  const columns = Object.entries(RECORDED_COLUMNS[stream]);
  return columns.filter(([, { required }]) => required).map(([column]) => column);
}

/** What two names have in common if they are one: one letter as written, more in any case of ASCII letters. */
export function columnKey(name: string): string {
  return name.length === 1 ? name : name.replaceAll(/[A-Z]+/g, (upper) => upper.toLowerCase());
}
