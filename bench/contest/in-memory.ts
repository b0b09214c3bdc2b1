/**
 * One contestant of what happens in memory: `node in-memory.ts WORK CHUNK…`. It reads the chunks, warms up,
 * and prints the seconds and CPU-seconds of its median round as JSON.
 */
import { readFileSync } from 'node:fs';
import { BarFold } from '../../src/core/bar/bar-fold.js';
import { BookFold } from '../../src/core/book/book-fold.js';
import { FoldFeed } from '../../src/core/fold/fold-feed.js';
import type { StreamName } from '../../src/core/rule/symbol-day.js';
import { DAY_MS, SECOND_MS } from '../../src/core/unit/utc-date.js';
import { decodedChunks, rowCounter } from '../decoded-rows.js';
import { median } from '../measure.js';
import { sumOfLevels } from '../peers/byte-loop.js';
import { decodeWithCsvParse } from '../peers/csv-parse-decode.js';
import type { RecordedChunk } from '../recording.js';
import type { InMemoryWork } from './memory-contestants.js';

const WARM_UP_ROUNDS = 8;
const ROUNDS = 9;

const [work = '', ...paths] = process.argv.slice(2);
const chunks: readonly RecordedChunk[] = paths.map((name) => ({ name, bytes: readFileSync(name) }));
const streamOf = ({ name }: RecordedChunk): StreamName =>
  name.includes('/trades/') ? 'trades' : 'depth';
const ofStream = (stream: StreamName): RecordedChunk[] =>
  chunks.filter((chunk) => streamOf(chunk) === stream);

const counting = (stream: StreamName): (() => number) => {
  const countRows = rowCounter(stream);
  const own = ofStream(stream);
  return () => countRows(own);
};

const WORKS: Readonly<Record<InMemoryWork, () => () => unknown>> = {
  'decode depth': () => counting('depth'),
  'decode trades': () => counting('trades'),
  'csv-parse depth': () => () =>
    ofStream('depth').map(({ bytes }) => decodeWithCsvParse('depth', bytes)),
  'csv-parse trades': () => () =>
    ofStream('trades').map(({ bytes }) => decodeWithCsvParse('trades', bytes)),
  'byte loop': () => () => ofStream('depth').map(({ bytes }) => sumOfLevels(bytes)),
  fold: () => {
    const rows = (['trades', 'depth'] as const).flatMap((stream) =>
      [...decodedChunks(stream, ofStream(stream))].flat(),
    );
    const firstMs = Math.max(...rows.map(({ timeMs }) => timeMs[0] ?? 0));
    const fromMs = firstMs - (firstMs % DAY_MS);
    const range = { fromMs, toMs: fromMs + DAY_MS };
    return () => {
      const feed = new FoldFeed([new BarFold(range, SECOND_MS), new BookFold(range, SECOND_MS)]);
      for (const part of rows) feed.push(part, fromMs);
      feed.finish();
    };
  },
};

const isWork = (name: string): name is InMemoryWork => Object.hasOwn(WORKS, name);
if (!isWork(work)) throw new Error(`no work '${work}'`);
const once = WORKS[work]();
for (let round = 0; round < WARM_UP_ROUNDS; round += 1) once();
const rounds = Array.from({ length: ROUNDS }, () => {
  const startedMs = performance.now();
  const startedCpu = process.cpuUsage();
  once();
  const { user, system } = process.cpuUsage(startedCpu);
  return { seconds: (performance.now() - startedMs) / 1_000, cpuSeconds: (user + system) / 1e6 };
});
const figures = {
  seconds: median(rounds.map(({ seconds }) => seconds)),
  cpuSeconds: median(rounds.map(({ cpuSeconds }) => cpuSeconds)),
};
console.log(JSON.stringify(figures));
