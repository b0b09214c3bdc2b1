/** What `flowbars inspect` shows of a Parquet file. */
import type { TypedInspection } from '../../core/inspect/inspection.js';
import { isDictionary, readJson } from '../../core/unit/json.js';
import { formatCount, formatCounted } from '../screen/figures.js';
import type { Fact } from '../screen/page.js';
import { eventFacts } from './pattern-facts.js';
import { reasonFacts } from './reason-facts.js';

/** Said in the first line. */
const SAID = ['kind', 'resolution', 'symbol'];
/** Digits of a sum of doubles that are worth a look. */
const SUM_DIGITS = 12;

/** `1s bars of BTCUSDT as parquet`. */
export function typedWords({ metadata }: TypedInspection): string {
  const { kind = 'rows', resolution, symbol = 'unknown' } = metadata;
  const kinds = kind.replaceAll(',', ' and ');
  const words = resolution === undefined ? kinds : `${resolution} ${kinds}`;
  return `${words} of ${symbol} as parquet`;
}

export function typedFacts(inspection: TypedInspection): Fact[] {
  const { metadata, rows, row_groups: groups, columns } = inspection;
  const width = Math.max(0, ...columns.map(({ name }) => name.length));
  return [
    ...Object.entries(metadata)
      .filter(([key]) => !SAID.includes(key))
      .map(([key, value]): Fact => ({ label: key.replaceAll('_', ' '), value: wordsOf(value) })),
    { label: 'rows', value: `${formatCount(rows)} in ${formatCounted(groups, 'row group')}` },
    ...figureFacts(inspection),
    { label: 'not checked', value: 'cells; inspect checks those of the csv files' },
    {
      label: 'columns',
      value: columns.map(({ name, type, unit }) => `${name.padEnd(width)}  ${type}, ${unit}`),
      indentCells: width + 2,
    },
  ];
}

function figureFacts({ first, last, rows, bars, signals, events }: TypedInspection): Fact[] {
  const stamps = events === null ? 'stamps of the first and last row' : 'when confirmed';
  const time = first === null || last === null ? 'none' : `${first} to ${last}, ${stamps}`;
  return [
    { label: 'time', value: time },
    ...(bars === null ? [] : barFacts(bars)),
    ...(signals === null ? [] : reasonFacts(signals, rows)),
    ...(events === null ? [] : eventFacts(events)),
  ];
}

function barFacts({
  bars_with_trades: traded,
  trades,
  volume,
  price,
}: Exclude<TypedInspection['bars'], null>): Fact[] {
  return [
    {
      label: 'with trades',
      value: `${formatCounted(traded, 'bar')}, ${formatCounted(trades, 'trade')}`,
    },
    { label: 'volume', value: `${Number(volume.toPrecision(SUM_DIGITS))}, a sum of doubles` },
    { label: 'price', value: price === null ? 'none' : `${price.low} to ${price.high}, doubles` },
  ];
}

/** Lists and objects as words: `2025-12-19 unpublished, 2025-12-22 damaged`. */
function wordsOf(text: string): string {
  if (!/^[[{]/u.test(text)) return text;
  const value = readJson(text);
  if (isDictionary(value)) {
    const parts = Object.entries(value).map(([key, one]) => `${key} ${plainWords(one)}`);
    return parts.length === 0 ? 'none' : parts.join(', ');
  }
  if (!Array.isArray(value)) return text;
  return value.length === 0 ? 'none' : value.map(plainWords).join(', ');
}

function plainWords(value: unknown): string {
  if (isDictionary(value)) return Object.values(value).map(plainWords).join(' ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
