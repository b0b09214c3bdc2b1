/** The document that `flowbars export` prints, declared once. It is not stored. */
import { PATTERN_DOCUMENTS } from '../score/pattern-documents.js';
import type { ValueOf } from '../shape/shape.js';

const EXPORT_PARTS = {
  exported_file: {
    is: 'object',
    about: 'One file below the root that was exported into.',
    fields: {
      symbol: { is: 'ref', to: 'symbol' },
      name: { is: 'name', about: 'Its name below that root.' },
      format: { is: 'word', of: ['csv', 'parquet'], about: 'How it is written.' },
      days: { is: 'count', min: 1, about: 'Days in it.' },
      rows: { is: 'count', about: 'Its data rows.' },
      bytes: { is: 'count', about: 'Its size.' },
      sha256: { is: 'sha256', about: 'SHA-256 of its bytes.' },
      outcome: {
        is: 'word',
        of: ['written', 'unchanged'],
        about: 'unchanged: it held these bytes before.',
      },
    },
  },
  exported_left_out: {
    is: 'object',
    about: 'A symbol-day, or a part of it, that is in no file.',
    fields: {
      symbol: { is: 'ref', to: 'symbol' },
      date: { is: 'ref', to: 'date' },
      reason: {
        is: 'word',
        of: ['unpublished', 'unreadable', 'empty', 'not_listed', 'damaged'],
        about:
          'unpublished: no manifest lists the day. unreadable: its manifest cannot be read. empty: nothing was recorded. not_listed: published without the file. damaged: not stored as it is listed.',
      },
      detail: { is: 'text', about: 'The same in words.' },
    },
  },
  exported_partial: {
    is: 'object',
    about: 'A symbol-day that is in the files, with outages.',
    fields: {
      symbol: { is: 'ref', to: 'symbol' },
      date: { is: 'ref', to: 'date' },
      coverage: { is: 'share', about: 'Its coverage.' },
    },
  },
  exported: {
    is: 'object',
    about: 'What flowbars export made.',
    like: 'looked',
    fields: {
      into: { is: 'name', about: 'The root that was exported into, as given.' },
      joined: { is: 'truth', about: '--joined: one file over all days.' },
      symbol_days: { is: 'count', about: 'Published symbol-days that were looked at.' },
      files: {
        is: 'list',
        of: { is: 'ref', to: 'exported_file' },
        about: 'By symbol, then by day, then in the order of a report.',
      },
      left_out: {
        is: 'list',
        of: { is: 'ref', to: 'exported_left_out' },
        about: 'What is in no file, by symbol, then by day.',
      },
      partial: {
        is: 'list',
        of: { is: 'ref', to: 'exported_partial' },
        about: 'Days with outages, by symbol, then by day.',
      },
    },
  },
} as const;

type Named = typeof PATTERN_DOCUMENTS & typeof EXPORT_PARTS;

export const EXPORT_DOCUMENTS: Named = { ...PATTERN_DOCUMENTS, ...EXPORT_PARTS };

export type Exported = ValueOf<Named['exported'], Named>;
export type ExportedFile = ValueOf<Named['exported_file'], Named>;
export type ExportedLeftOut = ValueOf<Named['exported_left_out'], Named>;
