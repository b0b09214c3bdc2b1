/** Scores each minute of published symbol-days with a model, day by day: features are those that samples hold. */
import { type DayEntry, dayEntry, type InputFile } from '../../core/dataset/day-inputs.js';
import { dayFeatures } from '../../core/feature/day-features.js';
import { LOOK_BACK_MINUTES } from '../../core/feature/look-back.js';
import { countScores, dayScores, SCORE_HEADER, scoreRows } from '../../core/forest/day-scores.js';
import type { DayScoresDocument, Scored, ScoresLeftOut } from '../../core/forest/score-shape.js';
import { lookBackReason } from '../../core/label/label-window.js';
import { joinPrices } from '../../core/label/price-stretch.js';
import { type DayMinutes, minutesOf } from '../../core/minute/day-minutes.js';
import { pricesOf } from '../../core/minute/prices-of.js';
import type { SecondPrices } from '../../core/minute/second-prices.js';
import { isPatterns } from '../../core/plan/symbol-pattern.js';
import type { SymbolDay } from '../../core/rule/symbol-day.js';
import { SCHEMA_VERSION } from '../../core/shape/shape.js';
import { storedJson } from '../../core/stored/json-shape.js';
import { compareNames } from '../../core/unit/compare-names.js';
import { assert } from '../../core/unit/errors.js';
import type { SymbolName } from '../../core/unit/symbol.js';
import {
  addDays,
  DAY_MINUTES,
  dayRange,
  MINUTE_MS,
  SECOND_MS,
  type UtcDate,
} from '../../core/unit/utc-date.js';
import { type Listing, readUsableDay } from '../dataset/read-published-day.js';
import {
  type PublishedDay,
  publishedDays,
  type PublishedSearch,
} from '../pattern/published-days.js';
import type { Effects, Store } from '../ports.js';
import type { ReadModel } from './read-model.js';

export interface ScoreRequest extends PublishedSearch {
  readonly model: ReadModel;
  /** Time of which nobody knows whether something is missing counts as complete. */
  readonly keepUnproven: boolean;
  readonly codeVersion: string;
  /** Called after each symbol-day. */
  readonly onDone: (done: number, total: number) => void;
}

export interface ScoreEffects extends Pick<Effects, 'out' | 'codec' | 'tables'> {
  /** Where the scores are written. */
  readonly into: Store;
}

/** What of a day its scores, and those of the next day, need. */
interface DayToScore {
  readonly minutes: DayMinutes;
  readonly prices: SecondPrices;
  readonly files: readonly InputFile[];
}

/** Throws what publishedDays and the stores throw. */
export async function scoreDays(request: ScoreRequest, effects: ScoreEffects): Promise<Scored> {
  const { dates } = request;
  const [first, last] = [dates.at(0), dates.at(-1)];
  assert(first !== undefined && last !== undefined, 'a search has days');
  // The day before lends its last hour to the first one.
  const around = [addDays(first, -1), ...dates];
  const found = await publishedDays({ ...request, dates: around }, dayEntry, effects);
  const entries = new Map(found.days.map((day) => [keyOf(day), day.kept]));
  const broken = new Set<string>(found.unreadable.map(({ date }) => date));
  const asked = symbolsOf(request, found.days, first).flatMap((symbol) =>
    dates.map((date) => ({ symbol, date })),
  );
  const days: DayScoresDocument[] = [];
  const leftOut: ScoresLeftOut[] = [];
  let before: { readonly key: string; readonly day: DayToScore | undefined } | undefined;
  let done = 0;
  for (const { symbol, date } of asked) {
    const previous = { symbol, date: addDays(date, -1) };
    if (before?.key !== keyOf(previous)) before = await nearDay(previous, entries, effects);
    const entry = entries.get(keyOf({ symbol, date }));
    const listing = { entry, isUnreadable: broken.has(date) };
    const read = await readDay({ symbol, date }, listing, effects);
    if ('detail' in read) leftOut.push({ symbol, date, detail: read.detail });
    else
      days.push(
        await writeScores({ symbol, date }, { read, before: before.day }, request, effects),
      );
    before = { key: keyOf({ symbol, date }), day: 'detail' in read ? undefined : read };
    request.onDone((done += 1), asked.length);
  }
  return {
    schema_version: SCHEMA_VERSION,
    out: effects.out.root,
    into: effects.into.root,
    from: first,
    to: last,
    good: days.some(({ counts }) => counts.ok > 0) && leftOut.length === 0,
    days,
    left_out: leftOut,
  };
}

/** Those that were named, and those of which something is published. */
function symbolsOf(
  { symbols }: PublishedSearch,
  days: readonly PublishedDay<unknown>[],
  first: UtcDate,
): readonly SymbolName[] {
  const named = symbols === 'all' || isPatterns(symbols) ? [] : symbols;
  const found = days.filter(({ date }) => date >= first).map(({ symbol }) => symbol);
  return [...new Set<SymbolName>([...named, ...found])].toSorted(compareNames);
}

function keyOf({ symbol, date }: Pick<PublishedDay<unknown>, 'symbol' | 'date'>): string {
  return `${symbol} ${date}`;
}

/** A day that cannot be read lends nothing. */
async function nearDay(
  day: SymbolDay,
  entries: ReadonlyMap<string, DayEntry>,
  effects: ScoreEffects,
): Promise<{ readonly key: string; readonly day: DayToScore | undefined }> {
  const listing = { entry: entries.get(keyOf(day)), isUnreadable: false };
  const read = await readDay(day, listing, effects);
  return { key: keyOf(day), day: 'detail' in read ? undefined : read };
}

async function readDay(
  day: SymbolDay,
  listing: Listing,
  effects: ScoreEffects,
): Promise<DayToScore | { readonly detail: string }> {
  const read = await readUsableDay(day, listing, effects);
  if ('state' in read) return read;
  const { seconds, files } = read;
  return { minutes: minutesOf(seconds), prices: pricesOf(seconds), files };
}

interface NearDays {
  readonly read: DayToScore;
  readonly before: DayToScore | undefined;
}

/** The file first: what stands beside it says that it is whole. */
async function writeScores(
  { symbol, date }: SymbolDay,
  { read, before }: NearDays,
  { model, keepUnproven, codeVersion }: ScoreRequest,
  { codec, tables, into }: ScoreEffects,
): Promise<DayScoresDocument> {
  const features = dayFeatures(before?.minutes, read.minutes);
  const unseen = unseenMinutes(date, { read, before }, keepUnproven);
  const scores = dayScores(model, { features, unseen });
  const bytes = tables.write(SCORE_HEADER, scoreRows(scores, date));
  const name = `${symbol}/${date}_1m_scores`;
  const file = { name: `${name}.csv`, bytes: bytes.length, sha256: codec.sha256(bytes) };
  const document: DayScoresDocument = {
    schema_version: SCHEMA_VERSION,
    kind: 'day_scores',
    code_version: codeVersion,
    symbol,
    date,
    keep_unproven: keepUnproven,
    model: model.said,
    counts: countScores(scores),
    null_features: model.forest.features.flatMap((feature) => {
      const minutes = scores.nulls.get(feature);
      return minutes === undefined ? [] : [{ feature, minutes }];
    }),
    inputs: [...(before?.files ?? []), ...read.files].map((input) => ({
      name: input.name,
      sha256: input.sha256,
    })),
    file,
  };
  await into.write(file.name, bytes, 'anything');
  await into.write(`${name}.json`, codec.encode(storedJson(document)), 'anything');
  return document;
}

/** Why the look-back of each minute is not whole. Before the days that can be read there is nothing. */
function unseenMinutes(
  date: UtcDate,
  { read, before }: NearDays,
  keepUnproven: boolean,
): readonly ('warming_up' | 'gap_before' | undefined)[] {
  const { fromMs, toMs } = dayRange(date);
  const options = { lookBackMinutes: LOOK_BACK_MINUTES, keepUnproven };
  const range = { fromMs: fromMs - LOOK_BACK_MINUTES * MINUTE_MS, toMs };
  const data = { fromMs: before === undefined ? fromMs : range.fromMs, toMs };
  const parts = before === undefined ? [read.prices] : [before.prices, read.prices];
  const prices = joinPrices(parts, range, data);
  return Array.from({ length: DAY_MINUTES }, (_, minute) => {
    const decisionMs = fromMs + (minute + 1) * MINUTE_MS;
    return lookBackReason(prices, (decisionMs - range.fromMs) / SECOND_MS, options);
  });
}
