/** Why a bar has no trade or no quote: which streams were silent in it, what proves that, and which reason wins. */
import { causeOf } from '../evidence/outages.js';
import { outageName } from '../stored/outage-name.js';
import type { QualityReport } from '../stored/quality-report.js';
import { isoStampMs } from '../unit/utc-date.js';
import { counted } from '../unit/words.js';
import type { StreamName } from '../rule/symbol-day.js';
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
  /** How far from the bar it was looked, in words: `within 60 minutes`. */
  readonly within: string;
  /** The chunks of each stream that were looked at, in words. */
  readonly read: Readonly<Record<StreamName, string>>;
  /** Objects of the report beside the bar that are there no more. */
  readonly gone: readonly { readonly name: string }[];
  /** Chunk minutes of the bar without an object, in words. */
  readonly absentChunks: readonly string[];
}

/**
 * Sentences without a full stop, from what was silent to the reason that wins; none for a bar with a row of each
 * recorded stream.
 */
export function silenceOf(facts: SilenceFacts): string[] {
  const { trace, context, absentChunks } = facts;
  const { trades, book } = trace.facts;
  const lacksBook = context.streams === 'both' && book.count === 0;
  if (trades.count > 0 && !lacksBook) return [];
  const proof = [...absentChunks.map((chunk) => `no object: ${chunk}`), ...outageWords(context)];
  if (trades.count > 0) return [depthSilent(facts, ''), tradesAlive(facts), ...proof];
  const reason = fillReason(0, context);
  return [
    ...tradesSilent(facts),
    ...(context.streams === 'trades' ? [] : [depthWords(book.count, facts)]),
    ...proof,
    `fill_reason ${reason.value ?? 'unproven or quiet'}: ${reason.how}`,
  ];
}

function tradesSilent(facts: SilenceFacts): string[] {
  const { tradeBefore: before, tradeAfter: after } = facts.trace;
  return [
    `trades were silent: ${besideWords({ before, after, what: 'trade', stream: 'trades' }, facts)}`,
    ...idWords(before, after, facts),
  ];
}

function tradesAlive(facts: SilenceFacts): string {
  const { trades, facts: found } = facts.trace;
  const rows = trades.all();
  const span = spanWords(rows.at(0)?.row, rows.at(-1)?.row, facts);
  return `the feed of trades was alive: ${counted(found.trades.count, 'trade')} in the bar, ${span}`;
}

function spanWords(
  first: KeptTrade | Quote | undefined,
  last: KeptTrade | Quote | undefined,
  facts: SilenceFacts,
): string {
  return [first, last].map((row) => rowWords(row, facts) ?? 'a late one').join(' to ');
}

interface Beside {
  readonly before: KeptTrade | Quote | undefined;
  readonly after: KeptTrade | Quote | undefined;
  readonly what: 'trade' | 'usable snapshot';
  readonly stream: StreamName;
}

/** The rows on both sides of the bar; where there is none, how far it was looked and in what. */
function besideWords({ before, after, what, stream }: Beside, facts: SilenceFacts): string {
  const { within, read } = facts;
  const looked = `(looked at: ${read[stream]})`;
  const [one, two] = [rowWords(before, facts), rowWords(after, facts)];
  if (one === undefined && two === undefined) {
    return `no ${what} ${within} on either side ${looked}`;
  }
  return [
    one === undefined ? `no ${what} ${within} before the bar ${looked}` : `last one before ${one}`,
    two === undefined ? `no ${what} ${within} after the bar ${looked}` : `first one after ${two}`,
  ].join('; ');
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
  { missingBetween, report, context, gone }: SilenceFacts,
): string[] {
  if (before === undefined || after === undefined) {
    const { fromMs, toMs } = context.bar;
    const gap = report.trade_ids.gaps.find(
      ({ from, to }) => Date.parse(from) < toMs && Date.parse(to) > fromMs,
    );
    if (gap !== undefined) {
      return [
        `trade ids: the report misses ${gap.missing} after ${gap.after_id}, from ${gap.from} to ${gap.to}`,
      ];
    }
    if (before === undefined && after === undefined) return [];
    return ['trade ids say nothing: the chunks read do not hold both ends of the silence'];
  }
  return [idsBetween(before, after, { missingBetween, gone })];
}

function idsBetween(
  before: KeptTrade,
  after: KeptTrade,
  { missingBetween, gone }: Pick<SilenceFacts, 'missingBetween' | 'gone'>,
): string {
  const [one, two] = [before.idNumber, after.idNumber];
  if (Number.isNaN(one) || Number.isNaN(two)) return 'trade ids prove nothing: a row has none';
  if (two === one + 1) {
    return `trade ids prove it: ${one} and ${two} are consecutive, so nothing was traded in between`;
  }
  if (two < one) return `trade ids prove nothing: ${two} comes after ${one}`;
  const missing = missingBetween(one, two);
  const [lost] = gone;
  if (missing > 0 && lost !== undefined) {
    return `trade ids prove nothing: ${missing} between ${one} and ${two} are in no row read, and ${lost.name}, which the report lists, is gone`;
  }
  return missing === 0
    ? `trade ids prove it: those between ${one} and ${two} are all in rows that are not used`
    : `trade ids: ${missing} between ${one} and ${two} are in no row read, so something was traded and is not here`;
}

function depthWords(count: number, facts: SilenceFacts): string {
  if (count === 0) return depthSilent(facts, ' as well');
  const { fromMs, toMs } = facts.context.bar;
  const inside = facts.trace.quotes.filter(({ timeMs }) => timeMs >= fromMs && timeMs < toMs);
  const span = spanWords(inside.at(0), inside.at(-1), facts);
  return `the feed was alive: ${counted(count, 'usable snapshot')} in the bar, ${span}`;
}

function depthSilent(facts: SilenceFacts, also: string): string {
  const { quotes } = facts.trace;
  const before = quotes.findLast(({ timeMs }) => timeMs < facts.context.bar.fromMs);
  const after = quotes.find(({ timeMs }) => timeMs >= facts.context.bar.toMs);
  const beside = { before, after, what: 'usable snapshot', stream: 'depth' } as const;
  return `snapshots were silent${also}: ${besideWords(beside, facts)}`;
}

function outageWords(context: BarContext): string[] {
  return missingTime(context).outages.map(
    (outage) =>
      `the report has an outage ${outageName(outage.kind, causeOf(outage))} from ${isoStampMs(outage.fromMs)} to ${isoStampMs(outage.toMs)}`,
  );
}
