/**
 * Makes the files of a computed symbol-day as bytes, and checks each as far as it needs no other file. Stores
 * nothing.
 */
import type { BarGrid } from '../../core/bar/bar-grid.js';
import { areSurelyBars, checkBars } from '../../core/check/bar-file-checks.js';
import type { QuickRow } from '../../core/check/quick-row.js';
import { areSurelySignals, checkSignals } from '../../core/check/signal-file-checks.js';
import { barFile } from '../../core/encode/bar-file.js';
import { levelWriters, stepWriters } from '../../core/encode/book-signal-writers.js';
import { signalFile } from '../../core/encode/signal-file.js';
import type { Finding } from '../../core/finding/finding.js';
import { finding } from '../../core/finding/finding-list.js';
import { gapGrid } from '../../core/gap/gap-grid.js';
import { rolledUp } from '../../core/grid/grid.js';
import { SeenSeconds } from '../../core/pattern/day-cells.js';
import { outputOf, PATTERN_SECONDS } from '../../core/rule/products.js';
import type { DayRules } from '../../core/rule/rule-table.js';
import type { FileName } from '../../core/stored/artifacts.js';
import type { CheckResult } from '../../core/stored/manifest.js';
import {
  artifactName,
  barsName,
  patternsName,
  scoreboardName,
  signalsName,
} from '../../core/stored/output-names.js';
import { assert } from '../../core/unit/errors.js';
import { SCORE_KEYS } from '../../core/score/score.js';
import { type Resolution, resolutionOf } from '../../core/unit/resolution.js';
import { dayRange, SECOND_MS } from '../../core/unit/utc-date.js';
import type { Effects, Tables } from '../ports.js';
import type { AggregateOptions } from '../plan/aggregate-options.js';
import { typedFile } from '../typed/typed-file.js';
import { patternFiles } from '../pattern/pattern-files.js';
import type { ComputedDay } from './day-outcome.js';

export interface MadeFile extends FileName {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Its data rows. */
  readonly rows: number;
  /** Checks that it broke. */
  readonly broken: readonly Finding[];
}

/** What is needed of the effects to make files. */
export type MakeEffects = Pick<Effects, 'tables' | 'codec'>;

/** `dataset`: what is known of the recording, which typed files say. */
export type MakeOptions = Pick<AggregateOptions, 'rules' | 'dataset'>;

/** Every file that is asked for, in the order of a report's list. */
export function madeFiles(
  computed: ComputedDay,
  options: MakeOptions,
  effects: MakeEffects,
): MadeFile[] {
  const { rules } = options;
  const { resolutions, outputs } = rules;
  const { tables } = effects;
  const seen = outputs.includes('patterns') ? new SeenSeconds() : undefined;
  const grids = resolutions.map((resolution): RolledBars => {
    const bars = rolledUp(computed.features.bars, resolution.seconds * SECOND_MS);
    return { resolution, bars, seen };
  });
  const bars = grids.map((grid) => madeBars(computed, grid, tables));
  const signals =
    computed.features.signals === undefined
      ? []
      : grids.map((grid) => madeSignals(computed, grid, rules, tables));
  const ofRows = [...bars, ...signals];
  // Nothing may be read off broken rows, and whoever asked for none of them has to hear of it.
  if (ofRows.some(({ broken }) => broken.length > 0)) return ofRows;
  // Patterns are read off the rows as they are written, whether these are asked for or not.
  const ofEvents =
    seen === undefined ? [] : madePatterns({ computed, made: ofRows, seen }, rules, effects);
  const exact = [...ofRows, ...ofEvents].filter(({ kind }) => outputs.includes(outputOf(kind)));
  return exact.flatMap((file) => [file, ...madeTyped(file, computed, options, tables)]);
}

/** The other formats of an exact file. */
function madeTyped(
  file: MadeFile,
  { day }: ComputedDay,
  { rules, dataset }: MakeOptions,
  tables: Tables,
): MadeFile[] {
  const { kind, resolution, bytes, rows } = file;
  if (kind === 'scoreboard' || !rules.formats.includes('parquet')) return [];
  const typed = { kind, resolution, format: 'parquet' } as const;
  const exact = { ...file, kind, bytes };
  const made = typedFile(exact, { ...day, dataset }, tables);
  return [{ ...typed, name: artifactName(day, typed), bytes: made, rows, broken: [] }];
}

interface RolledBars {
  readonly resolution: Resolution;
  readonly bars: BarGrid;
  /** Sees the rows of a second. */
  readonly seen: SeenSeconds | undefined;
}

/**
 * The checks are made on the exact bytes to be written: nothing that the encoder or a fold got wrong may pass, so
 * the grid's own values would not do. A strict reader of plain lines suffices for what this program has just
 * made; what it cannot vouch for goes the way of the final step, which says what is wrong.
 */
function madeBars(
  { day, features, evidence }: ComputedDay,
  { resolution, bars, seen }: RolledBars,
  tables: Tables,
): MadeFile {
  const book = rolledUp(features.book, bars.barMs);
  const name = barsName(day, resolution.name);
  const bytes = barFile({ bars, book }, evidence.seed?.price);
  const expected = { name, date: day.date, resolution, seedPrice: evidence.seed?.price ?? null };
  const broken = areSurelyBars(bytes, expected, seeing(seen?.bars, resolution))
    ? []
    : brokenChecks(name, checkBars(tables.records(bytes, name), expected).checks);
  const file = { kind: 'bars', resolution: resolution.name, format: 'csv' } as const;
  return { ...file, name, bytes, rows: bars.length, broken };
}

function madeSignals(
  { day, features, evidence }: ComputedDay,
  { resolution, bars, seen }: RolledBars,
  { streams }: DayRules,
  tables: Tables,
): MadeFile {
  const { signals } = features;
  assert(signals !== undefined, 'signals are folded where they are asked for');
  const { barMs } = bars;
  const flow = rolledUp(signals.flow, barMs);
  const gaps = gapGrid(dayRange(day.date), barMs, evidence);
  const book =
    streams === 'trades'
      ? undefined
      : {
          ...levelWriters(rolledUp(signals.levels, barMs)),
          ...stepWriters(rolledUp(signals.steps, barMs)),
        };
  const name = signalsName(day, resolution.name);
  const bytes = signalFile({ bars, flow, gaps, book });
  const expected = { name, date: day.date, resolution, hasBook: streams === 'both' };
  const broken = areSurelySignals(bytes, expected, seeing(seen?.signals, resolution))
    ? []
    : brokenChecks(name, checkSignals(tables.records(bytes, name), expected).checks);
  const file = { kind: 'signals', resolution: resolution.name, format: 'csv' } as const;
  return { ...file, name, bytes, rows: bars.length, broken };
}

/** Patterns are read off rows of a second. */
function seeing(
  columns: { take(row: QuickRow): void } | undefined,
  { seconds }: Resolution,
): ((row: QuickRow) => void) | undefined {
  return columns === undefined || seconds !== PATTERN_SECONDS
    ? undefined
    : (row) => columns.take(row);
}

interface SecondsMade {
  readonly computed: ComputedDay;
  readonly made: readonly MadeFile[];
  readonly seen: SeenSeconds;
}

function madePatterns(
  { computed: { day }, made, seen }: SecondsMade,
  rules: DayRules,
  effects: MakeEffects,
): MadeFile[] {
  const rowsOf = (kind: MadeFile['kind']): MadeFile => {
    const seconds = resolutionOf(PATTERN_SECONDS).name;
    const file = made.find((one) => one.kind === kind && one.resolution === seconds);
    assert(file !== undefined, 'patterns are made where there are rows of a second');
    return file;
  };
  const { patterns, scoreboard, events } = patternFiles(
    { day, rules, bars: rowsOf('bars'), signals: rowsOf('signals'), seen },
    effects,
  );
  return [
    {
      kind: 'patterns',
      resolution: null,
      format: 'csv',
      name: patternsName(day),
      bytes: patterns,
      rows: events,
      broken: [],
    },
    {
      kind: 'scoreboard',
      resolution: null,
      format: 'json',
      name: scoreboardName(day),
      bytes: scoreboard,
      rows: SCORE_KEYS.length,
      broken: [],
    },
  ];
}

function brokenChecks(name: string, checks: readonly CheckResult[]): Finding[] {
  return checks
    .filter(({ ok }) => !ok)
    .map(({ check, detail }) => finding('check_failed', name, `${check}: ${detail}`));
}
