/** What a raw root holds, declared once: the document that `flowbars ls --json` prints. */
import type { ValueOf } from '../shape/shape.js';

/** Gaps of a stream's day that the document lists; it counts all. */
export const DAY_GAPS_MAX = 100;

export const RECORDING_SHAPES = {
  chunk_gap: {
    is: 'object',
    about: 'Consecutive chunk minutes without a chunk.',
    fields: {
      from: { is: 'instant', about: 'Begin of the first, UTC.' },
      to: { is: 'instant', about: 'End of the last, UTC.' },
    },
  },
  recorded_stream: {
    is: 'object',
    about: 'The chunks of a stream on one day.',
    fields: {
      chunks: { is: 'count', about: 'Objects.' },
      parts: { is: 'count', about: 'Those of them that are named as parts.' },
      bytes: { is: 'count', about: 'Their stored bytes.' },
      first: { is: 'instant', orNull: true, about: 'Begin of the first chunk minute, UTC.' },
      last: { is: 'instant', orNull: true, about: 'Begin of the last chunk minute, UTC.' },
      missing: {
        is: 'count',
        max: 1_440,
        about: 'Chunk minutes of the day without a chunk; chunk hours where a chunk covers one.',
      },
      gap_count: { is: 'count', about: 'Gaps: stretches of these.' },
      gaps: { is: 'list', of: { is: 'ref', to: 'chunk_gap' }, max: 100, about: 'The first 100.' },
      packed: {
        is: 'count',
        about:
          'Files beside the chunks that are none, as they end in .zip, .zst, .parquet or .json.',
      },
      first_packed: {
        is: 'text',
        orNull: true,
        about: 'Name of the first; null if there is none.',
      },
    },
  },
  recorded_day: {
    is: 'object',
    about: 'One day of a symbol.',
    fields: {
      date: { is: 'date', about: 'The UTC day, as the names say it.' },
      trades: {
        is: 'ref',
        to: 'recorded_stream',
        orNull: true,
        about: 'Null if there is none, or if chunks were not counted.',
      },
      depth: { is: 'ref', to: 'recorded_stream', orNull: true, about: 'Likewise.' },
      streams: {
        is: 'list',
        of: { is: 'word', of: ['trades', 'depth'] },
        about: 'The streams that have something of the day.',
      },
    },
  },
  listed_symbol: {
    is: 'object',
    about: 'One symbol.',
    fields: {
      symbol: { is: 'symbol', about: 'Its name.' },
      days: {
        is: 'list',
        of: { is: 'ref', to: 'recorded_day' },
        min: 1,
        about: 'Days of which something is recorded, in order.',
      },
    },
  },
  recording: {
    is: 'object',
    about: 'What a raw root holds, by the names of its folders and chunks.',
    fields: {
      schema_version: { is: 'version', about: 'Version of this shape.' },
      raw: { is: 'text', about: 'The raw root.' },
      from: { is: 'date', orNull: true, about: 'First recorded day; null if there is none.' },
      to: { is: 'date', orNull: true, about: 'Last recorded day, included; null likewise.' },
      symbol_days: { is: 'count', about: 'Symbol-days of which something is recorded.' },
      counted: {
        is: 'truth',
        about: 'Whether chunks were counted; not done for too many symbol-days.',
      },
      chunks: { is: 'count', about: 'Objects of all of them; 0 if not counted.' },
      bytes: { is: 'count', about: 'Their stored bytes; 0 if not counted.' },
      listings: {
        is: 'count',
        about: 'Requests that it took in a bucket: one for each 1,000 names.',
      },
      symbols: {
        is: 'list',
        of: { is: 'ref', to: 'listed_symbol' },
        about: 'Symbols with a recorded day, by name.',
      },
    },
  },
} as const;

type Named = typeof RECORDING_SHAPES;

export type RecordedStream = ValueOf<Named['recorded_stream'], Named>;
export type RecordedDayEntry = ValueOf<Named['recorded_day'], Named>;
export type ListedSymbol = ValueOf<Named['listed_symbol'], Named>;
export type Recording = ValueOf<Named['recording'], Named>;
