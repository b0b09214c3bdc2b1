/** Chunks to measure with: a sample recording in memory, without faults, at its full rate. */
import type { StreamName } from '../src/core/rule/symbol-day.js';
import { recordSymbol } from '../src/core/sample/symbol-recording.js';

export const START_MS: number = Date.parse('2025-12-20T12:00:00Z');

export interface RecordedChunk {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export function recordedChunks(minutes: number): Record<StreamName, RecordedChunk[]> {
  const chunks: Record<StreamName, RecordedChunk[]> = { trades: [], depth: [] };
  const recording = recordSymbol({
    symbol: 'BTCUSDT',
    startMs: START_MS,
    minutes,
    seed: 1,
    depthLevels: 20,
    rate: 1,
    snapshotMs: 100,
    faults: [],
    market: 'leaning',
    episodes: [],
    tradeIds: true,
    gzip: false,
  });
  for (const { name, bytes } of recording) {
    chunks[name.includes('/trades/') ? 'trades' : 'depth'].push({ name, bytes });
  }
  return chunks;
}

export function sizeBytes(chunks: readonly RecordedChunk[]): number {
  return chunks.reduce((sum, { bytes }) => sum + bytes.length, 0);
}
