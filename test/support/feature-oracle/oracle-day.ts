/** The oracle's reading of a symbol-day's files for features: cells as numbers, known seconds, and events by their texts. */

export interface OracleTexts {
  readonly bars1s: string;
  readonly signals1s: string;
  readonly patterns: string;
  readonly streams: 'both' | 'trades';
}

export interface OracleEvent {
  readonly pattern: string;
  readonly direction: string;
  /** Seconds from 00:00 to `confirmed`. */
  readonly second: number;
}

export interface OracleDay {
  readonly streams: 'both' | 'trades';
  /** By second; NaN: an empty cell. */
  readonly column: (name: string) => readonly number[];
  /** By minute: how many of its seconds are known. */
  readonly knownSeconds: readonly number[];
  readonly events: readonly OracleEvent[];
}

export function oracleDay({ bars1s, signals1s, patterns, streams }: OracleTexts): OracleDay {
  const columns = new Map([...columnsOf(signals1s), ...columnsOf(bars1s)]);
  const column = (name: string): readonly number[] => {
    const numbers = columns.get(name);
    if (numbers === undefined) throw new RangeError(`no column ${name}`);
    return numbers;
  };
  const dayStart = bars1s.split('\n', 2)[1]?.split(',')[0] ?? '';
  const [, ...events] = patterns.trimEnd().split('\n');
  return {
    streams,
    column,
    knownSeconds: inMinutes(knownSeconds(column, streams)),
    events: events.map((line) => {
      const [confirmed = '', pattern = '', direction = ''] = line.split(',');
      return { pattern, direction, second: secondOf(confirmed, dayStart) };
    }),
  };
}

function secondOf(confirmed: string, dayStart: string): number {
  return (Date.parse(confirmed) - Date.parse(dayStart)) / 1_000;
}

/** SIGNALS.md section 4. */
function knownSeconds(column: OracleDay['column'], streams: OracleDay['streams']): boolean[] {
  const [bids, asks, closes] = [column('bid_close'), column('ask_close'), column('close')];
  const [trades, depth] = [column('trades_missing_ms'), column('depth_missing_ms')];
  const price = bids.map((bid, row) =>
    streams === 'trades' ? (closes[row] ?? Number.NaN) : bid + (asks[row] ?? Number.NaN),
  );
  return price.map((_, row) => {
    const near = price.slice(Math.max(0, row - 5), row + 1);
    const hasDepth = depth[row] === 0 || (streams === 'trades' && Number.isNaN(depth[row]));
    return trades[row] === 0 && hasDepth && near.some((one) => !Number.isNaN(one));
  });
}

function inMinutes(isKnown: readonly boolean[]): number[] {
  return Array.from(
    { length: 1_440 },
    (_, minute) => isKnown.slice(minute * 60, minute * 60 + 60).filter(Boolean).length,
  );
}

/** By name; what is no number is NaN. */
function columnsOf(csv: string): Map<string, number[]> {
  const [header = '', ...lines] = csv.trimEnd().split('\n');
  const names = header.split(',');
  const columns = names.map(() => Array.from({ length: lines.length }, () => Number.NaN));
  for (const [row, line] of lines.entries()) {
    for (const [at, cell] of line.split(',').entries()) {
      const column = columns[at];
      if (column !== undefined) column[row] = cell === '' ? Number.NaN : Number(cell);
    }
  }
  return new Map(names.map((name, at) => [name, columns[at] ?? []]));
}
