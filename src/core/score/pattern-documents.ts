/** The documents that `flowbars patterns` and `flowbars scoreboard` print, declared once. They are not stored. */
import type { ValueOf } from '../shape/shape.js';
import { SCOREBOARD_SHAPES } from './scoreboard-shape.js';

const DOCUMENT_PARTS = {
  unreadable_manifest: {
    is: 'object',
    about: 'One manifest.',
    fields: {
      date: { is: 'day', about: 'Its day.' },
      detail: { is: 'text', about: 'What was found, and what was expected.' },
    },
  },
  /** What every document begins with. */
  looked: {
    is: 'object',
    fields: {
      schema_version: { is: 'ref', to: 'schema_version' },
      out: { is: 'name', about: 'The output root as given.' },
      from: { is: 'day', about: 'First UTC day.' },
      to: { is: 'day', about: 'Last UTC day, included.' },
      good: { is: 'truth', about: 'Whether the exit code is 0.' },
      unreadable_manifests: {
        is: 'list',
        of: { is: 'ref', to: 'unreadable_manifest' },
        about: 'Days whose manifest cannot be read, in order.',
      },
    },
  },
  recomputed_outcome: {
    is: 'word',
    of: ['same', 'restored', 'made', 'missing', 'differs', 'no_seconds', 'damaged', 'empty'],
  },
  recomputed_counts: {
    is: 'object',
    fields: {
      same: { is: 'count', about: 'Both stored files have the recomputed bytes.' },
      restored: {
        is: 'count',
        about: 'A listed file was missing or damaged, and was written again with the listed bytes.',
      },
      made: {
        is: 'count',
        about: 'Published without patterns: the files are stored beside, and not listed.',
      },
      missing: {
        is: 'count',
        about: 'With --check: files that are not stored and would be written.',
      },
      differs: {
        is: 'count',
        about: 'The recomputed bytes are not those that the report lists; nothing was written.',
      },
      no_seconds: { is: 'count', about: 'No 1s bars or no 1s signals are published.' },
      damaged: {
        is: 'count',
        about:
          'The report, the 1s bars or the 1s signals are not stored as they are listed. With --check also: other bytes are stored than would be written.',
      },
      empty: { is: 'count', about: 'Nothing was recorded, so there are no files.' },
    },
  },
  recomputed_day: {
    is: 'object',
    about: 'One symbol-day.',
    fields: {
      symbol: { is: 'ref', to: 'symbol' },
      date: { is: 'ref', to: 'date' },
      outcome: { is: 'ref', to: 'recomputed_outcome', about: 'As in counts.' },
      listed: {
        is: 'truth',
        orNull: true,
        about: 'Whether the report lists both files; null if that cannot be read.',
      },
      events: {
        is: 'count',
        orNull: true,
        about: 'Events of the recomputed patterns file; null if it was not recomputed.',
      },
      written: {
        is: 'list',
        of: { is: 'name' },
        about: 'Files that were written, below the output root.',
      },
      detail: { is: 'text', about: 'Why it is not same; may be empty.' },
    },
  },
  recomputed: {
    is: 'object',
    about: 'What flowbars patterns found.',
    like: 'looked',
    fields: {
      check: { is: 'truth', about: '--check: nothing was written.' },
      symbol_days: { is: 'count', about: 'Published symbol-days, the sum of the counts.' },
      counts: { is: 'ref', to: 'recomputed_counts', about: 'Symbol-days by outcome.' },
      days: {
        is: 'list',
        of: { is: 'ref', to: 'recomputed_day' },
        about: 'Every published symbol-day, by date, then by symbol.',
      },
    },
  },
  left_out_day: {
    is: 'object',
    about: 'A symbol-day without a file to read.',
    fields: {
      symbol: { is: 'ref', to: 'symbol' },
      date: { is: 'ref', to: 'date' },
      reason: {
        is: 'word',
        of: ['empty', 'not_listed', 'damaged'],
        about:
          'empty: nothing was recorded. not_listed: published without patterns. damaged: not stored as it is listed.',
      },
      detail: { is: 'text', about: 'The same in words.' },
    },
  },
  left_out: {
    is: 'list',
    of: { is: 'ref', to: 'left_out_day' },
    about: 'Published symbol-days that are not in it, by date, then by symbol.',
  },
  scores: {
    is: 'object',
    about: 'What flowbars scoreboard prints: the pooled scoreboard, and what is not in it.',
    like: 'pooled_scoreboard',
    fields: {
      out: { is: 'name', about: 'The output root as given.' },
      from: { is: 'day', about: 'First UTC day asked for.' },
      to: { is: 'day', about: 'Last UTC day asked for, included.' },
      good: { is: 'truth', about: 'Whether the exit code is 0.' },
      left_out: { is: 'ref', to: 'left_out' },
      unreadable_manifests: {
        is: 'list',
        of: { is: 'ref', to: 'unreadable_manifest' },
        about: 'Days whose manifest cannot be read, in order.',
      },
    },
  },
  file_lines: {
    is: 'object',
    about: 'Lines of a stored file. Line 1 is its header.',
    fields: {
      file: { is: 'name', about: 'Its name below the output root.' },
      from_line: { is: 'count', min: 2, about: 'First line.' },
      to_line: { is: 'count', min: 2, about: 'Last line, included.' },
    },
  },
  event_outcome: {
    is: 'decimal',
    orNull: true,
    about: 'Move in the direction of the event, in basis points; null where it is not known.',
  },
  listed_event: {
    is: 'object',
    about: 'One event, with the cells of its line in the patterns file.',
    fields: {
      symbol: { is: 'ref', to: 'symbol' },
      confirmed: { is: 'second', about: 'End of its last row.' },
      pattern: { is: 'ref', to: 'pattern_name', about: 'The pattern.' },
      direction: { is: 'word', of: ['down', 'up'], about: 'Where it points.' },
      from: { is: 'second', about: 'Begin of its window.' },
      price: { is: 'decimal', about: 'Reference price at its last row.' },
      strength: { is: 'decimal', about: 'What was compared with its quantile.' },
      threshold: { is: 'decimal', about: 'That quantile.' },
      outcome_10s_bps: { is: 'ref', to: 'event_outcome' },
      outcome_60s_bps: { is: 'ref', to: 'event_outcome' },
      outcome_300s_bps: { is: 'ref', to: 'event_outcome' },
      patterns: { is: 'ref', to: 'file_lines', about: 'Its own line.' },
      signals: {
        is: 'ref',
        to: 'file_lines',
        orNull: true,
        about: 'The 1s signals from the begin of its window on; null if they are not published.',
      },
      bars: {
        is: 'ref',
        to: 'file_lines',
        orNull: true,
        about: 'The 1s bars of the same seconds; null if they are not published.',
      },
    },
  },
  events: {
    is: 'object',
    about: 'What flowbars scoreboard --events prints.',
    like: 'looked',
    fields: {
      symbol_days: { is: 'count', about: 'Symbol-days whose patterns file was read.' },
      events: {
        is: 'list',
        of: { is: 'ref', to: 'listed_event' },
        about: 'By date, then by symbol, then in the order of the file.',
      },
      left_out: { is: 'ref', to: 'left_out' },
    },
  },
} as const;

type Named = typeof SCOREBOARD_SHAPES & typeof DOCUMENT_PARTS;

export const PATTERN_DOCUMENTS: Named = { ...SCOREBOARD_SHAPES, ...DOCUMENT_PARTS };

export type RecomputedOutcome = ValueOf<Named['recomputed_outcome'], Named>;
export type RecomputedDay = ValueOf<Named['recomputed_day'], Named>;
export type Recomputed = ValueOf<Named['recomputed'], Named>;
export type LeftOutDay = ValueOf<Named['left_out_day'], Named>;
export type UnreadableManifest = ValueOf<Named['unreadable_manifest'], Named>;
export type Scores = ValueOf<Named['scores'], Named>;
export type FileLines = ValueOf<Named['file_lines'], Named>;
export type ListedEvent = ValueOf<Named['listed_event'], Named>;
export type ListedEvents = ValueOf<Named['events'], Named>;
