/** The part of the document that lists rows: trades, snapshots, and what steps did at each price. */

export const EXPLAINED_ROW_SHAPES = {
  row_place: {
    is: 'object',
    about: 'Where a row was read.',
    fields: {
      object: { is: 'name', about: 'Its chunk below the raw root.' },
      line: { is: 'count', min: 1, about: 'Its line in the decompressed chunk, from 1.' },
    },
  },
  explained_row: {
    is: 'object',
    about: 'What a row of either stream has.',
    like: 'row_place',
    fields: {
      outcome: {
        is: 'word',
        of: [
          'used',
          'short',
          'neighbour_day',
          'excluded',
          'duplicate',
          'one_sided',
          'crossed',
          'unordered',
        ],
        about: 'Its outcome, as the quality report counts it.',
      },
      place: {
        is: 'count',
        min: 1,
        orNull: true,
        about:
          'Its place in Order among the usable rows of its stream in the bar; null for a late row and for one that was left out.',
      },
      time: { is: 'instant', about: 'Exchange time, cut to milliseconds, UTC.' },
      receive_time: { is: 'text', orNull: true, about: 'As recorded; null without the column.' },
      event_time: { is: 'text', orNull: true, about: 'As recorded; null without the column.' },
      id: { is: 'text', orNull: true, about: 'Its trade_id or update_id; null without one.' },
      late: { is: 'truth', about: 'Its chunk is further from its time than the edge minutes.' },
      why: { is: 'text', about: 'Why it was left out or counts in part; may be empty.' },
    },
  },
  quote_beside: {
    is: 'object',
    about: 'Best quotes of a snapshot beside a trade.',
    like: 'row_place',
    fields: {
      time: { is: 'instant', about: 'Exchange time, UTC.' },
      bid: { is: 'decimal', about: 'Best bid.' },
      ask: { is: 'decimal', about: 'Best ask.' },
    },
  },
  outside_quotes: {
    is: 'object',
    about: 'A trade above the best asks, or below the best bids, of both snapshots beside it.',
    fields: {
      side: { is: 'word', of: ['above', 'below'], about: 'Where it lies.' },
      distance: { is: 'decimal', about: 'Distance from the nearest best quote of that side.' },
      before: { is: 'ref', to: 'quote_beside', orNull: true, about: 'The snapshot before it.' },
      after: { is: 'ref', to: 'quote_beside', orNull: true, about: 'The snapshot after it.' },
    },
  },
  explained_trade: {
    is: 'object',
    about: 'A trade row.',
    like: 'explained_row',
    fields: {
      price: { is: 'decimal', about: 'Its price.' },
      quantity: { is: 'decimal', about: 'Its quantity.' },
      aggressor: { is: 'word', of: ['buy', 'sell'], about: 'The side of the aggressor.' },
      outside: {
        is: 'ref',
        to: 'outside_quotes',
        orNull: true,
        about: 'Null for a price within the quotes beside it, or without any.',
      },
    },
  },
  explained_snapshot: {
    is: 'object',
    about: 'A snapshot of the book.',
    like: 'explained_row',
    fields: {
      bids: { is: 'count', about: 'Levels of bids.' },
      asks: { is: 'count', about: 'Levels of asks.' },
      bid: { is: 'decimal', orNull: true, about: 'Best bid; null without one.' },
      bid_quantity: { is: 'decimal', orNull: true, about: 'Its quantity.' },
      ask: { is: 'decimal', orNull: true, about: 'Best ask; null without one.' },
      ask_quantity: { is: 'decimal', orNull: true, about: 'Its quantity.' },
      bid_quantity_all: { is: 'decimal', about: 'Quantity of all its bids.' },
      ask_quantity_all: { is: 'decimal', about: 'Quantity of all its asks.' },
    },
  },
  rows_by_outcome: {
    is: 'object',
    about: 'Rows by outcome.',
    fields: {
      used: { is: 'count', about: 'Used.' },
      short: { is: 'count', about: 'Used for the spread alone.' },
      excluded: { is: 'count', about: 'Excluded.' },
      duplicate: { is: 'count', about: 'Duplicates.' },
      one_sided: { is: 'count', about: 'One-sided.' },
      crossed: { is: 'count', about: 'Crossed.' },
      unordered: { is: 'count', about: 'Unordered.' },
      malformed: {
        is: 'count',
        about:
          "Malformed rows of the chunks of the bar's minutes: without a time, they lie in no bar.",
      },
      neighbour_day: { is: 'count', about: 'Rows of these chunks whose time lies in another day.' },
    },
  },
  explained_trades: {
    is: 'object',
    about: 'The trades of the bar.',
    fields: {
      counts: { is: 'ref', to: 'rows_by_outcome' },
      omitted: { is: 'count', about: 'Usable rows in the middle that the list leaves out.' },
      rows: {
        is: 'list',
        of: { is: 'ref', to: 'explained_trade' },
        about: 'In Order; rows that were left out stand at their time.',
      },
    },
  },
  explained_snapshots: {
    is: 'object',
    about: 'The snapshots of the bar.',
    fields: {
      counts: { is: 'ref', to: 'rows_by_outcome' },
      omitted: { is: 'count', about: 'Usable rows in the middle that the list leaves out.' },
      rows: {
        is: 'list',
        of: { is: 'ref', to: 'explained_snapshot' },
        about: 'In Order; rows that were left out stand at their time.',
      },
    },
  },
  step_end: {
    is: 'object',
    about: 'A snapshot of a step.',
    like: 'row_place',
    fields: { time: { is: 'instant', about: 'Exchange time, UTC.' } },
  },
  step_side: {
    is: 'object',
    about: 'What others than the aggressors did to a side.',
    fields: {
      added: { is: 'decimal', about: 'Σ net above 0.' },
      pulled: { is: 'decimal', about: 'Σ net below 0, as a size.' },
      wall_pulled: { is: 'decimal', orNull: true, about: 'Of walls; null unless both are full.' },
    },
  },
  step_price: {
    is: 'object',
    about: 'A price at which something changed, was traded, or is a wall.',
    fields: {
      side: { is: 'word', of: ['bid', 'ask'], about: 'The side.' },
      price: { is: 'decimal', about: 'The price.' },
      before: { is: 'decimal', about: 'Quantity in the first snapshot.' },
      after: { is: 'decimal', about: 'Quantity in the second one.' },
      traded: { is: 'decimal', about: 'Traded here by aggressors who hit the side.' },
      net: { is: 'decimal', about: 'after − before + traded.' },
      counts: { is: 'truth', about: 'Both windows could see it; else it plays no part.' },
      wall: { is: 'word', of: ['held', 'pulled'], orNull: true, about: 'A wall of the first one.' },
    },
  },
  explained_step: {
    is: 'object',
    about: 'Two snapshots that are compared.',
    fields: {
      before: { is: 'ref', to: 'step_end' },
      after: { is: 'ref', to: 'step_end' },
      ms: { is: 'count', about: 'Milliseconds between them.' },
      trades: { is: 'count', about: 'Trades between them.' },
      ofi_l1: { is: 'decimal', about: 'Order-flow imbalance at the best quotes.' },
      ofi_l5: { is: 'decimal', orNull: true, about: 'Over levels 1 to 5; null with fewer.' },
      bid: { is: 'ref', to: 'step_side' },
      ask: { is: 'ref', to: 'step_side' },
      prices: { is: 'list', of: { is: 'ref', to: 'step_price' }, about: 'Best first, bids first.' },
    },
  },
  explained_steps: {
    is: 'object',
    about: 'The steps that end in the bar.',
    fields: {
      count: { is: 'count', about: 'All of them.' },
      omitted: { is: 'count', about: 'Those in the middle that the list leaves out.' },
      list: {
        is: 'list',
        of: { is: 'ref', to: 'explained_step' },
        about: 'In Order.',
      },
    },
  },
} as const;
