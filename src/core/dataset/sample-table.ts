/** The columns of a sample file: those of the row, its features between them, each with its type, unit and meaning. */
import type { TypedField } from '../column/typed-schema.js';
import { SCHEMA_VERSION } from '../shape/shape.js';
import type { TypedFacts } from '../typed/typed-facts.js';
import type { DatasetCard } from './card-shape.js';

type Feature = DatasetCard['features'][number];

export const LABELS = ['DOWN', 'FLAT', 'UP'] as const;
export const OK = 'ok';

export interface SampleColumn {
  readonly field: TypedField;
  readonly unit: string;
  readonly meaning: string;
}

const TIME = {
  physical: 'INT64',
  logical: { type: 'TIMESTAMP', unit: 'MILLIS', isAdjustedToUTC: true },
  encoding: 'DELTA_BINARY_PACKED',
  repetition: 'REQUIRED',
} as const;
const WORD = {
  physical: 'BYTE_ARRAY',
  logical: { type: 'STRING' },
  encoding: 'RLE_DICTIONARY',
  repetition: 'REQUIRED',
} as const;
const DOUBLE = {
  physical: 'DOUBLE',
  logical: null,
  encoding: null,
  repetition: 'REQUIRED',
} as const;

const BEFORE_FEATURES: readonly SampleColumn[] = [
  { field: { name: 'symbol', ...WORD }, unit: 'name', meaning: 'whose minute it is' },
  {
    field: { name: 'decision_time', ...TIME },
    unit: 'exchange time',
    meaning: 'end of the minute: features use everything up to here, and nothing after it',
  },
];

const AFTER_FEATURES: readonly SampleColumn[] = [
  {
    field: { name: 'entry', ...DOUBLE },
    unit: 'price',
    meaning: 'open of the first second with trades at or after decision_time and latency',
  },
  {
    field: { name: 'label_start', ...TIME },
    unit: 'exchange time',
    meaning: 'begin of that second',
  },
  { field: { name: 'exit', ...DOUBLE }, unit: 'price', meaning: 'the price that ends the label' },
  {
    field: { name: 'label_end', ...TIME },
    unit: 'exchange time',
    meaning: 'end of the second that the exit is read off: the label uses nothing after it',
  },
  {
    field: { name: 'ret_bps', ...DOUBLE },
    unit: 'basis points',
    meaning: '(exit - entry) * 10000 / entry, half up to 4 decimals',
  },
  {
    field: { name: 'label', ...WORD },
    unit: `one of ${LABELS.join(', ')}`,
    meaning: 'exit - entry against the dead zone',
  },
  { field: { name: 'reason', ...WORD }, unit: OK, meaning: 'only such rows are in a sample file' },
  {
    field: { name: 'weight', ...DOUBLE },
    unit: 'share',
    meaning: 'mean over the seconds of the label of 1 / number of open labels of the symbol',
  },
  {
    field: {
      name: 'fold',
      physical: 'INT64',
      logical: { type: 'INTEGER', bitWidth: 64, isSigned: true },
      encoding: null,
      repetition: 'REQUIRED',
    },
    unit: 'number',
    meaning: 'test block of the row, from 1; 0: only trained on; -1: sealed',
  },
];

function featureColumn({ name, unit, formula, null_rule: nullRule }: Feature): SampleColumn {
  const type = { physical: 'FLOAT', logical: null, encoding: null } as const;
  return {
    field: { name, ...type, repetition: 'OPTIONAL' },
    unit,
    meaning: `${formula}; null: ${nullRule}`,
  };
}

export function sampleColumns(features: readonly Feature[]): SampleColumn[] {
  return [...BEFORE_FEATURES, ...features.map(featureColumn), ...AFTER_FEATURES];
}

/** The close of every minute, for models that read prices alone. */
export const CLOSE_COLUMNS: readonly SampleColumn[] = [
  {
    field: { name: 'decision_time', ...TIME },
    unit: 'exchange time',
    meaning: 'end of the minute',
  },
  {
    field: {
      name: 'close',
      physical: 'DOUBLE',
      logical: null,
      encoding: null,
      repetition: 'OPTIONAL',
    },
    unit: 'price',
    meaning: 'its close; null: a gap touches the minute, or no price yet',
  },
];

/** What a file of the dataset says of itself. */
export function sampleFacts(
  kind: string,
  symbol: string,
  columns: readonly SampleColumn[],
): TypedFacts {
  const told = columns.map(({ field: { name }, unit, meaning }) => ({ name, unit, meaning }));
  return {
    'flowbars.schema_version': String(SCHEMA_VERSION),
    'flowbars.kind': kind,
    'flowbars.symbol': symbol,
    'flowbars.columns': JSON.stringify(told),
  };
}
