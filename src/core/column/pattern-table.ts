/** The columns of a patterns file, in order: one row per event (docs/SIGNALS.md). */
import { namedColumns, type UnnamedColumn } from './column.js';
import { type FileTable, fileTable } from './file-table.js';

/** Ordered as texts, as the rows of a file are. */
export const PATTERNS = [
  'absorption',
  'divergence',
  'exhaustion',
  'imbalance',
  'liquidity_vacuum',
  'retail_fomo',
  'wall_pulled',
  'whale',
] as const;
export type PatternName = (typeof PATTERNS)[number];

/** Where the pattern says that the price goes; ordered as texts. */
export const DIRECTIONS = ['down', 'up'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** Seconds after the event at which its outcome is read. */
export const HORIZON_SECONDS = [10, 60, 300] as const;
export type HorizonSeconds = (typeof HORIZON_SECONDS)[number];

/** In the order of the file. */
const HEADER = [
  'confirmed',
  'pattern',
  'direction',
  'from',
  'price',
  'strength',
  'threshold',
  'outcome_10s_bps',
  'outcome_60s_bps',
  'outcome_300s_bps',
] as const;
export type PatternColumn = (typeof HEADER)[number];

const ALWAYS = { nothing: 'never', rollUp: 'recomputed' } as const;
const OUTCOME = {
  kind: 'quotient',
  unit: 'basis points',
  decimals: 4,
  signed: true,
  nothing: 'empty',
  rollUp: 'recomputed',
} as const;

const COLUMNS: Readonly<Record<PatternColumn, UnnamedColumn>> = {
  confirmed: {
    ...ALWAYS,
    kind: 'time',
    meaning: 'end of the last row that the event uses: the first moment at which anyone could know',
    unit: 'exchange time',
  },
  pattern: { ...ALWAYS, kind: 'text', meaning: 'which pattern', values: PATTERNS },
  direction: { ...ALWAYS, kind: 'text', meaning: 'where it points', values: DIRECTIONS },
  from: {
    ...ALWAYS,
    kind: 'time',
    meaning: 'begin of its window',
    unit: 'exchange time',
  },
  price: {
    ...ALWAYS,
    kind: 'price',
    meaning: 'reference price: the mid at the last row',
    unit: 'price',
  },
  strength: {
    ...ALWAYS,
    kind: 'sum',
    meaning: 'what was compared with its quantile',
    unit: 'of the pattern',
    signed: true,
  },
  threshold: {
    ...ALWAYS,
    kind: 'sum',
    meaning: 'that quantile',
    unit: 'of the pattern',
    signed: true,
  },
  outcome_10s_bps: { ...OUTCOME, meaning: 'move of the mid 10 s later; look-ahead' },
  outcome_60s_bps: { ...OUTCOME, meaning: 'move of the mid 60 s later; look-ahead' },
  outcome_300s_bps: { ...OUTCOME, meaning: 'move of the mid 300 s later; look-ahead' },
};

export const PATTERN_EVENTS: FileTable<PatternColumn> = fileTable<PatternColumn>({
  kind: 'patterns',
  rows: { kind: 'events', order: ['confirmed', 'pattern', 'direction'] },
  columns: namedColumns(HEADER, COLUMNS),
});
