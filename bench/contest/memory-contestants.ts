/** Decoding and folding some chunks in memory, each in a process of its own. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { isDictionary } from '../../src/core/unit/json.js';
import type { Contestant, Group, Peer, Round } from './contestant.js';
import type { DayRecording } from './day-recording.js';
import { measure } from './measured-process.js';
import { typescriptCommand } from './typescript-command.js';

export type InMemoryWork =
  | 'decode depth'
  | 'decode trades'
  | 'csv-parse depth'
  | 'csv-parse trades'
  | 'byte loop'
  | 'fold';

/** From the middle of the recording. Trades are small, so their chunks are more. */
const CHUNKS = { depth: 10, trades: 60 };

export function memoryContestants(recording: DayRecording): Contestant[] {
  const depth = middleChunks(recording, 'depth');
  const trades = middleChunks(recording, 'trades');
  return [
    contestant('decode depth', 'flowbars, exact', 'decode depth', depth),
    contestant('decode depth', 'csv-parse and JSON.parse', 'csv-parse depth', depth, 'csv-parse'),
    contestant('decode depth', 'byte loop (floor)', 'byte loop', depth, 'floor'),
    contestant('decode trades', 'flowbars, exact', 'decode trades', trades),
    contestant('decode trades', 'csv-parse', 'csv-parse trades', trades, 'csv-parse'),
    contestant('fold', 'flowbars, exact bars of 1s', 'fold', [
      ...trades.slice(0, CHUNKS.depth),
      ...depth,
    ]),
  ];
}

function contestant(
  group: Group,
  name: string,
  work: InMemoryWork,
  chunks: readonly string[],
  peer?: Peer,
): Contestant {
  const bytes = chunks.reduce((sum, path) => sum + statSync(path).size, 0);
  const run = async (): Promise<Round> => {
    const line = [...typescriptCommand(import.meta.dirname, 'in-memory.ts'), work, ...chunks];
    const { stdout, peakMegabytes } = await measure({ line });
    const printed: unknown = JSON.parse(stdout);
    if (!isDictionary(printed)) throw new Error(`${work}: found '${stdout}', expected an object`);
    const { seconds, cpuSeconds } = printed;
    return { seconds: Number(seconds), cpuSeconds: Number(cpuSeconds), peakMegabytes };
  };
  return { group, name, bytes, run, ...(peer === undefined ? {} : { peer }) };
}

/** The first chunk is left out: it holds rows from before the day. */
function middleChunks({ plain, chunks }: DayRecording, stream: 'trades' | 'depth'): string[] {
  const own = chunks.filter((path) => path.includes(`/${stream}/`)).slice(1);
  const start = Math.max(0, Math.floor((own.length - CHUNKS[stream]) / 2));
  return own.slice(start, start + CHUNKS[stream]).map((path) => join(plain, path));
}
