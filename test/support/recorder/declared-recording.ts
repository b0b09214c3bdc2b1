/** A recording of trades alone, in chunks of an hour, with a minute of silence: what an importer of trades writes. */
import { tinyDayChunk } from '../cloud/tiny-days.js';

export const DECLARED_DATASET: Readonly<Record<string, unknown>> = {
  venue: 'binance',
  market: 'usdm',
  quantity_unit: 'base',
  streams: 'trades',
  sparse_trades: true,
  raw_layout: '{symbol}/{stream}/{date}/{hour}.csv',
};
/** The options that say the same. */
export const DECLARED_OPTIONS: Readonly<Record<string, string | true>> = {
  streams: 'trades',
  'sparse-trades': true,
  'raw-layout': '{symbol}/{stream}/{date}/{hour}.csv',
};

/** Chunks by name: two hours of the day, of whose second hour two minutes have rows. */
export function declaredChunks(symbol: string, date: string): Map<string, string> {
  const chunks = new Map<string, string>();
  for (const [hour, minutes] of [
    [0, [0, 1]],
    [1, [75, 77]],
  ] as const) {
    const texts = minutes.map((minute) => tinyDayChunk('trades', date, minute).split('\n'));
    const [header = ''] = texts[0] ?? [];
    const rows = texts.flatMap((lines) => lines.slice(1, -1));
    chunks.set(`${symbol}/trades/${date}/0${hour}.csv`, `${[header, ...rows].join('\n')}\n`);
  }
  return chunks;
}
