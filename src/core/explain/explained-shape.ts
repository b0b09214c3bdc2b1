/** The document of `flowbars explain`, declared once: its page, its JSON and its HTML show the same. It is not stored. */
import { PATTERN_DOCUMENTS } from '../score/pattern-documents.js';
import type { ValueOf } from '../shape/shape.js';
import { EXPLAINED_EVENT_SHAPES } from './event-shape.js';
import { EXPLAINED_ROW_SHAPES } from './explained-rows-shape.js';

const EXPLAINED_PARTS = {
  deciding_row: {
    is: 'object',
    about: 'A row that decides a cell.',
    like: 'row_place',
    fields: {
      what: { is: 'text', about: 'What it decides.' },
      time: { is: 'instant', about: 'Exchange time, UTC.' },
      id: { is: 'text', orNull: true, about: 'Its id; null without one.' },
    },
  },
  term: {
    is: 'object',
    about: 'A number of the arithmetic.',
    fields: {
      name: { is: 'name', about: 'What it is.' },
      value: { is: 'text', about: 'Plain notation.' },
    },
  },
  explained_cell: {
    is: 'object',
    about: 'A cell of the bar or of its signals.',
    fields: {
      file: { is: 'word', of: ['bars', 'signals'], about: 'Which file has the column.' },
      column: { is: 'name', about: 'The column.' },
      published: { is: 'text', orNull: true, about: 'As published; null without such a file.' },
      arithmetic: {
        is: 'text',
        orNull: true,
        about: 'From the rows below, one by one; null where they do not say it.',
      },
      pass: {
        is: 'text',
        orNull: true,
        about:
          'As the computation of a day gives it from these chunks; null where it needs more of the day.',
      },
      same: { is: 'truth', about: 'All of these that are known are the same text.' },
      how: { is: 'text', about: 'The rule with its numbers.' },
      terms: { is: 'list', of: { is: 'ref', to: 'term' }, about: 'The numbers one by one.' },
      rows: {
        is: 'list',
        of: { is: 'ref', to: 'deciding_row' },
        about: 'The rows that decide it.',
      },
    },
  },
  unread_row: {
    is: 'object',
    about: "A malformed row of the chunks of the bar's minutes.",
    like: 'row_place',
    fields: {
      stream: { is: 'word', of: ['trades', 'depth'], about: 'Its stream.' },
      column: { is: 'text', about: 'The faulty column.' },
      found: { is: 'text', about: 'What was found.' },
      expected: { is: 'text', about: 'What was expected.' },
    },
  },
  read_object: {
    is: 'object',
    about: 'A chunk that was read.',
    fields: {
      name: { is: 'name', about: 'Below the raw root.' },
      size: { is: 'count', about: 'Stored bytes.' },
      crc32c: {
        is: 'crc32c',
        about:
          'CRC-32C of the stored bytes, as in the quality report unless the chunk was packed anew.',
      },
      why_silent: { is: 'text', orNull: true, about: 'Why it gave no rows; null if it did.' },
    },
  },
  published_line: {
    is: 'object',
    about: 'A line of a published file.',
    fields: {
      file: { is: 'name', about: 'Below the output root.' },
      line: { is: 'count', min: 2, about: 'From 1, which is the header.' },
    },
  },
  explained: {
    is: 'object',
    about: 'One bar and its signals, explained down to raw rows.',
    fields: {
      schema_version: { is: 'ref', to: 'schema_version' },
      raw: { is: 'name', about: 'The raw root as given.' },
      out: { is: 'name', about: 'The output root as given.' },
      symbol: { is: 'ref', to: 'symbol' },
      date: { is: 'ref', to: 'date' },
      at: { is: 'instant', about: 'The instant that was asked for.' },
      resolution: { is: 'resolution', about: 'Length of the bar.' },
      from: { is: 'second', about: 'Begin of the bar.' },
      to: { is: 'second', about: 'End of the bar, exclusive.' },
      column: { is: 'name', orNull: true, about: 'The only column that was asked for; null: all.' },
      good: { is: 'truth', about: 'Whether the exit code is 0: what is published is the same.' },
      differs: {
        is: 'list',
        of: { is: 'text' },
        about: 'What differs, in words; empty if nothing does.',
      },
      notes: { is: 'list', of: { is: 'text' }, about: 'What is worth knowing beside it.' },
      bars: {
        is: 'ref',
        to: 'published_line',
        orNull: true,
        about: 'The bar; null: no such file.',
      },
      signals: {
        is: 'ref',
        to: 'published_line',
        orNull: true,
        about: 'Its signals; null: no such file.',
      },
      cells: { is: 'list', of: { is: 'ref', to: 'explained_cell' }, about: 'Bars, then signals.' },
      silence: {
        is: 'list',
        of: { is: 'text' },
        about:
          'Of a bar without trades, or without snapshots of a recorded book: what was silent and what proves it.',
      },
      events: {
        is: 'list',
        of: { is: 'ref', to: 'explained_event' },
        about: 'Events of the patterns file that are confirmed at the end of the bar.',
      },
      trades: { is: 'ref', to: 'explained_trades' },
      snapshots: { is: 'ref', to: 'explained_snapshots' },
      malformed: {
        is: 'list',
        of: { is: 'ref', to: 'unread_row' },
        about: "Malformed rows of the chunks of the bar's minutes.",
      },
      left_out_omitted: { is: 'count', about: 'Further rows that were left out, only counted.' },
      steps: { is: 'ref', to: 'explained_steps' },
      read: { is: 'list', of: { is: 'ref', to: 'read_object' }, about: 'The chunks, as read.' },
    },
  },
} as const;

type Named = typeof PATTERN_DOCUMENTS &
  typeof EXPLAINED_EVENT_SHAPES &
  typeof EXPLAINED_ROW_SHAPES &
  typeof EXPLAINED_PARTS;

export const EXPLAINED_SHAPES: Named = {
  ...PATTERN_DOCUMENTS,
  ...EXPLAINED_EVENT_SHAPES,
  ...EXPLAINED_ROW_SHAPES,
  ...EXPLAINED_PARTS,
};

export type Explained = ValueOf<Named['explained'], Named>;
export type ExplainedCell = ValueOf<Named['explained_cell'], Named>;
export type ExplainedTrade = ValueOf<Named['explained_trade'], Named>;
export type ExplainedSnapshot = ValueOf<Named['explained_snapshot'], Named>;
export type ExplainedStep = ValueOf<Named['explained_step'], Named>;
export type OutsideQuotes = ValueOf<Named['outside_quotes'], Named>;
export type QuoteBeside = ValueOf<Named['quote_beside'], Named>;
export type ExplainedCounts = ValueOf<Named['rows_by_outcome'], Named>;
export type ReadObject = ValueOf<Named['read_object'], Named>;
export type ExplainedEvent = ValueOf<Named['explained_event'], Named>;
