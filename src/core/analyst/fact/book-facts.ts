/** What the book showed: spread, depth and imbalance, as means over minutes. */
import { barsName, signalsName } from '../../stored/output-names.js';
import {
  type AmountE18,
  digitsText,
  exactText,
  fixedText,
  groupedText,
  ONE_E18,
  quotientText,
} from './amount.js';
import { amountsOf, largestOf, minuteStamp, minuteText, type TracedDay } from './analysed-day.js';
import { type Fact, type FactDraft, factsOf } from './fact.js';
import { BALANCE_SCALE, sizeOn, SPREAD_SCALE } from './size.js';

const BPS = 10_000n;
const MEAN_DECIMALS = 8;
const SHOWN_DIGITS = 4;

interface Mean {
  readonly sum: AmountE18;
  readonly minutes: bigint;
}

/** None where no book was recorded. */
export function bookFacts(day: TracedDay): Fact[] {
  return factsOf('book', [
    ...spreadFacts(day),
    ...depthFact(day, 'depth_bid', 'bid_qty_l20', 'on the bid side'),
    ...depthFact(day, 'depth_ask', 'ask_qty_l20', 'on the ask side'),
    ...imbalanceFact(day),
  ]);
}

function meanOf(day: TracedDay, column: string): Mean | undefined {
  const known = amountsOf(day, column)?.filter((amount) => amount !== undefined) ?? [];
  if (known.length === 0) return undefined;
  return { sum: known.reduce((sum, amount) => sum + amount, 0n), minutes: BigInt(known.length) };
}

function meanText({ sum, minutes }: Mean): string {
  return quotientText(sum, minutes * ONE_E18, MEAN_DECIMALS);
}

function spreadFacts(day: TracedDay): FactDraft[] {
  const [spreads, closes] = [amountsOf(day, 'avg_spread'), amountsOf(day, 'close')];
  const mean = meanOf(day, 'avg_spread');
  if (mean === undefined) return [];
  let [spreadSum, closeSum] = [0n, 0n];
  for (const [minute, spread] of spreads?.entries() ?? []) {
    const close = closes?.[minute];
    if (spread === undefined || close === undefined) continue;
    spreadSum += spread;
    closeSum += close;
  }
  const name = barsName(day, '1m');
  const drafts: FactDraft[] = [
    {
      id: 'book.spread',
      value: meanText(mean),
      unit: 'price',
      text: digitsText(mean.sum, mean.minutes * ONE_E18, SHOWN_DIGITS),
      source: `${name} avg_spread`,
      derivation: 'mean over the minutes that have it, half up to 8 decimals',
      trace: day.tracer.file(name),
    },
  ];
  if (closeSum > 0n) {
    const value = quotientText(spreadSum * BPS, closeSum, MEAN_DECIMALS);
    drafts.push({
      id: 'book.spread_bps',
      value,
      unit: 'bps',
      text: `${digitsText(spreadSum * BPS, closeSum, SHOWN_DIGITS)} bps`,
      ...sizeOn(SPREAD_SCALE, Number(value)),
      source: `${name} avg_spread, close`,
      derivation:
        'sum of avg_spread * 10,000 / sum of close over the minutes with both, half up to 8 decimals',
      trace: day.tracer.file(name),
    });
  }
  return [...drafts, ...widest(day)];
}

function widest(day: TracedDay): FactDraft[] {
  const found = largestOf(amountsOf(day, 'spread_max') ?? []);
  if (found === undefined) return [];
  const at = minuteStamp(day, found.minute);
  return [
    {
      id: 'book.spread_max',
      value: exactText(found.amount),
      unit: 'price',
      text: `${groupedText(found.amount)} at ${minuteText(found.minute)} UTC`,
      source: `${signalsName(day, '1m')} ${at} spread_max`,
      derivation: 'the first minute with the largest cell',
      trace: day.tracer.minute(at, 'spread_max'),
    },
  ];
}

function depthFact(day: TracedDay, id: string, column: string, side: string): FactDraft[] {
  const mean = meanOf(day, column);
  if (mean === undefined) return [];
  const name = signalsName(day, '1m');
  return [
    {
      id: `book.${id}`,
      value: meanText(mean),
      unit: 'quantity',
      text: `${digitsText(mean.sum, mean.minutes * ONE_E18, SHOWN_DIGITS)} ${side}`,
      source: `${name} ${column}`,
      derivation: 'mean over the minutes that have it, half up to 8 decimals',
      trace: day.tracer.file(name),
    },
  ];
}

function imbalanceFact(day: TracedDay): FactDraft[] {
  const mean = meanOf(day, 'imbalance_l20');
  if (mean === undefined) return [];
  const name = barsName(day, '1m');
  const text = fixedText(mean.sum, mean.minutes * ONE_E18, 3);
  const side = text === '0.500' ? 'even' : `leaning to the ${Number(text) > 0.5 ? 'bids' : 'asks'}`;
  return [
    {
      id: 'book.imbalance',
      value: meanText(mean),
      unit: 'share of the bids',
      text: `${text}, ${side}`,
      ...sizeOn(BALANCE_SCALE, Math.abs(Number(meanText(mean)) - 0.5)),
      source: `${name} imbalance_l20`,
      derivation: 'mean over the minutes that have it, half up to 8 decimals',
      trace: day.tracer.file(name),
    },
  ];
}
