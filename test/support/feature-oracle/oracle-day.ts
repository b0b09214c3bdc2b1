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
  const [bars, signals] = [tableOf(bars1s), tableOf(signals1s)];
  const columns = new Map<string, readonly number[]>();
  const column = (name: string): readonly number[] => {
    const table = bars.header.includes(name) ? bars : signals;
    const at = table.header.indexOf(name);
    if (at < 0) throw new RangeError(`no column ${name}`);
    const numbers =
      columns.get(name) ??
      table.rows.map((cells) => (cells[at] === '' ? Number.NaN : Number(cells[at])));
    columns.set(name, numbers);
    return numbers;
  };
  return {
    streams,
    column,
    knownSeconds: inMinutes(knownSeconds(column, streams)),
    events: tableOf(patterns).rows.map(([confirmed = '', pattern = '', direction = '']) => ({
      pattern,
      direction,
      second: secondOf(confirmed, bars.rows[0]?.[0] ?? ''),
    })),
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

function tableOf(csv: string): { header: string[]; rows: string[][] } {
  const [header = '', ...lines] = csv.trimEnd().split('\n');
  return { header: header.split(','), rows: lines.map((line) => line.split(',')) };
}
