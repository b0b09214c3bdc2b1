/**
 * One minute of a market in the formats of docs/ELSEWHERE.md, and the sums of its bar. Prices count
 * tenths and quantities thousandths, so that the sums are integers and owe the program nothing.
 */
import { crc32 } from 'node:zlib';

export interface ElsewhereTrade {
  readonly id: number;
  /** Milliseconds since the start of the minute. */
  readonly atMs: number;
  readonly tenths: number;
  readonly thousandths: number;
  readonly isSell: boolean;
}

export const TRADES: readonly ElsewhereTrade[] = [
  { id: 7001, atMs: 150, tenths: 640_005, thousandths: 12, isSell: false },
  { id: 7002, atMs: 9_020, tenths: 640_011, thousandths: 1_250, isSell: true },
  { id: 7003, atMs: 21_500, tenths: 639_988, thousandths: 3, isSell: true },
  { id: 7004, atMs: 21_500, tenths: 639_988, thousandths: 3, isSell: false },
  { id: 7005, atMs: 44_007, tenths: 640_020, thousandths: 700, isSell: false },
  { id: 7006, atMs: 59_999, tenths: 640_002, thousandths: 41, isSell: true },
];
const LEVELS = 20;

export function price({ tenths }: { readonly tenths: number }): string {
  return (tenths / 10).toFixed(1);
}

export function quantity({ thousandths }: ElsewhereTrade): string {
  return (thousandths / 1_000).toFixed(3);
}

/** The row of the bar from `open` to `trade_count`, without vwap. */
export function barOf(trades: readonly ElsewhereTrade[]): Readonly<Record<string, number>> {
  const tenths = trades.map((trade) => trade.tenths);
  const sum = (rows: readonly ElsewhereTrade[]): number =>
    rows.reduce((total, { thousandths }) => total + thousandths, 0);
  const sold = sum(trades.filter(({ isSell }) => isSell));
  return {
    open: (tenths[0] ?? 0) / 10,
    high: Math.max(...tenths) / 10,
    low: Math.min(...tenths) / 10,
    close: (tenths.at(-1) ?? 0) / 10,
    vol_total: sum(trades) / 1_000,
    vol_buy: (sum(trades) - sold) / 1_000,
    vol_sell: sold / 1_000,
    vol_delta: (sum(trades) - 2 * sold) / 1_000,
    trade_count: trades.length,
  };
}

/** A side of a book with a spread of 0.1, whose asks hold three times what its bids do. */
export function levels(side: 'bids' | 'asks', count = LEVELS): [string, string][] {
  return Array.from({ length: count }, (_, level) =>
    side === 'bids'
      ? [price({ tenths: 640_000 - level }), '1.0']
      : [price({ tenths: 640_001 + level }), '3.0'],
  );
}

/** A field of CSV in quotes. */
export function quotedField(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

/** A zip archive of one stored file: as much of the format as unzip reads. */
export function zipOf(name: string, text: string): Uint8Array {
  const [file, content] = [Buffer.from(name), Buffer.from(text)];
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt32LE(crc32(content), 10);
  common.writeUInt32LE(content.length, 14);
  common.writeUInt32LE(content.length, 18);
  common.writeUInt16LE(file.length, 22);
  const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), common, file, content]);
  const central = Buffer.concat([
    Buffer.from('PK\u0001\u0002\u0014\u0000'),
    common,
    Buffer.alloc(14),
    file,
  ]);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}
