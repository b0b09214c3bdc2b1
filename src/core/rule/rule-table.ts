/**
 * The rules of a day, one row each, with everything the program needs to know about a rule. Add a row
 * and the rule is typed, stored, guarded, described, digested, compared, read back and handed to tasks.
 */
import type { ValueOf } from '../shape/shape.js';
import type { ArtifactKind, Products } from './products.js';
import type { FormShape, FormValue, RuleForm } from './rule-forms.js';

/**
 * `rows`: which rows count, so every file. `gaps`: what counts as a gap, so every file but the bars. `orders`: the
 * large taker orders of signals. `fee`: the scoreboard. `report`: the report alone.
 */
export type RuleChange = 'rows' | 'gaps' | 'orders' | 'fee' | 'report';

/** The files whose bytes follow. */
export const CHANGED_KINDS: Readonly<Record<RuleChange, readonly ArtifactKind[]>> = {
  rows: ['bars', 'signals', 'patterns', 'scoreboard'],
  gaps: ['signals', 'patterns', 'scoreboard'],
  orders: ['signals'],
  fee: ['scoreboard'],
  report: [],
};

export interface RuleRow {
  /** Its field in a stored report. Rows are in the order of these fields. */
  readonly stored: string;
  /** Its option. The variable is FLOWBARS_ and the option in capitals. */
  readonly option: string;
  readonly form: RuleForm;
  /** The text to parse if the option is not given. */
  readonly defaultText?: string;
  /** The help page's wording of a default without a text. */
  readonly defaultHelp?: string;
  /** What a different value changes beside the report. */
  readonly changes: RuleChange;
  /** Its place among the rules of a fingerprint. Never change it, even if the row moves. */
  readonly digestPlace: number;
  /** A raw root's `_dataset.json` may give its default, in a field of the stored name. */
  readonly isDeclared?: true;
  readonly group: 'Where:' | 'Rules of the recording:';
  /** One line of the help page, lower case, with the form of the value. */
  readonly help: string;
  /** The description of its stored field. */
  readonly about: string;
}

export type RuleTable = Readonly<Record<string, RuleRow>>;

export const DAY_RULES = {
  streams: {
    stored: 'streams',
    option: 'streams',
    form: { is: 'choice', of: ['both', 'trades'] },
    defaultText: 'both',
    changes: 'rows',
    digestPlace: 3,
    isDeclared: true,
    group: 'Rules of the recording:',
    help: "recorded streams: 'both' or 'trades' alone",
    about:
      'Which streams were recorded: with trades no depth is expected and its columns are empty.',
  },
  edgeMinutes: {
    stored: 'edge_minutes',
    option: 'edge-minutes',
    form: { is: 'whole', min: 0, max: 60 },
    defaultText: '2',
    changes: 'rows',
    digestPlace: 1,
    group: 'Rules of the recording:',
    help: 'chunk minutes of the neighbour days read for late rows',
    about: 'Chunk minutes of the neighbour days that were also read.',
  },
  seedMinutes: {
    stored: 'seed_minutes',
    option: 'seed-minutes',
    form: { is: 'whole', min: 0, max: 1_440 },
    defaultText: '60',
    changes: 'rows',
    digestPlace: 2,
    group: 'Rules of the recording:',
    help: 'chunk minutes of the day before searched for its last price',
    about: 'Chunk minutes of the day before that were searched for the price carried into 00:00.',
  },
  rawLayout: {
    stored: 'raw_layout',
    option: 'raw-layout',
    form: { is: 'layout' },
    defaultText: '{symbol}/{stream}/{date}/{hour}-{minute}.csv',
    changes: 'rows',
    digestPlace: 4,
    isDeclared: true,
    group: 'Where:',
    help: 'name of a chunk below the raw root; .gz and parts are found as well',
    about: "Template of a chunk's object name below the raw root.",
  },
  streamNames: {
    stored: 'stream_names',
    option: 'stream-names',
    form: { is: 'stream_names' },
    defaultText: 'trades=trades,depth=depth',
    changes: 'rows',
    digestPlace: 9,
    group: 'Where:',
    help: 'folder names of the streams, such as trades=aggTrade,depth=depth20',
    about: 'Folder name of each stream.',
  },
  columns: {
    stored: 'columns',
    option: 'columns',
    form: { is: 'columns' },
    defaultText: 'none',
    changes: 'rows',
    digestPlace: 10,
    group: 'Rules of the recording:',
    help: 'names of columns, such as trades:when=timestamp,vol=quantity',
    about: 'Column names that the option added, each with the column that it means.',
  },
  sparseTrades: {
    stored: 'sparse_trades',
    option: 'sparse-trades',
    form: { is: 'flag' },
    defaultText: 'false',
    changes: 'gaps',
    digestPlace: 5,
    isDeclared: true,
    group: 'Rules of the recording:',
    help: 'the recorder writes no chunk for a minute without trades',
    about: 'Whether a minute without trades may have no trades chunk.',
  },
  holeMinMs: {
    stored: 'hole_min_ms',
    option: 'hole-min',
    // Holes are found from the first and the last row of each second, so none is shorter than a second.
    form: { is: 'seconds', min: 1, max: 86_400 },
    defaultText: '5',
    changes: 'gaps',
    digestPlace: 6,
    group: 'Rules of the recording:',
    help: 'seconds without a row from which a stream has a hole',
    about: 'A stream without a row for longer than this many milliseconds has a hole.',
  },
  malformedMax: {
    stored: 'malformed_max',
    option: 'malformed-max',
    form: { is: 'share' },
    defaultText: '0.001',
    changes: 'report',
    digestPlace: 7,
    group: 'Rules of the recording:',
    help: 'share of malformed rows above which a symbol-day fails',
    about: 'Share of malformed rows above which, with more than ten of them, the symbol-day fails.',
  },
  expect: {
    stored: 'expect',
    option: 'expect',
    form: { is: 'range' },
    defaultHelp: 'whole days',
    changes: 'gaps',
    digestPlace: 8,
    group: 'Rules of the recording:',
    help: 'FROM/TO, instants between which a recording is expected',
    about: 'The time in which a recording was expected, end exclusive; null: the whole day.',
  },
  idsMissingMin: {
    stored: 'ids_missing_min',
    option: 'ids-missing-min',
    form: { is: 'whole', min: 1, max: 1_000_000_000 },
    defaultText: '3',
    changes: 'gaps',
    digestPlace: 11,
    group: 'Rules of the recording:',
    help: 'missing trade ids from which a hole in trades is an outage',
    about: 'A hole in trades over which at least this many ids are missing is an outage.',
  },
  quietMaxMs: {
    stored: 'quiet_max_ms',
    option: 'quiet-max',
    form: { is: 'seconds', min: 1, max: 86_400 },
    defaultText: '3600',
    changes: 'gaps',
    digestPlace: 12,
    group: 'Rules of the recording:',
    help: 'seconds up to which a hole in trades beside a live book is quiet',
    about:
      'A longer hole in trades beside a live book, in milliseconds, is an outage unless ids prove it quiet.',
  },
  usableMin: {
    stored: 'usable_min',
    option: 'usable-min',
    form: { is: 'share' },
    defaultText: '0.99',
    changes: 'report',
    digestPlace: 13,
    group: 'Rules of the recording:',
    help: 'minimum share of usable rows of a stream',
    about: 'Share of the well-formed rows of a stream below which its rows are unusable.',
  },
  sideMin: {
    stored: 'side_min',
    option: 'side-min',
    form: { is: 'share' },
    defaultText: '0.7',
    changes: 'report',
    digestPlace: 14,
    group: 'Rules of the recording:',
    help: 'minimum share of trades whose side the quote rule confirms',
    about:
      'Share of trades above the mid by buyers, and below it by sellers, below which the sides are doubtful.',
  },
  accept: {
    stored: 'accept',
    option: 'accept',
    // The errors that say: published, but do not trust it (docs/EVIDENCE.md).
    form: {
      is: 'words',
      of: [
        'rows_unusable',
        'stream_silent',
        'overlap_unresolved',
        'side_doubtful',
        'rows_elsewhere',
        'symbols_mixed',
      ],
    },
    defaultText: 'none',
    changes: 'report',
    digestPlace: 15,
    group: 'Rules of the recording:',
    help: 'error findings to count as warnings, CODE,…',
    about: 'Codes of errors that counted as warnings.',
  },
  largeOrder: {
    stored: 'large_order',
    option: 'large-order',
    form: { is: 'decimal' },
    defaultText: '100000',
    changes: 'orders',
    digestPlace: 16,
    group: 'Rules of the recording:',
    help: 'quote volume from which a taker order is large',
    about: 'Quote volume from which a taker order counts as large.',
  },
  feeBps: {
    stored: 'fee_bps',
    option: 'fee-bps',
    form: { is: 'decimal' },
    defaultText: '10',
    changes: 'fee',
    digestPlace: 17,
    group: 'Rules of the recording:',
    help: 'taker fee of both ways in basis points, beside the moves of a scoreboard',
    about: 'Taker fee of both ways in basis points, as the scoreboard shows it beside the moves.',
  },
} as const;

/** The values of the rules of a table. */
export type RulesOf<Table> = {
  readonly [Name in keyof Table]: Table[Name] extends { readonly form: infer Form }
    ? FormValue<Form>
    : never;
};

/** The declared shape of stored rules. */
export interface RulesShape<Table> {
  readonly is: 'object';
  readonly fields: {
    readonly [Name in keyof Table as StoredName<Table[Name]>]: Table[Name] extends {
      readonly form: infer Form;
    }
      ? FormShape<Form>
      : never;
  };
}

/** The rules as a report stores them. */
export type StoredRules<Table> = ValueOf<RulesShape<Table>, unknown>;

type StoredName<Row> = Row extends { readonly stored: infer Name extends string } ? Name : never;

/** The rules of the recording: how a day was recorded, and how it is read. */
export type RecordingRules = RulesOf<typeof DAY_RULES>;

/** What to compute for a symbol-day. Its products are no rules: one more file changes no byte of the others. */
export type DayRules = RecordingRules & Products;

export type RuleName = keyof typeof DAY_RULES;
