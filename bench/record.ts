/**
 * What `flowbars record` takes under load, and what it loses: a local exchange sends to a recorder that is killed at random moments and
 * cut off from the network, if asked for; then every event that was sent is looked for in the chunks.
 */
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Random } from '../src/core/unit/random.js';
import {
  type ExchangeProcess,
  startExchangeProcess,
} from '../test/support/exchange/exchange-process.js';
import { compareRecording } from '../test/support/record/compare-recording.js';
import { RecorderProcess } from '../test/support/record/recorder-process.js';
import { chunkNames, storedIds, storedLagsMs } from '../test/support/record/stored-rows.js';
import { benchOptions, wholeNumber } from './frame/bench-options.js';
import { ownedChild, temporaryFolder } from './frame/clean-end.js';

const SAMPLE_EVERY_MS = 500;
/** For what is on its way when the market ends. */
const SETTLE_MS = 3_000;

const options = benchOptions({
  symbols: wholeNumber('how many are recorded', 50),
  trades: wholeNumber('of each symbol in a second', 200),
  snapshots: wholeNumber('of each symbol in a second', 10),
  minutes: wholeNumber('how long', 10),
  kills: wholeNumber('kill -9 at so many random moments', 0, { least: 0 }),
  cuts: wholeNumber('network cuts at random moments', 0, { least: 0 }),
  'cut-seconds': wholeNumber('how long each cut is', 30),
  seed: wholeNumber('of the random moments', 1),
});

interface Moment {
  readonly atMs: number;
  readonly is: 'kill' | 'cut' | 'end';
}

const symbols = Array.from(
  { length: options.symbols },
  (_, index) => `S${String(index).padStart(3, '0')}USDT`,
);
const folder = temporaryFolder('record');
const exchange = await startExchangeProcess({
  market: {
    is: 'generated',
    symbols,
    tradesPerSecond: options.trades,
    snapshotsPerSecond: options.snapshots,
  },
  awaitStreams: 2 * symbols.length,
});
const usage = { cpuSeconds: 0, memoryBytesMax: 0 };
const startedMs = performance.now();
let recorder = startRecorder();
for (const moment of moments()) {
  await sampleUntil(startedMs + moment.atMs);
  if (moment.is === 'end') break;
  console.error(`${(moment.atMs / 1_000).toFixed(1)} s: ${moment.is}`);
  if (moment.is === 'cut') {
    await exchange.make({ is: 'network-cut', forMs: options['cut-seconds'] * 1_000 });
  } else {
    usage.cpuSeconds += recorder.usage().cpuSeconds;
    await recorder.kill();
    recorder = startRecorder();
  }
}
await exchange.make({ is: 'market-end' });
await setTimeout(SETTLE_MS);
const seconds = (performance.now() - startedMs) / 1_000;
usage.cpuSeconds += recorder.usage().cpuSeconds;
const exitCode = await recorder.stop();
await report(exchange);
await exchange.stop();

function startRecorder(): RecorderProcess {
  const args = ['--symbols', symbols.join(','), '--raw', 'raw', '--endpoint', exchange.endpoint];
  const started = new RecorderProcess(folder, args);
  ownedChild(started.child);
  return started;
}

function moments(): Moment[] {
  const random = new Random(`record ${options.seed}`);
  const lengthMs = options.minutes * 60_000;
  const at = (is: Moment['is'], count: number): Moment[] =>
    Array.from({ length: count }, () => ({ atMs: random.unit() * lengthMs, is }));
  const drawn = [...at('kill', options.kills), ...at('cut', options.cuts)];
  return [...drawn.toSorted((a, b) => a.atMs - b.atMs), { atMs: lengthMs, is: 'end' }];
}

async function sampleUntil(untilMs: number): Promise<void> {
  while (performance.now() < untilMs) {
    const { memoryBytes } = recorder.usage();
    usage.memoryBytesMax = Math.max(usage.memoryBytesMax, memoryBytes);
    await setTimeout(Math.max(0, Math.min(SAMPLE_EVERY_MS, untilMs - performance.now())));
  }
}

async function report(from: ExchangeProcess): Promise<void> {
  const raw = join(folder, 'raw');
  const { events } = await from.view();
  const compared = await compareRecording(from.ledger(), storedIds(raw));
  const lags = storedLagsMs(raw).toSorted((a, b) => a - b);
  const lag = (share: number): string =>
    `${(lags[Math.floor(share * (lags.length - 1))] ?? 0).toFixed(1)} ms`;
  const rows: readonly (readonly [string, string])[] = [
    ['exit code of the recorder', String(exitCode)],
    ['events in the market, trades twice (@trade, @aggTrade)', events.toLocaleString('en')],
    ['sent on some connection', compared.sent.toLocaleString('en')],
    ['stored', compared.stored.toLocaleString('en')],
    [
      'never delivered: tails of connections that ended',
      compared.neverDelivered.toLocaleString('en'),
    ],
    ['lost otherwise', String(compared.lost)],
    ['stored twice', String(compared.twice)],
    ['stored, never sent', String(compared.foreign)],
    ['chunks', chunkNames(raw).length.toLocaleString('en')],
    ['CPU of the recorder', `${((100 * usage.cpuSeconds) / seconds).toFixed(0)} % of a core`],
    ['its memory at most', `${(usage.memoryBytesMax / 1e6).toFixed(0)} MB`],
    ['from event time to arrival, median', lag(0.5)],
    ['… 99 %', lag(0.99)],
    ['… at most', lag(1)],
  ];
  const width = Math.max(...rows.map(([what]) => what.length));
  for (const [what, figure] of rows) console.log(`  ${what.padEnd(width)}  ${figure}`);
  if (compared.lost + compared.twice + compared.foreign > 0) process.exitCode = 1;
}
