/** The manifest of a day and the record of a symbol-day in a run, declared once (docs/OUTPUT.md). */
import { FINDING_SHAPES } from '../finding/finding.js';
import type { ValueOf } from '../shape/shape.js';
import { DAY_SHAPES } from './report-parts.js';

const MANIFEST_PARTS = {
  /** What a run did with a symbol-day. `error`: storage or network failed, or the record is missing; nothing is stored. */
  run_outcome: { is: 'word', of: ['published', 'unchanged', 'failed', 'error'] },
  listed_file: {
    is: 'object',
    about: 'A published object.',
    fields: {
      kind: {
        is: 'word',
        of: ['bars', 'signals', 'patterns', 'scoreboard', 'quality'],
        about: 'What it holds; quality: the quality report.',
      },
      format: {
        is: 'word',
        of: ['csv', 'parquet', 'json'],
        about: 'How it is written: csv, parquet, or json for scoreboard and report.',
      },
      resolution: {
        is: 'resolution',
        orNull: true,
        about: 'Length of a row; null for patterns, scoreboard and report.',
      },
      name: { is: 'name', about: 'Object name below the output root.' },
      bytes: { is: 'count', about: 'Its size.' },
      rows: {
        is: 'count',
        orNull: true,
        about: 'Data rows, as the report lists them; null for the report.',
      },
      sha256: { is: 'sha256', about: 'SHA-256 of its bytes.' },
      crc32c: { is: 'crc32c', about: 'CRC-32C of its bytes.' },
      fingerprint: {
        is: 'name',
        about: 'Digest of its inputs and options.',
      },
      generation: {
        is: 'text',
        orNull: true,
        about: 'Cloud Storage generation of exactly this content; null if the store keeps none.',
      },
    },
  },
  check: {
    is: 'object',
    about: 'One check of the final step over all files of the symbol-day.',
    fields: {
      check: {
        is: 'word',
        // In the order of results; docs/OUTPUT.md explains each.
        of: [
          'quality_report',
          'files_exist',
          'bytes',
          'sha256',
          'crc32c',
          'columns',
          'row_count',
          'time_steps',
          'row_order',
          'time_format',
          'text_values',
          'number_format',
          'price_order',
          'vwap_range',
          'volume_sums',
          'flat_bars',
          'avg_spread',
          'imbalance',
          'delta_range',
          'fill_reasons',
          'taker_flow',
          'book_cells',
          'book_order',
          'bars_agree',
          'roll_up',
          'scoreboard',
          'typed_columns',
          'typed_cells',
          'seed_continuity',
        ],
        loose: true,
        about: 'Name of the check; docs/OUTPUT.md explains each.',
      },
      ok: {
        is: 'truth',
        about:
          'Whether every file passed. In a published entry only seed_continuity may be false: this day or the next is then stale.',
      },
      detail: {
        is: 'text',
        about:
          'Empty if ok; else file, row, found and expected of the first breach in each file, and the number of breaches.',
      },
    },
  },
  published: {
    is: 'object',
    about: 'A verified symbol-day.',
    fields: {
      status: { is: 'ref', to: 'published_status', about: 'Status of the day.' },
      coverage: { is: 'share', about: 'Share of the expected time without outage.' },
      files: {
        is: 'list',
        of: { is: 'ref', to: 'listed_file' },
        min: 1,
        about:
          'Bars and signals, finest first, patterns, each in its formats, scoreboard, then the quality report.',
      },
      findings: {
        is: 'list',
        of: { is: 'ref', to: 'finding' },
        about: 'Findings of the quality report and of the final step.',
      },
      checks: {
        is: 'list',
        of: { is: 'ref', to: 'check' },
        min: 1,
        about: 'The checks made on the stored files, with their results.',
      },
    },
  },
  last_attempt: {
    is: 'object',
    fields: {
      run_id: { is: 'name', about: 'The run.' },
      outcome: {
        is: 'word',
        of: ['published', 'unchanged', 'failed', 'error'],
        only: ['failed', 'error'],
        about:
          'failed: because of the data. error: storage or network failed, or the record is missing.',
      },
      first_finding: {
        is: 'ref',
        to: 'finding',
        orNull: true,
        about: 'The reason; null if the record has none.',
      },
    },
  },
  entry: {
    is: 'object',
    about: 'One symbol.',
    fields: {
      symbol: { is: 'ref', to: 'symbol' },
      published: {
        is: 'ref',
        to: 'published',
        orNull: true,
        about: 'What readers may trust; null if nothing was ever published.',
      },
      last_attempt: {
        is: 'ref',
        to: 'last_attempt',
        optional: true,
        about: 'The last run for the symbol; present only if it published nothing.',
      },
    },
  },
  manifest: {
    is: 'object',
    about: 'What is published of a UTC day. It is written last; readers trust what it lists.',
    fields: {
      schema_version: { is: 'ref', to: 'schema_version' },
      code_version: { is: 'ref', to: 'code_version' },
      date: { is: 'ref', to: 'date' },
      dataset: { is: 'ref', to: 'dataset' },
      symbols: {
        is: 'list',
        of: { is: 'ref', to: 'entry' },
        about: 'One entry for each symbol of the day, sorted by symbol.',
      },
    },
  },
  /** `_manifest/runs/{run_id}/{SYMBOL}/{date}.json`. */
  record: {
    is: 'object',
    about: 'What one run did with one symbol-day.',
    fields: {
      schema_version: { is: 'ref', to: 'schema_version' },
      run_id: { is: 'name', about: 'The run.' },
      symbol: { is: 'ref', to: 'symbol' },
      date: { is: 'ref', to: 'date' },
      outcome: {
        is: 'ref',
        to: 'run_outcome',
        about:
          'published: something was stored. unchanged: nothing had to be. failed: because of the data. error: storage or network failed, or the record is missing.',
      },
      status: {
        is: 'ref',
        to: 'day_status',
        orNull: true,
        about: 'Status of the computed or still published day; null if unknown.',
      },
      coverage: {
        is: 'share',
        orNull: true,
        about: 'Coverage of the same; null if the day failed or it is unknown.',
      },
      finalized: { is: 'truth', about: 'Whether the final step has checked it.' },
      findings: {
        is: 'list',
        of: { is: 'ref', to: 'finding' },
        about: 'Everything doubtful about the symbol-day, failed checks first.',
      },
      hints: {
        is: 'list',
        of: { is: 'text' },
        optional: true,
        about: 'Options that may fit the recording better; only if there are any.',
      },
      trades: { is: 'count', about: 'Used trade rows.' },
      snapshots: { is: 'count', about: 'Used and short snapshots.' },
      files: {
        is: 'list',
        of: { is: 'name' },
        about: 'Published objects of the day.',
      },
      input_objects: { is: 'count', about: 'Chunks that were read.' },
      input_bytes: { is: 'count', about: 'Their stored bytes.' },
      output_bytes: { is: 'count', about: 'Bytes of what was stored.' },
      seconds: { is: 'amount', about: 'Time that the task spent on it.' },
    },
  },
} as const;

type Named = typeof DAY_SHAPES & typeof FINDING_SHAPES & typeof MANIFEST_PARTS;

export const MANIFEST_SHAPES: Named = { ...DAY_SHAPES, ...FINDING_SHAPES, ...MANIFEST_PARTS };

export type RunOutcome = ValueOf<Named['run_outcome'], Named>;
export type CheckResult = ValueOf<Named['check'], Named>;
export type ListedFile = ValueOf<Named['listed_file'], Named>;
export type PublishedEntry = ValueOf<Named['published'], Named>;
export type LastAttempt = ValueOf<Named['last_attempt'], Named>;
export type ManifestEntry = ValueOf<Named['entry'], Named>;
export type Manifest = ValueOf<Named['manifest'], Named>;
export type RunRecord = ValueOf<Named['record'], Named>;
