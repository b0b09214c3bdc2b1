/**
 * The oracle's reading of a day's 1s bars and 1s signals as they are written: columns of exact numbers,
 * one a second, and what is known of each second.
 */

/** The text of the two files, and what the patterns need to know besides. */
export interface CellFiles {
  bars1s: string;
  signals1s: string;
  streams: 'both' | 'trades';
  /** The UTC day, `2025-12-11`. */
  date: string;
}

/** A cell at 18 decimals; undefined where it is empty. */
export type Cell = bigint | undefined;

export interface DayCells {
  /** Seconds of the day; a text of fewer rows is a day that ends early. */
  rows: number;
  dayStartMs: number;
  bar: (column: string) => Cell[];
  signal: (column: string) => Cell[];
  /** Twice the mid, or twice the close where no depth is recorded. */
  reference: Cell[];
  isKnown: boolean[];
}

/** Of the rows before one that has no quotes, how far back its reference price may lie. */
const quoteReachRows = 5;

export function dayCells({ bars1s, signals1s, streams, date }: CellFiles): DayCells {
  const bar = columnsOf(bars1s);
  const signal = columnsOf(signals1s);
  const rows = bar('timestamp').length;
  if (signal('timestamp').length !== rows) throw new RangeError('bars and signals differ in rows');
  const [barNumbers, signalNumbers] = [numbersOf(bar), numbersOf(signal)];
  const reference =
    streams === 'trades'
      ? barNumbers('close').map((close) => (close === undefined ? undefined : 2n * close))
      : quotedReference(signalNumbers('bid_close'), signalNumbers('ask_close'));
  const tradesMissing = signal('trades_missing_ms');
  const depthMissing = signal('depth_missing_ms');
  const isKnown = reference.map(
    (price, row) =>
      price !== undefined &&
      tradesMissing[row] === '0' &&
      (depthMissing[row] === '0' || (streams === 'trades' && depthMissing[row] === '')),
  );
  return {
    rows,
    dayStartMs: Date.parse(`${date}T00:00:00.000Z`),
    bar: barNumbers,
    signal: signalNumbers,
    reference,
    isKnown,
  };
}

/** Best bid + best ask of a row, or of the nearest of the five rows before it that has them. */
function quotedReference(bids: Cell[], asks: Cell[]): Cell[] {
  return bids.map((_, row) => {
    for (let back = 0; back <= quoteReachRows; back += 1) {
      const [bid, ask] = [bids[row - back], asks[row - back]];
      if (bid !== undefined && ask !== undefined) return bid + ask;
    }
    return undefined;
  });
}

function columnsOf(csv: string): (name: string) => string[] {
  const [header = '', ...lines] = csv.trimEnd().split('\n');
  const names = header.split(',');
  const rows = lines.map((line) => line.split(','));
  return (name) => {
    const index = names.indexOf(name);
    if (index === -1) throw new RangeError(`no column ${name}`);
    return rows.map((cells) => {
      const cell = cells[index];
      if (cell === undefined) throw new RangeError(`a row without ${name}`);
      return cell;
    });
  };
}

/** The same columns as numbers, each read once. */
function numbersOf(texts: (name: string) => string[]): (name: string) => Cell[] {
  const read = new Map<string, Cell[]>();
  return (name) => {
    const cells = read.get(name) ?? texts(name).map(cellOf);
    read.set(name, cells);
    return cells;
  };
}

/** Of any length before the point, up to 18 digits after it. */
function cellOf(text: string): Cell {
  if (text === '') return undefined;
  const match = /^(-?)([0-9]+)(?:\.([0-9]{1,18}))?$/.exec(text);
  if (match === null) throw new RangeError(`no plain number: '${text}'`);
  const [, minus, integer = '', fraction = ''] = match;
  const magnitude = BigInt(integer + fraction.padEnd(18, '0'));
  return minus === '-' ? -magnitude : magnitude;
}
