/**
 * The parts of a quality report, declared: its counts, proofs and lists. quality-report.ts puts them
 * together.
 */

/** Shapes that manifest, record and calendar share. */
export const DAY_SHAPES = {
  /** docs/EVIDENCE.md. failed: the day could not be computed and has no stored report. */
  day_status: { is: 'word', of: ['complete', 'partial', 'empty', 'failed'] },
  /** The status of a published day, never failed. Readers accept all four words. */
  published_status: {
    is: 'word',
    of: ['complete', 'partial', 'empty', 'failed'],
    only: ['complete', 'partial', 'empty'],
  },
  code_version: {
    is: 'name',
    about: 'Version and git revision of the build that wrote this.',
  },
  dataset: {
    is: 'open',
    orNull: true,
    about:
      "Content of the raw root's _dataset.json (venue, market, quantity_unit, …); null without one.",
  },
  schema_version: { is: 'version', about: 'Version of this shape and of the rules behind it.' },
  symbol: { is: 'name', about: 'Instrument, as its folder is named.' },
  date: { is: 'day', about: 'The UTC day.' },
} as const;

export const REPORT_PARTS = {
  trade_rows: {
    is: 'object',
    fields: {
      rows: { is: 'count', about: 'Rows read: the sum of the other counts.' },
      malformed: {
        is: 'count',
        about: 'Rows that do not parse or have another number of fields.',
      },
      neighbour_day: { is: 'count', about: 'Rows whose time lies outside the day.' },
      excluded: {
        is: 'count',
        about:
          'Rows with a price or quantity of zero or less, or an execution type other than a market trade.',
      },
      duplicate: { is: 'count', about: 'Rows whose id was read before.' },
      used: { is: 'count', about: 'Rows that entered the bars.' },
    },
  },
  depth_rows: {
    is: 'object',
    like: 'trade_rows',
    fields: {
      one_sided: {
        is: 'count',
        about: 'Snapshots with an empty side: counted, not used.',
      },
      unordered: {
        is: 'count',
        about:
          'Snapshots with bids not strictly falling or asks not strictly rising: counted, not used.',
      },
      crossed: {
        is: 'count',
        about: 'Snapshots whose best ask is not above the best bid: counted, not used.',
      },
      short: {
        is: 'count',
        about: 'Snapshots with fewer than 20 levels on a side: used for the spread alone.',
      },
    },
  },
  chunk_minutes: {
    is: 'object',
    about: 'Chunk minutes of a stream.',
    fields: {
      expected: {
        is: 'count',
        max: 1_440,
        about: 'Chunk minutes of the day that a recorder should have written.',
      },
      present: {
        is: 'count',
        max: 1_440,
        about: "Of the day's 1,440: those with at least one object.",
      },
      missing: { is: 'count', max: 1_440, about: 'Expected, but without an object.' },
      unreadable: {
        is: 'count',
        about: 'Unreadable objects, including those of the edges and the seed.',
      },
      overlapping: {
        is: 'count',
        max: 1_440,
        about: 'Chunk minutes with two or more different objects.',
      },
    },
  },
  malformed_row: {
    is: 'object',
    about: 'A row that does not parse.',
    fields: {
      stream: { is: 'word', of: ['trades', 'depth'], about: 'Its stream.' },
      object: { is: 'name', about: 'Its chunk.' },
      line: { is: 'count', min: 1, about: 'Its line in the decompressed chunk, from 1.' },
      column: { is: 'text', about: 'The faulty column.' },
      found: { is: 'text', about: 'What was found.' },
      expected: { is: 'text', about: 'What was expected.' },
    },
  },
  trade_id_gap: {
    is: 'object',
    about: 'A stretch of missing ids.',
    fields: {
      after_id: { is: 'text', about: 'The id before it.' },
      missing: { is: 'count', about: 'Number of missing ids.' },
      from: { is: 'instant', about: 'Time of the row before it, UTC.' },
      to: { is: 'instant', about: 'Time of the row after it, UTC.' },
    },
  },
  trade_ids: {
    is: 'object',
    about: 'What consecutive trade ids prove.',
    fields: {
      rows_with_id: {
        is: 'count',
        about: 'Rows with a numeric id, of all rows read for the day.',
      },
      first: {
        is: 'text',
        orNull: true,
        about: 'Lowest id of all rows read for the day, edges included; null without ids.',
      },
      last: {
        is: 'text',
        orNull: true,
        about: 'Highest id of all rows read for the day, edges included; null without ids.',
      },
      missing: { is: 'count', about: 'Ids between these that no row has.' },
      gap_count: { is: 'count', about: 'Stretches of missing ids.' },
      gaps: {
        is: 'list',
        of: { is: 'ref', to: 'trade_id_gap' },
        max: 100,
        about: 'The first 100 gaps.',
      },
      proved_share: {
        is: 'share',
        about:
          'Share of the expected time for which consecutive ids prove that nothing is missing, cut to six decimals.',
      },
    },
  },
  quote_rule: {
    is: 'object',
    about: 'Recorded aggressors and the two clocks against the snapshots around each trade.',
    fields: {
      trades: {
        is: 'count',
        about: 'Used trades with a usable snapshot at most 1,000 ms before their millisecond.',
      },
      above: { is: 'count', about: 'Those above the mid of that snapshot.' },
      above_buyers: { is: 'count', about: 'Those above it whose aggressor bought.' },
      below: { is: 'count', about: 'Those below the mid of that snapshot.' },
      below_sellers: { is: 'count', about: 'Those below it whose aggressor sold.' },
      clock_trades: {
        is: 'count',
        about:
          'Those beside the mid that lie on its other side by the snapshot after them, at most 1,000 ms later.',
      },
      clock_agree: {
        is: 'count',
        about: 'Those of them whose aggressor is the one that the snapshot before says.',
      },
    },
  },
  outage: {
    is: 'object',
    about: 'One outage.',
    fields: {
      kind: {
        is: 'word',
        of: ['feed_down', 'depth_missing', 'trades_missing'],
        about: 'Which stream was not recorded; docs/EVIDENCE.md explains each.',
      },
      cause: {
        is: 'word',
        of: ['recorder_down', 'disconnected', 'socket_silent', 'symbol_silent', 'exchange_halt'],
        orNull: true,
        about:
          'What covers most of it, by the sidecars of recorders; null where none of its hours has one that can be read, or where more of it has no cause.',
      },
      from: { is: 'instant', about: 'Where it begins, UTC.' },
      to: { is: 'instant', about: 'Where it ends, UTC.' },
      seconds: { is: 'amount', about: 'Its length in seconds.' },
      causes: {
        is: 'list',
        of: { is: 'ref', to: 'outage_cause' },
        max: 5,
        about:
          'All of its causes, the longest first. Together they are shorter than the outage where a sidecar could not be read.',
      },
    },
  },
  outage_cause: {
    is: 'object',
    about: 'How much of an outage has a cause.',
    fields: {
      cause: {
        is: 'word',
        of: ['recorder_down', 'disconnected', 'socket_silent', 'symbol_silent', 'exchange_halt'],
        about:
          'recorder_down: no recorder ran. disconnected: one ran without a connection. socket_silent: one was connected and nothing came. symbol_silent: rows of other symbols came, and none of this one. exchange_halt: so it was, and nothing says that the symbol was traded.',
      },
      seconds: { is: 'amount', about: 'Seconds of the outage.' },
    },
  },
  sidecar_object: {
    is: 'object',
    about: 'One stored sidecar of a recorder.',
    fields: {
      name: { is: 'name', about: 'Object name below the raw root.' },
      size: { is: 'count', about: 'Stored bytes.' },
      crc32c: { is: 'crc32c', about: 'CRC-32C of the stored bytes.' },
    },
  },
  seed: {
    is: 'object',
    about: 'The last usable trade before 00:00.',
    fields: {
      price: { is: 'price', about: 'Its price in plain notation.' },
      time: { is: 'instant', about: 'Its exchange time, UTC.' },
      object: { is: 'name', about: 'Its chunk.' },
    },
  },
  input: {
    is: 'object',
    about: 'One stored chunk.',
    fields: {
      name: { is: 'name', about: 'Object name below the raw root.' },
      size: { is: 'count', about: 'Stored bytes.' },
      crc32c: { is: 'crc32c', about: 'CRC-32C of the stored bytes.' },
      role: {
        is: 'word',
        of: ['chunk', 'edge', 'seed'],
        about:
          'chunk: of the day. edge: of a neighbour day, for late rows. seed: only for the carried price.',
      },
    },
  },
  artifact: {
    is: 'object',
    about: 'One file of the day.',
    fields: {
      kind: {
        is: 'word',
        of: ['bars', 'signals', 'patterns', 'scoreboard'],
        about: 'What it holds.',
      },
      format: {
        is: 'word',
        of: ['csv', 'parquet', 'json'],
        about: 'How it is written: csv, parquet, or json for a scoreboard.',
      },
      resolution: {
        is: 'resolution',
        orNull: true,
        about: 'Length of a row; null for patterns and scoreboard.',
      },
      name: { is: 'name', about: 'Object name below the output root.' },
      bytes: { is: 'count', about: 'Its size.' },
      rows: { is: 'count', about: 'Its data rows; of a scoreboard its lines of patterns.' },
      sha256: { is: 'sha256', about: 'SHA-256 of its bytes.' },
      crc32c: { is: 'crc32c', about: 'CRC-32C of its bytes.' },
      fingerprint: {
        is: 'name',
        about: 'Digest of its inputs and options.',
      },
    },
  },
  levels: {
    is: 'object',
    about: 'Fewest and most levels seen.',
    fields: {
      bid_min: { is: 'count', about: 'Fewest bid levels.' },
      bid_max: { is: 'count', about: 'Most bid levels.' },
      ask_min: { is: 'count', about: 'Fewest ask levels.' },
      ask_max: { is: 'count', about: 'Most ask levels.' },
    },
  },
} as const;
