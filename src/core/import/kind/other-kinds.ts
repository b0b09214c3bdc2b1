/** Files beside which trades could be mistaken: refused with what they are, by their header. */
import { FlowbarsError } from '../../unit/errors.js';

interface OtherKind {
  readonly columns: readonly string[];
  readonly kind: string;
}

/** All columns of one of them in a header. The first that fits counts. */
const OTHER_KINDS: readonly OtherKind[] = [
  { columns: ['update_type', 'first_update_id'], kind: 'changes of the book (T_DEPTH)' },
  {
    columns: ['is_snapshot', 'local_timestamp'],
    kind: 'changes of the book (incremental_book_L2)',
  },
  { columns: ['best_bid_price', 'best_ask_price'], kind: 'best prices (bookTicker)' },
  { columns: ['bid_price', 'ask_price'], kind: 'best prices (quotes)' },
  { columns: ['open_time', 'close_time'], kind: 'klines' },
  { columns: ['percentage', 'depth'], kind: 'volumes near the price (bookDepth)' },
  { columns: ['funding_rate'], kind: 'funding rates' },
  { columns: ['last_funding_rate'], kind: 'funding rates' },
  { columns: ['sum_open_interest'], kind: 'metrics' },
  { columns: ['average_price', 'order_status'], kind: 'liquidations' },
];
/** Of klines, which have no header in older archives. */
const KLINE_FIELDS = 12;

export function refuseOtherKind(names: readonly string[], path: string): void {
  const isKlines = names.length === KLINE_FIELDS && names.every((name) => /^[\d.]+$/.test(name));
  const kind = isKlines
    ? 'klines'
    : OTHER_KINDS.find(({ columns }) => columns.every((name) => names.includes(name)))?.kind;
  if (kind === undefined) return;
  const expected = 'trades, aggTrades or snapshots of the book';
  throw new FlowbarsError('data', { where: path, what: 'file', found: kind, expected });
}
