/** The manifest of a day and the record of a symbol-day in a run, declared once (SPEC section 5). */
import { FINDING_SHAPES } from '../finding/finding.js';
import type { ValueOf } from '../shape/shape.js';
import { DAY_SHAPES } from './report-parts.js';

const MANIFEST_PARTS = {
  /** What a run did with a symbol-day. `error`: storage or network failed, or there is no record; nothing is stored for it. */
  run_outcome: { is: 'word', of: ['published', 'unchanged', 'failed', 'error'] },
  listed_file: {
    is: 'object',
    about: 'A published object.',
    fields: {
      kind: { is: 'word', of: ['bars', 'quality'], about: 'Bars, or the quality report.' },
      resolution: {
        is: 'resolution',
        orNull: true,
        about: 'Length of a bar; null for the report.',
      },
      name: { is: 'name', about: 'Object name below the output root.' },
      bytes: { is: 'count', about: 'Its size.' },
      rows: { is: 'count', orNull: true, about: 'Data rows of a bar file; null for the report.' },
      sha256: { is: 'sha256', about: 'SHA-256 of its bytes.' },
      crc32c: { is: 'crc32c', about: 'CRC-32C of its bytes.' },
      fingerprint: {
        is: 'name',
        about: 'Digest of the inputs and options that it was made from.',
      },
      generation: {
        is: 'text',
        orNull: true,
        about:
          'Cloud Storage generation that names exactly this content; null where the store keeps none.',
      },
    },
  },
  check: {
    is: 'object',
    about: 'One check of the final step over all files of the symbol-day.',
    fields: {
      check: {
        is: 'word',
        // SPEC section 6, in the order in which results are listed. docs/OUTPUT.md says what each means.
        of: [
          'quality_report',
          'files_exist',
          'bytes',
          'sha256',
          'crc32c',
          'columns',
          'row_count',
          'time_steps',
          'number_format',
          'price_order',
          'vwap_range',
          'volume_sums',
          'flat_bars',
          'avg_spread',
          'imbalance',
          'roll_up',
          'seed_continuity',
        ],
        loose: true,
        about: 'Name of the check; docs/OUTPUT.md says what each asks.',
      },
      ok: {
        is: 'truth',
        about:
          'Whether every file passed. In what is published only seed_continuity may be false: it says that this day or the next is stale.',
      },
      detail: {
        is: 'text',
        about:
          'Empty when ok; else file, row, found and expected of the first breach in each file, and how many there are.',
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
        about: 'The bar files, finest first, then the quality report.',
      },
      findings: {
        is: 'list',
        of: { is: 'ref', to: 'finding' },
        about: 'Those of the quality report, and of the final step.',
      },
      checks: {
        is: 'list',
        of: { is: 'ref', to: 'check' },
        min: 1,
        about: 'The checks that were made on reading the files back, with their results.',
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
        about: 'failed: the data. error: the world, or no record.',
      },
      first_finding: {
        is: 'ref',
        to: 'finding',
        orNull: true,
        about: 'Why; null where the record does not say.',
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
        about: 'What readers may trust; null while nothing good was ever published.',
      },
      last_attempt: {
        is: 'ref',
        to: 'last_attempt',
        optional: true,
        about: 'What the last run made of the symbol; only where that is not what is published.',
      },
    },
  },
  manifest: {
    is: 'object',
    about: 'What is published of a UTC day, written last: readers trust what it lists.',
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
          'published: something was stored. unchanged: nothing had to be. failed: the data. error: the world, or no record.',
      },
      status: {
        is: 'ref',
        to: 'day_status',
        orNull: true,
        about: 'Of the computed or still published day; null when none is known.',
      },
      coverage: {
        is: 'share',
        orNull: true,
        about: 'Of the same day; null when none is known.',
      },
      finalized: { is: 'truth', about: 'Whether the final step has looked at it.' },
      findings: {
        is: 'list',
        of: { is: 'ref', to: 'finding' },
        about: 'Everything doubtful about the symbol-day, failed checks first.',
      },
      trades: { is: 'count', about: 'Used trade rows.' },
      snapshots: { is: 'count', about: 'Used and short snapshots.' },
      files: {
        is: 'list',
        of: { is: 'name' },
        about: 'Objects that are published of the day.',
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
