/** The document that `flowbars status --json` prints, declared once. It is not stored. */
import type { ValueOf } from '../shape/shape.js';
import { MANIFEST_SHAPES } from '../stored/manifest.js';

const CALENDAR_PARTS = {
  /** Most urgent first. */
  calendar_state: {
    is: 'word',
    of: ['unreadable', 'failed', 'stale', 'missing', 'partial', 'empty', 'complete', 'none'],
  },
  counts: {
    is: 'object',
    fields: {
      unreadable: { is: 'count', about: "The day's manifest cannot be read." },
      failed: { is: 'count', about: 'The last attempt published nothing.' },
      stale: { is: 'count', about: 'A new computation would change it.' },
      missing: { is: 'count', about: 'Nothing is published, but something should be.' },
      partial: { is: 'count', about: 'Published as partial.' },
      empty: { is: 'count', about: 'Published as empty: no row was used.' },
      complete: { is: 'count', about: 'Published as complete.' },
      none: {
        is: 'count',
        about:
          "The day's manifest has no entry and nothing is recorded. Only a look at the raw root can tell.",
      },
    },
  },
  unreadable_manifest: {
    is: 'object',
    about: 'One manifest.',
    fields: {
      date: { is: 'date', about: 'Its day.' },
      name: { is: 'name', about: 'Its name below the output root.' },
      detail: { is: 'text', about: 'What was found, and what was expected.' },
    },
  },
  unpublished_attempt: {
    is: 'object',
    fields: {
      run_id: { is: 'name', about: 'The run.' },
      outcome: {
        is: 'ref',
        to: 'run_outcome',
        about:
          'failed: because of the data. error: storage or network failed, or the record is missing.',
      },
    },
  },
  calendar_day: {
    is: 'object',
    about: 'One symbol-day.',
    fields: {
      date: { is: 'date', about: 'The UTC day.' },
      state: {
        is: 'ref',
        to: 'calendar_state',
        about: 'Its state; docs/COMMANDS.md defines each.',
      },
      good: {
        is: 'truth',
        about:
          'Whether it is complete, partial with enough coverage and no error, empty and allowed to be, or neither listed nor recorded.',
      },
      coverage: {
        is: 'share',
        orNull: true,
        about:
          'Coverage of the published files, whatever later attempts did; null if nothing is published.',
      },
      published_status: {
        is: 'ref',
        to: 'day_status',
        orNull: true,
        about: 'Status of the published files; null if nothing is published.',
      },
      last_attempt: {
        is: 'ref',
        to: 'unpublished_attempt',
        optional: true,
        about: 'The last attempt; present only if it published nothing.',
      },
      gone_objects: {
        is: 'count',
        min: 1,
        optional: true,
        about:
          'Raw objects that it was published from and that no longer exist, if none were added.',
      },
      beyond_runs: {
        is: 'true',
        optional: true,
        about: 'Present if no run can publish it.',
      },
      doubt: {
        is: 'name',
        optional: true,
        about: 'Code of a finding because of which the published day is not to be trusted.',
      },
      detail: {
        is: 'text',
        about: 'Why it is not complete, for a person; may be empty.',
      },
    },
  },
  calendar_symbol: {
    is: 'object',
    about: 'One symbol.',
    fields: {
      symbol: { is: 'symbol', about: 'Instrument, as its folder is named.' },
      coverage: {
        is: 'share',
        orNull: true,
        about:
          'Mean over its days, cut to six decimals. A day without published files counts as 0; days of state none do not count.',
      },
      days: {
        is: 'list',
        of: { is: 'ref', to: 'calendar_day' },
        about: 'Every day of the calendar, in order.',
      },
    },
  },
  calendar: {
    is: 'object',
    about:
      'What flowbars status --json prints: symbols by days, from the manifests and, with --live, the raw root. It is not stored.',
    fields: {
      schema_version: { is: 'ref', to: 'schema_version' },
      out: { is: 'name', about: 'The output root as given.' },
      from: { is: 'date', about: 'First UTC day.' },
      to: { is: 'date', about: 'Last UTC day, included.' },
      live: {
        is: 'truth',
        about: 'Whether each symbol-day was compared with the raw root.',
      },
      symbols_named: {
        is: 'truth',
        about: 'Whether --symbols named them; if so, there may be others.',
      },
      coverage_min: {
        is: 'share',
        about: 'Lowest coverage at which a partial symbol-day is good.',
      },
      good: {
        is: 'truth',
        about: 'Whether there is a symbol-day and every one is good.',
      },
      symbol_days: { is: 'count', about: 'Symbols times days, the sum of the counts.' },
      not_good: { is: 'count', about: 'Symbol-days that are not good.' },
      counts: { is: 'ref', to: 'counts', about: 'Symbol-days by state.' },
      unreadable_manifests: {
        is: 'list',
        of: { is: 'ref', to: 'unreadable_manifest' },
        about: 'Days whose manifest cannot be read, in order. Remove these manifests by hand.',
      },
      symbols: {
        is: 'list',
        of: { is: 'ref', to: 'calendar_symbol' },
        about: 'One entry per symbol: in the order of --symbols, else sorted by name.',
      },
    },
  },
} as const;

type Named = typeof MANIFEST_SHAPES & typeof CALENDAR_PARTS;

export const CALENDAR_SHAPES: Named = { ...MANIFEST_SHAPES, ...CALENDAR_PARTS };

export type CalendarState = ValueOf<Named['calendar_state'], Named>;
export type CalendarDay = ValueOf<Named['calendar_day'], Named>;
export type CalendarSymbol = ValueOf<Named['calendar_symbol'], Named>;
export type UnreadableManifest = ValueOf<Named['unreadable_manifest'], Named>;
export type Calendar = ValueOf<Named['calendar'], Named>;
