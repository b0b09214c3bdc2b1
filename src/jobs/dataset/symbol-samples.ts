/**
 * The samples of one symbol, day by day: the day before lends the look-back of its first hour, the days after it the
 * labels that are open beside its last ones, so four days are in memory, beside the bytes of the files.
 */
import { closeRows } from '../../core/dataset/close-rows.js';
import { sampleRows } from '../../core/dataset/sample-rows.js';
import type { SampleColumn } from '../../core/dataset/sample-table.js';
import { dayFeatures } from '../../core/feature/day-features.js';
import { type DayLabels, dayLabels } from '../../core/label/day-labels.js';
import type { LabelOptions } from '../../core/label/label-options.js';
import { dayWeights } from '../../core/label/label-weights.js';
import { joinPrices, neededRange } from '../../core/label/price-stretch.js';
import { foldOf, type Split } from '../../core/split/split.js';
import type { TypedColumn } from '../../core/typed/typed-rows.js';
import { assert } from '../../core/unit/errors.js';
import { DAY_MINUTES, type TimeRange, type UtcDate } from '../../core/unit/utc-date.js';
import type { DayParts, DaySide } from './day-parts.js';

/** What decides the rows of a symbol. */
export interface SampleRule {
  readonly symbol: string;
  /** Every day from the first to the last. */
  readonly dates: readonly UtcDate[];
  readonly labels: LabelOptions;
  readonly split: Split;
  /** The whole days that were asked for. */
  readonly data: TimeRange;
  readonly columns: readonly SampleColumn[];
}

/** The rows of a day for each kind of file, and why the other minutes are none. */
export interface DayRows {
  readonly labels: DayLabels;
  readonly samples: readonly TypedColumn[];
  readonly martingale: readonly TypedColumn[];
  readonly closes: readonly TypedColumn[];
}

type SideName = 'market' | 'mirror';

/** Reads what is in the samples of a day; undefined: the day is not used. Called once for each day, in order. */
export type PartsOf = (date: UtcDate) => Promise<DayParts | undefined>;

export async function* symbolSamples(
  rule: SampleRule,
  partsOf: PartsOf,
): AsyncGenerator<DayRows, void, undefined> {
  const days = new NearDays(rule, partsOf);
  for (const [at, date] of rule.dates.entries()) {
    await days.reach(at);
    const parts = days.partsAt(at);
    const fold = rule.split.made ? foldOf(rule.split, date) : 0;
    const rowsOf = (side: SideName): readonly TypedColumn[] => {
      const labels = days.labelsAt(at, side);
      const minutes = parts?.[side].minutes;
      if (minutes === undefined || labels === undefined) return [];
      const isMarket = side === 'market';
      const beside = (place: number): DayLabels | undefined =>
        isMarket ? days.labelsAt(place, side) : undefined;
      const weights = dayWeights(labels, { before: beside(at - 1), after: beside(at + 1) });
      const before = isMarket ? days.partsAt(at - 1)?.market.minutes : undefined;
      const features = dayFeatures(before, minutes);
      return sampleRows({ symbol: rule.symbol, labels, weights, features, fold }, rule.columns);
    };
    const labels = days.labelsAt(at, 'market') ?? days.noLabels(date);
    const closes = parts === undefined ? [] : closeRows(parts.market.prices);
    yield { labels, samples: rowsOf('market'), martingale: rowsOf('mirror'), closes };
  }
}

/** The days around the one that is worked on, each read once. */
class NearDays {
  private readonly rule: SampleRule;
  private readonly partsOf: PartsOf;
  private readonly parts = new Map<number, DayParts | undefined>();
  private readonly labels = new Map<string, DayLabels>();

  constructor(rule: SampleRule, partsOf: PartsOf) {
    this.rule = rule;
    this.partsOf = partsOf;
  }

  /** Reads ahead what the labels of the next day need, and lets go of what lies behind. */
  async reach(at: number): Promise<void> {
    for (let place = at; place <= at + 2; place++) {
      const date = this.rule.dates[place];
      if (date === undefined || this.parts.has(place)) continue;
      this.parts.set(place, await this.partsOf(date));
    }
    this.parts.delete(at - 2);
    for (const side of ['market', 'mirror']) this.labels.delete(`${side} ${at - 2}`);
  }

  partsAt(place: number): DayParts | undefined {
    return this.parts.get(place);
  }

  /** Undefined where the day is not used, or is none of the dates. */
  labelsAt(place: number, side: SideName): DayLabels | undefined {
    const own = this.parts.get(place)?.[side];
    if (own === undefined) return undefined;
    const key = `${side} ${place}`;
    const known = this.labels.get(key);
    if (known !== undefined) return known;
    const made = this.labelsOf(place, side, own);
    this.labels.set(key, made);
    return made;
  }

  /** Of a day that is not used: each of its minutes touches a gap, or warms up. */
  noLabels(date: UtcDate): DayLabels {
    const { labels, data } = this.rule;
    const nothing = joinPrices([], neededRange(date, labels), data);
    return dayLabels(nothing, date, new Float64Array(DAY_MINUTES).fill(Number.NaN), labels);
  }

  /** The mirrored days are joined with none: each midnight is a gap of theirs. */
  private labelsOf(place: number, side: SideName, own: DaySide): DayLabels {
    const { dates, labels, data } = this.rule;
    const date = dates[place] ?? dates[0];
    assert(date !== undefined, 'a day has a date');
    const near = side === 'mirror' ? [place] : [place - 1, place, place + 1];
    const prices = near.flatMap((one) => this.parts.get(one)?.[side].prices ?? []);
    return dayLabels(
      joinPrices(prices, neededRange(date, labels), data),
      date,
      own.spreadE8,
      labels,
    );
  }
}
