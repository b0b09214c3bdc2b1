/** Where the price began, ended and went, from the minutes with trades. */
import { barsName } from '../../stored/output-names.js';
import { type AmountE18, exactText, fixedText, groupedText, quotientText } from './amount.js';
import {
  amountsOf,
  type ExtremeMinute,
  largestOf,
  minuteStamp,
  minuteText,
  type TracedDay,
} from './analysed-day.js';
import { type Fact, type FactDraft, factsOf } from './fact.js';
import { MOVE_SCALE, sizeOn } from './size.js';

const BPS = 10_000n;
const MOVE_DECIMALS = 4;

interface Minute {
  readonly minute: number;
  readonly open: AmountE18;
  readonly high: AmountE18;
  readonly low: AmountE18;
  readonly close: AmountE18;
}

/** None without a trade. */
export function priceFacts(day: TracedDay): Fact[] {
  const minutes = tradedMinutes(day);
  const [first, last] = [minutes.at(0), minutes.at(-1)];
  if (first === undefined || last === undefined) return [];
  const name = barsName(day, '1m');
  const cell = (column: 'open' | 'high' | 'low' | 'close', { minute, amount }: ExtremeMinute) => ({
    id: `price.${column}`,
    value: exactText(amount),
    unit: 'price',
    text: groupedText(amount),
    source: `${name} ${minuteStamp(day, minute)} ${column}`,
    trace: day.tracer.minute(minuteStamp(day, minute), column),
  });
  const high = extreme(minutes, (one) => one.high);
  const low = extreme(minutes, (one) => -one.low);
  const lowest = { minute: low.minute, amount: -low.amount };
  const when = (id: string, column: string, { minute }: ExtremeMinute): FactDraft => ({
    id: `price.${id}`,
    value: minuteStamp(day, minute),
    unit: 'minute',
    text: `${minuteText(minute)} UTC`,
    source: `${name} timestamp`,
    derivation: `the first minute with that ${column}`,
    trace: day.tracer.minute(minuteStamp(day, minute), column),
  });
  return factsOf('price', [
    {
      ...cell('open', { minute: first.minute, amount: first.open }),
      derivation: 'the first minute with trades',
    },
    {
      ...cell('close', { minute: last.minute, amount: last.close }),
      derivation: 'the last minute with trades',
    },
    changeFact(day, first, last),
    { ...cell('high', high), derivation: 'largest of the minutes with trades' },
    when('high_time', 'high', high),
    { ...cell('low', lowest), derivation: 'smallest of the minutes with trades' },
    when('low_time', 'low', lowest),
    {
      id: 'price.range_bps',
      value: quotientText((high.amount - lowest.amount) * BPS, first.open, MOVE_DECIMALS),
      unit: 'bps',
      text: `${fixedText((high.amount - lowest.amount) * BPS, first.open, 1)} bps`,
      ...sizeOn(MOVE_SCALE, bpsNumber(high.amount - lowest.amount, first.open)),
      source: `${name} high, low, open`,
      derivation: '(high - low) * 10,000 / open of the day, half up to 4 decimals',
      trace: day.tracer.file(name),
    },
    largestMinute(day, minutes),
  ]);
}

function tradedMinutes(day: TracedDay): Minute[] {
  const counts = amountsOf(day, 'trade_count');
  const [opens, highs, lows, closes] = ['open', 'high', 'low', 'close'].map((name) =>
    amountsOf(day, name),
  );
  if (counts === undefined) return [];
  return counts.flatMap((count, minute) => {
    const [open, high, low, close] = [opens, highs, lows, closes].map((column) => column?.[minute]);
    const isPriced = open !== undefined && high !== undefined && low !== undefined;
    if (count === undefined || count === 0n || !isPriced || close === undefined) return [];
    return open > 0n ? [{ minute, open, high, low, close }] : [];
  });
}

function extreme(minutes: readonly Minute[], amountOf: (one: Minute) => AmountE18): ExtremeMinute {
  const found = largestOf(minutes.map(amountOf));
  return { minute: minutes[found?.minute ?? 0]?.minute ?? 0, amount: found?.amount ?? 0n };
}

function changeFact(day: TracedDay, first: Minute, last: Minute): FactDraft {
  const move = last.close - first.open;
  return {
    id: 'price.change_bps',
    value: quotientText(move * BPS, first.open, MOVE_DECIMALS),
    unit: 'bps',
    text: moveText(move, first.open),
    ...sizeOn(MOVE_SCALE, bpsNumber(move, first.open)),
    mandatory: true,
    source: `${barsName(day, '1m')} open, close`,
    derivation: '(close - open) * 10,000 / open of the day, half up to 4 decimals',
    trace: day.tracer.minute(minuteStamp(day, last.minute), 'close'),
  };
}

function largestMinute(day: TracedDay, minutes: readonly Minute[]): FactDraft {
  // Compared as whole quotients at 18 decimals: finer differences count as equal, and the first one wins.
  const { minute } = extreme(minutes, ({ open, close }) => {
    const move = ((close - open) * 10n ** 18n) / open;
    return move < 0n ? -move : move;
  });
  const found = minutes.find((one) => one.minute === minute);
  const { open, close } = found ?? { open: 1n, close: 1n };
  return {
    id: 'price.largest_minute',
    value: quotientText((close - open) * BPS, open, MOVE_DECIMALS),
    unit: 'bps',
    text: `${minuteText(minute)} UTC, when the price ${moveText(close - open, open)} from ${groupedText(open)} to ${groupedText(close)}`,
    ...sizeOn(MOVE_SCALE, bpsNumber(close - open, open)),
    source: `${barsName(day, '1m')} ${minuteStamp(day, minute)} open, close`,
    derivation:
      'largest absolute (close - open) * 10,000 / open of a minute, half up to 4 decimals',
    trace: day.tracer.minute(minuteStamp(day, minute)),
  };
}

/** `rose 12.3 bps`: the direction is part of the printed text. */
function moveText(move: AmountE18, open: AmountE18): string {
  if (move === 0n) return 'was unchanged';
  const size = fixedText((move < 0n ? -move : move) * BPS, open, 1);
  return `${move > 0n ? 'rose' : 'fell'} ${size === '0.0' ? 'less than 0.1' : size} bps`;
}

function bpsNumber(move: AmountE18, open: AmountE18): number {
  return Math.abs(Number(quotientText(move * BPS, open, MOVE_DECIMALS)));
}
