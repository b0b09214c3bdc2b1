/** Makes a dataset out of published days: plan the days, write each symbol's files, then the card, which alone counts. */
import {
  CARD_NAME,
  type DatasetAsked,
  type DatasetCard,
  type DatasetDay,
  type DatasetFile,
} from '../../core/dataset/card-shape.js';
import { type DayEntry, dayEntry } from '../../core/dataset/day-inputs.js';
import { FEATURES } from '../../core/feature/features.js';
import type { LabelOptions } from '../../core/label/label-options.js';
import { SCHEMA_VERSION } from '../../core/shape/shape.js';
import type { SplitOptions } from '../../core/split/split-options.js';
import { splitOf } from '../../core/split/split.js';
import { splitCard } from '../../core/split/split-card.js';
import { storedJson } from '../../core/stored/json-shape.js';
import { compareNames } from '../../core/unit/compare-names.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import type { SymbolName } from '../../core/unit/symbol.js';
import {
  datesBetween,
  dayRange,
  MINUTE_MS,
  SECOND_MS,
  type UtcDate,
} from '../../core/unit/utc-date.js';
import { counted } from '../../core/unit/words.js';
import {
  type PublishedDay,
  publishedDays,
  type PublishedSearch,
} from '../pattern/published-days.js';
import type { DatasetEffects } from './dataset-effects.js';
import { refuseOtherDataset } from './refuse-other-dataset.js';
import { writeSymbol } from './write-symbol.js';

export interface DatasetRequest extends PublishedSearch {
  readonly labels: LabelOptions;
  readonly split: SplitOptions;
  /** What the card says of both, but for symbols and days. */
  readonly asked: Omit<DatasetAsked, 'symbols' | 'from' | 'to'>;
  readonly codeVersion: string;
  /** Of the files of a symbol; by default DATASET_BYTES_MAX. */
  readonly bytesMax?: number;
  /** Called after each symbol-day. */
  readonly onDone: (done: number, total: number) => void;
}

export interface MadeDataset {
  readonly card: DatasetCard;
  readonly cardSha256: string;
  /** Whether the card was there with the same content. */
  readonly outcome: 'written' | 'unchanged';
}

/** What is published of a range, and which days of it are none. */
interface Found {
  readonly symbols: readonly SymbolName[];
  readonly dates: readonly UtcDate[];
  readonly entryOf: (symbol: SymbolName, date: UtcDate) => DayEntry | undefined;
  readonly isUnreadable: (date: UtcDate) => boolean;
}

/** Throws what publishedDays and the stores throw, and a usage error where nothing is published or `into` is no dataset. */
export async function makeDataset(
  request: DatasetRequest,
  effects: DatasetEffects,
): Promise<MadeDataset> {
  await refuseOtherDataset(effects);
  const { symbols, dates, entryOf, isUnreadable } = await findDays(request, effects);
  const [from, to] = [dates.at(0), dates.at(-1)];
  if (from === undefined || to === undefined) throw nothingPublished(request, effects);
  const split = splitOf(dates, request.split);
  const data = { fromMs: dayRange(from).fromMs, toMs: dayRange(to).toMs };
  const total = symbols.length * dates.length;
  const features = FEATURES.map(({ name, windowMinutes, unit, formula, nullRule }) => ({
    name,
    window_minutes: windowMinutes,
    unit,
    formula,
    null_rule: nullRule,
  }));
  let done = 0;
  const days: DatasetDay[] = [];
  const files: DatasetFile[] = [];
  const reasons: DatasetCard['reasons'][number][] = [];
  for (const symbol of symbols) {
    const made = await writeSymbol(
      {
        symbol,
        listingOf: (date) => ({
          entry: entryOf(symbol, date),
          isUnreadable: isUnreadable(date),
        }),
        bytesMax: request.bytesMax,
        rule: { symbol, dates, labels: request.labels, split, data },
        features,
        seed: request.asked.seed,
        onDay: () => request.onDone((done += 1), total),
      },
      effects,
    );
    days.push(...made.days);
    files.push(...made.files);
    reasons.push(made.reasons);
  }
  const card: DatasetCard = {
    schema_version: SCHEMA_VERSION,
    kind: 'dataset_card',
    code_version: request.codeVersion,
    question: questionOf(request.labels),
    options: { symbols, from, to, ...request.asked },
    days,
    reasons,
    features,
    folds: splitCard(split),
    files,
  };
  const bytes = effects.codec.encode(storedJson(card));
  const { outcome } = await effects.into.write(CARD_NAME, bytes, 'anything');
  return { card, cardSha256: effects.codec.sha256(bytes), outcome };
}

/** The days from the first to the last that is published of any of the symbols. */
async function findDays(search: PublishedSearch, effects: DatasetEffects): Promise<Found> {
  const { days, unreadable } = await publishedDays(search, dayEntry, effects);
  const byDay = new Map(days.map((day) => [keyOf(day), day]));
  const published = days.map(({ date }) => date).toSorted(compareNames);
  const [first, last] = [published.at(0), published.at(-1)];
  const broken = new Set<string>(unreadable.map(({ date }) => date));
  return {
    symbols: [...new Set(days.map(({ symbol }) => symbol))].toSorted(compareNames),
    dates: first === undefined || last === undefined ? [] : datesBetween(first, last),
    entryOf: (symbol, date) => byDay.get(keyOf({ symbol, date }))?.kept,
    isUnreadable: (date) => broken.has(date),
  };
}

function keyOf({ symbol, date }: Pick<PublishedDay<unknown>, 'symbol' | 'date'>): string {
  return `${symbol} ${date}`;
}

function nothingPublished({ dates }: PublishedSearch, { out }: DatasetEffects): FlowbarsError {
  return new FlowbarsError('usage', {
    where: out.root,
    what: `days from ${dates.at(0) ?? ''} to ${dates.at(-1) ?? ''}`,
    found: 'no published day',
    expected:
      'days that flowbars run has published: --from first --to last takes all of them (see also --symbols)',
  });
}

function questionOf({ horizonMs }: LabelOptions): string {
  const minutes = horizonMs / MINUTE_MS;
  const horizon = Number.isInteger(minutes)
    ? counted(minutes, 'minute')
    : counted(horizonMs / SECOND_MS, 'second');
  return `will the price go UP or DOWN in the next ${horizon}?`;
}
