/** What a source cannot give, in sentences for the closing page and the document. */
import type { ChunkForm } from '../../frame/chunk-text.js';
import { IMPORT_LEVELS_MAX } from '../record/book-columns.js';

export interface SourceFacts {
  readonly form: ChunkForm;
  /** Columns of its chunks. */
  readonly columns: readonly string[];
  /** Levels a side, where columns tell; undefined for 20 and for what only rows show. */
  readonly levels: number | undefined;
}

export interface ImportFacts {
  readonly sources: readonly SourceFacts[];
  readonly market: string;
  /** No file says which market it is of, nor does an option. */
  readonly isMarketAssumed: boolean;
  readonly leftOut: ReadonlyMap<string, number>;
  /** The root was one of trades alone until now. */
  readonly isWidened: boolean;
}

export function sourceNotes({
  sources,
  market,
  isMarketAssumed,
  leftOut,
  isWidened,
}: ImportFacts): string[] {
  const trades = sources.filter(({ form }) => form !== 'depth');
  const isDepth = sources.some(({ form }) => form === 'depth');
  const lacks = (column: string): boolean =>
    trades.some(({ columns }) => !columns.includes(column));
  const levels = Math.min(...sources.map((one) => one.levels ?? IMPORT_LEVELS_MAX));
  return [
    ...(isMarketAssumed ? [`market ${market} is assumed: no file says it (--market does)`] : []),
    ...(trades.some(({ form }) => form === 'aggregates')
      ? ['aggregates: trade_count counts them, and one may straddle two seconds']
      : []),
    ...(trades.length > 0 && lacks('exec_type')
      ? ['no exec_type: trades off the book (insurance fund, ADL) cannot be told from others']
      : []),
    ...(trades.some(({ columns }) => !hasId(columns))
      ? ['no trade ids: nothing proves that no trade is missing, and no repeated row is found']
      : []),
    ...(isWidened
      ? [
          'the root holds books from now on: days published from its trades alone need a new output root',
        ]
      : []),
    ...(isDepth ? [] : ['no book: spread and imbalance_l20 stay empty']),
    ...(isDepth && levels < IMPORT_LEVELS_MAX
      ? [`${levels} levels a side: imbalance_l20 stays empty`]
      : []),
    ...(leftOut.has('change of the book')
      ? [
          'changes of the book were left out: flowbars rebuilds no book, and reads depth5, depth10 and depth20',
        ]
      : []),
    ...(leftOut.has('aggTrade beside trade')
      ? ['aggregates of symbols with single trades were left out: they are the same trades']
      : []),
  ];
}

function hasId(columns: readonly string[]): boolean {
  return columns.includes('trade_id') || columns.includes('agg_trade_id');
}
