/** Why a bar is filled: which streams were silent in it, what proves that, and which reason wins. */
import type { QualityReport } from '../stored/quality-report.js';
import { isoStampMs } from '../unit/utc-date.js';
import { counted } from '../unit/words.js';
import type { BarTrace, Quote } from '../trace/bar-trace.js';
import { type BarContext, missingTime } from './context.js';
import type { RowPlace, RowPlaces } from '../trace/row-places.js';
import type { KeptTrade } from '../trace/rows.js';
import { fillReason } from './signal-cells.js';

export interface SilenceFacts {
  readonly trace: BarTrace;
  readonly context: BarContext;
  readonly report: Pick<QualityReport, 'trade_ids'>;
  readonly places: RowPlaces;
  /** Ids between two that no row read has. */
  readonly missingBetween: (idBefore: number, idAfter: number) => number;
  /** The minutes that were read, in words. */
  readonly read: string;
  /** Chunk minutes of the bar without an object, in words. */
  readonly absentChunks: readonly string[];
}

/** Sentences without a full stop, from what was silent to the reason that wins. */
export function silenceOf(facts: SilenceFacts): string[] {
  const { trace, context, absentChunks } = facts;
  const { book } = trace.facts;
  const reason = fillReason(0, context);
  return [
    ...tradesSilent(facts),
    ...(context.streams === 'trades' ? [] : [depthWords(book.count, facts)]),
    ...absentChunks.map((chunk) => `no object: ${chunk}`),
    ...outageWords(context),
    `fill_reason ${reason.value ?? 'unproven or quiet'}: ${reason.how}`,
  ];
}

function tradesSilent(facts: SilenceFacts): string[] {
  const { tradeBefore: before, tradeAfter: after } = facts.trace;
  const { read } = facts;
  return [
    `trades were silent: last one before ${rowWords(before, facts) ?? `none in ${read}`}; first one after ${rowWords(after, facts) ?? `none in ${read}`}`,
    idWords(before, after, facts),
  ];
}

function rowWords(
  row: KeptTrade | Quote | undefined,
  { places }: SilenceFacts,
): string | undefined {
  if (row === undefined) return undefined;
  const id = 'id' in row && row.id !== '' ? `, trade_id ${row.id}` : '';
  return `${isoStampMs(row.timeMs)}${id}, ${placeWords(places.placeOf(row))}`;
}

export function placeWords({ object, line }: RowPlace): string {
  return `${object} line ${line}`;
}

function idWords(
  before: KeptTrade | undefined,
  after: KeptTrade | undefined,
  { missingBetween, report, context }: SilenceFacts,
): string {
  if (before === undefined || after === undefined) {
    const { fromMs, toMs } = context.bar;
    const gap = report.trade_ids.gaps.find(
      ({ from, to }) => Date.parse(from) < toMs && Date.parse(to) > fromMs,
    );
    return gap === undefined
      ? 'trade ids say nothing: the chunks read do not hold both ends of the silence'
      : `trade ids: the report misses ${gap.missing} after ${gap.after_id}, from ${gap.from} to ${gap.to}`;
  }
  const [one, two] = [before.idNumber, after.idNumber];
  if (Number.isNaN(one) || Number.isNaN(two)) return 'trade ids prove nothing: a row has none';
  if (two === one + 1) {
    return `trade ids prove it: ${one} and ${two} are consecutive, so nothing was traded in between`;
  }
  if (two < one) return `trade ids prove nothing: ${two} comes after ${one}`;
  const missing = missingBetween(one, two);
  return missing === 0
    ? `trade ids prove it: those between ${one} and ${two} are all in rows that are not used`
    : `trade ids: ${missing} between ${one} and ${two} are in no row read, so something was traded and is not here`;
}

function depthWords(count: number, facts: SilenceFacts): string {
  const { quotes } = facts.trace;
  const { fromMs, toMs } = facts.context.bar;
  const inside = quotes.filter(({ timeMs }) => timeMs >= fromMs && timeMs < toMs);
  if (count > 0) {
    const [first, last] = [inside[0], inside.at(-1)];
    const span = [first, last].map((quote) => rowWords(quote, facts) ?? 'a late one').join(' to ');
    return `the feed was alive: ${counted(count, 'usable snapshot')} in the bar, ${span}`;
  }
  const before = quotes.findLast(({ timeMs }) => timeMs < fromMs);
  const after = quotes.find(({ timeMs }) => timeMs >= toMs);
  const { read } = facts;
  return `snapshots were silent as well: last one before ${rowWords(before, facts) ?? `none in ${read}`}; first one after ${rowWords(after, facts) ?? `none in ${read}`}`;
}

function outageWords(context: BarContext): string[] {
  return missingTime(context).outages.map(
    ({ kind, fromMs, toMs }) =>
      `the report has an outage ${kind} from ${isoStampMs(fromMs)} to ${isoStampMs(toMs)}`,
  );
}
