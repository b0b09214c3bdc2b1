/** The rows of a symbol-day that are written: one for each minute whose label holds, as typed columns in the order of the file. */
import type { TypedField } from '../column/typed-schema.js';
import type { DayLabels } from '../label/day-labels.js';
import { LABEL_DOWN, LABEL_UP, REASON_OK } from '../label/reasons.js';
import type { TypedColumn } from '../typed/typed-rows.js';
import { assert } from '../unit/errors.js';
import { DAY_MINUTES, MINUTE_MS } from '../unit/utc-date.js';
import { LABELS, OK, type SampleColumn } from './sample-table.js';

const PRICE_ONE = 1e8;
const BPS_ONE = 1e4;

export interface DaySamples {
  readonly symbol: string;
  readonly labels: DayLabels;
  /** By minute; NaN where the reason is not ok. */
  readonly weights: Float64Array;
  /** One array of 1,440 for each feature, in their order; NaN: null. */
  readonly features: readonly Float32Array[];
  readonly fold: number;
}

/** The minutes of the day that are rows. */
export function sampledMinutes({ reason }: DayLabels): number[] {
  const minutes: number[] = [];
  for (let minute = 0; minute < DAY_MINUTES; minute++) {
    if (reason[minute] === REASON_OK) minutes.push(minute);
  }
  return minutes;
}

export function sampleRows(day: DaySamples, columns: readonly SampleColumn[]): TypedColumn[] {
  const minutes = sampledMinutes(day.labels);
  const own = ownCells(day);
  let feature = 0;
  return columns.map(({ field }): TypedColumn => {
    const cells = own[field.name];
    if (cells === undefined) {
      const column = day.features[feature++];
      assert(column !== undefined, 'every column is a cell of the row or a feature');
      return numbersOf(field, minutes, (minute) => column[minute] ?? Number.NaN);
    }
    if ('numberOf' in cells) return numbersOf(field, minutes, cells.numberOf);
    return { field, words: cells.words, codes: Uint8Array.from(minutes, cells.codeOf) };
  });
}

type Cells =
  | { readonly numberOf: (minute: number) => number }
  | { readonly words: readonly string[]; readonly codeOf: (minute: number) => number };

function ownCells({ symbol, labels, weights, fold }: DaySamples): Readonly<Record<string, Cells>> {
  const { dayStartMs, label, entryE8, exitE8, startMs, endMs, retBpsE4 } = labels;
  return {
    symbol: { words: [symbol], codeOf: () => 0 },
    decision_time: { numberOf: (minute) => dayStartMs + (minute + 1) * MINUTE_MS },
    entry: scaled(entryE8, PRICE_ONE),
    label_start: scaled(startMs, 1),
    exit: scaled(exitE8, PRICE_ONE),
    label_end: scaled(endMs, 1),
    ret_bps: scaled(retBpsE4, BPS_ONE),
    label: { words: LABELS, codeOf: (minute) => placeOfLabel(label[minute]) },
    reason: { words: [OK], codeOf: () => 0 },
    weight: scaled(weights, 1),
    fold: { numberOf: () => fold },
  };
}

function scaled(of: Float64Array, one: number): Cells {
  return { numberOf: (minute) => (of[minute] ?? Number.NaN) / one };
}

function placeOfLabel(label: number | undefined): number {
  const word = label === LABEL_UP ? 'UP' : label === LABEL_DOWN ? 'DOWN' : 'FLAT';
  return LABELS.indexOf(word);
}

function numbersOf(
  field: TypedField,
  minutes: readonly number[],
  numberOf: (minute: number) => number,
): TypedColumn {
  return { field, numbers: Float64Array.from(minutes, numberOf) };
}
