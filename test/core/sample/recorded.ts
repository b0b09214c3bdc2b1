/** Reads sample chunks back with its own small reader, which accepts only the canonical shape. */
import { createHash } from 'node:crypto';
import { FAULT_KINDS } from '../../../src/core/sample/fault-plan.js';
import type { SampleChunk } from '../../../src/core/sample/stream-recorder.js';
import { recordSymbol } from '../../../src/core/sample/symbol-recording.js';
import type { SymbolSample } from '../../../src/core/sample/symbol-sample.js';
import type { SymbolSetup } from '../../../src/core/sample/symbol-setup.js';

export const MINUTE_MS = 60_000;
export const START_MS: number = Date.parse('2025-12-11T00:00:00Z');

export interface Recorded {
  readonly sample: SymbolSample;
  readonly chunks: readonly SampleChunk[];
}

export function setupOf(changes: Partial<SymbolSetup> = {}): SymbolSetup {
  return {
    symbol: 'BTCUSDT',
    startMs: START_MS,
    minutes: 10,
    seed: 1,
    depthLevels: 20,
    rate: 1,
    snapshotMs: 100,
    market: 'leaning',
    faults: FAULT_KINDS,
    episodes: [],
    tradeIds: true,
    gzip: false,
    ...changes,
  };
}

export function record(changes: Partial<SymbolSetup> = {}): Recorded {
  const recording = recordSymbol(setupOf(changes));
  const chunks: SampleChunk[] = [];
  for (;;) {
    const next = recording.next();
    if (next.done === true) return { sample: next.value, chunks };
    chunks.push(next.value);
  }
}

export interface TradeLine {
  readonly object: string;
  readonly line: number;
  readonly timeMs: number;
  readonly price: string;
  readonly quantity: string;
  readonly isBuyerMaker: boolean;
  readonly tradeId: number;
  readonly execType: string;
}

export interface DepthLine {
  readonly object: string;
  readonly timeMs: number;
  readonly bids: readonly (readonly [string, string])[];
  readonly asks: readonly (readonly [string, string])[];
}

const TRADE = /^(\d{13}),(\d+(?:\.\d+)?),(\d+(?:\.\d+)?),(true|false),(\d+),([A-Z_]+)$/;
const DEPTH = /^(\d{13}),"(\[(?:\[""[\d.]+"",""[\d.]+""\],?)+\])","(\[.*\])"$/;

/** Lines of a chunk after its header, which must be the given one. */
export function linesOf(chunk: SampleChunk, header: string): string[] {
  const lines = Buffer.from(chunk.bytes).toString('ascii').split('\n');
  if (lines.pop() !== '') throw new Error(`${chunk.name}: the last line is open`);
  if (lines.shift() !== header) throw new Error(`${chunk.name}: another header`);
  return lines;
}

/** Trades in the order of their chunks, and the places of malformed lines. */
export function tradesOf({ chunks }: Recorded): { trades: TradeLine[]; damaged: string[] } {
  const trades: TradeLine[] = [];
  const damaged: string[] = [];
  for (const chunk of chunks.filter(({ name }) => name.includes('/trades/'))) {
    const header = 'timestamp,price,quantity,is_buyer_maker,trade_id,exec_type';
    linesOf(chunk, header).forEach((text, index) => {
      const match = TRADE.exec(text);
      if (match === null) damaged.push(`${chunk.name}:${index + 2}`);
      else trades.push(tradeOf(chunk.name, index + 2, match));
    });
  }
  return { trades, damaged };
}

export function snapshotsOf({ chunks }: Recorded): { snapshots: DepthLine[]; damaged: string[] } {
  const snapshots: DepthLine[] = [];
  const damaged: string[] = [];
  for (const chunk of chunks.filter(({ name }) => name.includes('/depth/'))) {
    linesOf(chunk, 'timestamp,bids,asks').forEach((text, index) => {
      const [, time, bids, asks] = DEPTH.exec(text) ?? [];
      if (time === undefined) damaged.push(`${chunk.name}:${index + 2}`);
      else {
        snapshots.push({
          object: chunk.name,
          timeMs: Number(time),
          bids: levelsOf(bids),
          asks: levelsOf(asks),
        });
      }
    });
  }
  return { snapshots, damaged };
}

function tradeOf(object: string, line: number, match: RegExpExecArray): TradeLine {
  const [, time, price = '', quantity = '', isBuyerMaker, tradeId, execType = ''] = match;
  return {
    object,
    line,
    timeMs: Number(time),
    price,
    quantity,
    isBuyerMaker: isBuyerMaker === 'true',
    tradeId: Number(tradeId),
    execType,
  };
}

function levelsOf(cell = ''): (readonly [string, string])[] {
  return JSON.parse(cell.replaceAll('""', '"')) as [string, string][];
}

export function digestOf({ chunks }: Recorded): string {
  const hash = createHash('sha256');
  const inOrder = chunks.toSorted((one, other) => (one.name < other.name ? -1 : 1));
  for (const { name, bytes } of inOrder) hash.update(`${name}\n`).update(bytes);
  return hash.digest('hex');
}

export function contentOf(trade: TradeLine): string {
  const { timeMs, price, quantity, isBuyerMaker, execType } = trade;
  return [timeMs, price, quantity, isBuyerMaker, execType].join();
}

/** A price of two decimals. */
export function cents(level: readonly string[] | undefined): number {
  return Math.round(Number(level?.[0]) * 100);
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

export function medianOf(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[values.length >> 1] ?? Number.NaN;
}

export function isAscending(values: readonly number[], strictly = false): boolean {
  return values.every((value, index) => {
    const before = values[index - 1] ?? -Infinity;
    return strictly ? value > before : value >= before;
  });
}

/** Of the first with the second, which is `lag` places later. */
export function correlation(
  first: readonly number[],
  second: readonly number[],
  lag: number,
): number {
  const pairs = second
    .slice(lag)
    .map((after, index) => [first[index] ?? Number.NaN, after] as const);
  const [meanBefore, meanAfter] = [meanOf(pairs.map(([x]) => x)), meanOf(pairs.map(([, y]) => y))];
  const product = (of: (x: number, y: number) => number): number =>
    sum(pairs.map(([x, y]) => of(x - meanBefore, y - meanAfter)));
  const scale = product((x) => x * x) * product((_, y) => y * y);
  return product((x, y) => x * y) / Math.sqrt(scale);
}

export function meanOf(values: readonly number[]): number {
  return sum(values) / values.length;
}
