/** What the aggressors did: volume, delta, taker orders and large ones. */
import { barsName, qualityName, signalsName } from '../../stored/output-names.js';
import {
  type AmountE18,
  amountE18,
  exactText,
  fixedText,
  groupedText,
  ONE_E18,
  quotientText,
} from './amount.js';
import {
  amountsOf,
  largestOf,
  minuteStamp,
  minuteText,
  sumOf,
  type TracedDay,
} from './analysed-day.js';
import { type Fact, type FactDraft, factsOf } from './fact.js';
import { LEAN_SCALE, sizeOn } from './size.js';

const HUNDRED = 100n;
const SHARE_DECIMALS = 6;

/** None without volume. */
export function flowFacts(day: TracedDay): Fact[] {
  const volume = sumOf(day, 'vol_total');
  if (volume === undefined || volume <= 0n) return [];
  return factsOf(
    'flow',
    [
      summed(day, 'volume', 'vol_total', 'quantity', (sum) => groupedText(sum)),
      summed(day, 'trades', 'trade_count', 'trades', (sum) => `${groupedText(sum)} trades`),
      ...deltaFacts(day, volume),
      summed(
        day,
        'taker_orders',
        'taker_orders',
        'orders',
        (sum) => `${groupedText(sum)} taker orders`,
      ),
      ...largeFacts(day, volume),
      ...extremes(day),
    ].flat(),
  );
}

function summed(
  day: TracedDay,
  id: string,
  column: string,
  unit: string,
  textOf: (sum: AmountE18) => string,
): FactDraft[] {
  const sum = sumOf(day, column);
  if (sum === undefined) return [];
  const name = fileOf(day, column);
  return [
    {
      id: `flow.${id}`,
      value: exactText(sum),
      unit,
      text: textOf(sum),
      source: `${name} ${column}`,
      derivation: 'sum of the column, exact',
      trace: day.tracer.file(name),
    },
  ];
}

function deltaFacts(day: TracedDay, volume: AmountE18): FactDraft[] {
  const [delta, bought] = [sumOf(day, 'vol_delta'), sumOf(day, 'vol_buy')];
  if (delta === undefined || bought === undefined) return [];
  const name = barsName(day, '1m');
  const traced = amountsOf(day, 'cvd') === undefined;
  const lean = Number(
    quotientText((delta < 0n ? -delta : delta) * HUNDRED, volume, SHARE_DECIMALS),
  );
  return [
    {
      id: 'flow.delta',
      value: exactText(delta),
      unit: 'quantity',
      text: netText(delta),
      ...sizeOn(LEAN_SCALE, lean),
      mandatory: true,
      source: `${name} vol_delta`,
      derivation: 'sum of the column, exact: the last cvd of the signals',
      trace: traced ? day.tracer.file(name) : day.tracer.minute(minuteStamp(day, 1_439), 'cvd'),
    },
    {
      id: 'flow.buy_share',
      value: quotientText(bought, volume, SHARE_DECIMALS),
      unit: 'share',
      text: `${fixedText(bought * HUNDRED, volume, 1)} % of it bought by takers`,
      source: `${name} vol_buy, vol_total`,
      derivation: 'quotient of the sums, half up to 6 decimals',
      trace: day.tracer.file(name),
    },
  ];
}

function largeFacts(day: TracedDay, volume: AmountE18): FactDraft[] {
  const [bought, sold] = [sumOf(day, 'large_buy'), sumOf(day, 'large_sell')];
  if (bought === undefined || sold === undefined) return [];
  const name = signalsName(day, '1m');
  const from = { source: `${name} large_buy, large_sell`, trace: day.tracer.file(name) };
  const limit = amountE18(day.report.options.large_order, 'large_order') ?? 0n;
  return [
    {
      id: 'flow.large_limit',
      value: day.report.options.large_order,
      unit: 'quote',
      text: `${groupedText(limit)} in quote value`,
      source: `${qualityName(day)} options large_order`,
      trace: day.tracer.file(qualityName(day)),
    },
    {
      id: 'flow.large_share',
      value: quotientText(bought + sold, volume, SHARE_DECIMALS),
      unit: 'share',
      text: `${fixedText((bought + sold) * HUNDRED, volume, 1)} %`,
      derivation: 'sum of both columns over the sum of vol_total, half up to 6 decimals',
      ...from,
    },
    {
      id: 'flow.large_delta',
      value: exactText(bought - sold),
      unit: 'quantity',
      text: netText(bought - sold),
      derivation: 'sum of large_buy - sum of large_sell, exact',
      ...from,
    },
  ];
}

function extremes(day: TracedDay): FactDraft[] {
  const busiest = largestOf(amountsOf(day, 'vol_total') ?? []);
  const order = largestOf(amountsOf(day, 'taker_order_max') ?? []);
  const drafts: FactDraft[] = [];
  if (busiest !== undefined && busiest.amount > 0n) {
    const at = minuteStamp(day, busiest.minute);
    drafts.push({
      id: 'flow.busiest_minute',
      value: exactText(busiest.amount),
      unit: 'quantity',
      text: `${minuteText(busiest.minute)} UTC with a volume of ${groupedText(busiest.amount)}`,
      source: `${barsName(day, '1m')} ${at} vol_total`,
      derivation: 'the first minute with the largest cell',
      trace: day.tracer.minute(at, 'vol_total'),
    });
  }
  if (order !== undefined && order.amount > 0n) {
    const at = minuteStamp(day, order.minute);
    drafts.push({
      id: 'flow.largest_order',
      value: exactText(order.amount),
      unit: 'quote',
      text: `${fixedText(order.amount, ONE_E18, 0)} in quote value at ${minuteText(order.minute)} UTC`,
      source: `${signalsName(day, '1m')} ${at} taker_order_max`,
      derivation: 'the first minute with the largest cell',
      trace: day.tracer.minute(at, 'taker_order_max'),
    });
  }
  return drafts;
}

/** `net buying of 12.3`: the direction is part of the printed text. */
function netText(delta: AmountE18): string {
  if (delta === 0n) return 'as much bought as sold';
  return `net ${delta > 0n ? 'buying' : 'selling'} of ${groupedText(delta < 0n ? -delta : delta)}`;
}

function fileOf(day: TracedDay, column: string): string {
  return column === 'taker_orders' ? signalsName(day, '1m') : barsName(day, '1m');
}
