/** The tiny recording on any day and of any symbol, put into a bucket as a recorder would. */
import type { FakeGcsServer } from '../gcs/fake-gcs-server.js';
import {
  chunkName,
  type Chunks,
  type Stream,
  TINY_DATE,
  TINY_MINUTES,
  tinyChunk,
} from '../e2e/tiny-recording.js';

const DAY_MINUTES = 1_440;
const DAY_MS = 86_400_000;

/** Two minutes of each symbol on each day. */
export function tinyDays(symbols: readonly string[], dates: readonly string[]): Chunks {
  const chunks: Chunks = new Map();
  for (const date of dates) {
    for (const [minute, clock] of TINY_MINUTES.entries()) {
      for (const stream of ['trades', 'depth'] as const) {
        const text = tinyDayChunk(stream, date, minute);
        for (const symbol of symbols) chunks.set(chunkName(stream, clock, symbol, date), text);
      }
    }
  }
  return chunks;
}

/** The chunk of one minute of a day, counted from 00:00. */
export function tinyDayChunk(stream: Stream, date: string, minute: number): string {
  const days = (Date.parse(date) - Date.parse(TINY_DATE)) / DAY_MS;
  return tinyChunk(stream, days * DAY_MINUTES + minute);
}

/** Stores the chunks below `prefix`, some at once. */
export async function putChunks(
  gcs: FakeGcsServer,
  bucket: string,
  prefix: string,
  chunks: Chunks,
): Promise<void> {
  const encoder = new TextEncoder();
  const queue = [...chunks];
  const putNext = async (): Promise<void> => {
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      const [name, content] = next;
      const bytes = typeof content === 'string' ? encoder.encode(content) : content;
      await gcs.putObject(bucket, `${prefix}/${name}`, bytes);
    }
  };
  await Promise.all(Array.from({ length: 8 }, putNext));
}
