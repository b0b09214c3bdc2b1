/**
 * Measures the constants of src/core/cost/measured.ts that a machine without a cloud can, in CPU-seconds,
 * which other work on the machine changes least.
 */
import { join } from 'node:path';
import type { MeasuredName } from '../../src/core/cost/measured.js';
import { median } from '../measure.js';
import { bucketContestants, startBucket } from './bucket-contestants.js';
import { type Contestant, type Result, type Round, takeTurns } from './contestant.js';
import { DATE, dayRecording, SYMBOL } from './day-recording.js';
import {
  ALL_OUTPUTS,
  BARS,
  dayOptions,
  type Outputs,
  runFlowbars,
  SIGNALS,
} from './flowbars-commands.js';
import type { Arena } from './folder-contestants.js';
import { contestantOn, whyNot } from './vcpu-table.js';

/** A recording that is next to nothing: what is left is what every symbol-day takes. */
export const SMALL_MINUTES = 2;

/** What is measured, in words. */
const THINGS: Readonly<Record<string, string>> = {
  day: 'the recording on 1 CPU, some seconds',
  start: 'the start of the program',
  small: `${SMALL_MINUTES} minutes on 1 CPU`,
  smallRun: `a whole run of ${SMALL_MINUTES} minutes`,
  daySignals: 'the recording with signals',
  smallSignals: `${SMALL_MINUTES} minutes with signals`,
  dayAll: 'the recording with all outputs',
  runSignals: 'a whole run of the recording with signals',
  runAll: 'a whole run of the recording with all outputs',
  two: 'the recording on 2 CPUs, some seconds',
  bucket: 'the recording from a bucket, some seconds',
};

export type Today = Partial<Record<MeasuredName, number>>;

interface Figures {
  readonly seconds: number;
  readonly cpuSeconds: number;
}

/** Skips with a reason what needs a second CPU, taskset or the emulator of a bucket. */
export async function measureToday(arena: Arena, rounds: number): Promise<Today> {
  const { folder, say } = arena;
  const reason = whyNot(1);
  if (reason !== undefined) {
    say(`skipped: all: ${reason}`);
    return {};
  }
  const where = join(folder, 'small');
  const what = { minutes: SMALL_MINUTES, raw: undefined };
  const small: Arena = { ...arena, recording: await dayRecording(where, what) };
  const server = await startBucket(arena);
  try {
    const day = contestantOn(1, arena);
    const contestants: Record<string, Contestant> = {
      day,
      start: { ...day, run: async (): Promise<Round> => runFlowbars(['version']) },
      small: contestantOn(1, small),
      smallRun: { ...day, run: async (): Promise<Round> => runFlowbars(runOf(small, BARS)) },
      daySignals: contestantOn(1, arena, SIGNALS),
      smallSignals: contestantOn(1, small, SIGNALS),
      dayAll: contestantOn(1, arena, ALL_OUTPUTS),
      runSignals: { ...day, run: async (): Promise<Round> => runFlowbars(runOf(arena, SIGNALS)) },
      runAll: { ...day, run: async (): Promise<Round> => runFlowbars(runOf(arena, ALL_OUTPUTS)) },
    };
    if (whyNot(2) === undefined) contestants['two'] = contestantOn(2, arena);
    if (server !== undefined) {
      const [bucket] = bucketContestants(server, { ...arena, threads: 1 });
      if (bucket !== undefined) contestants['bucket'] = bucket;
    }
    const names = Object.keys(contestants);
    const announced = Object.entries(contestants).map(([name, contestant]) =>
      announcedOnce(contestant, `measuring ${THINGS[name] ?? name} …`, say),
    );
    const results = await takeTurns(announced, rounds, (round) => {
      say(`round ${round} of ${rounds} …`);
    });
    const figures = new Map(results.map((result, index) => [names[index] ?? '', middle(result)]));
    return constantsOf(figures, arena, small);
  } finally {
    await server?.stop();
  }
}

function announcedOnce(contestant: Contestant, line: string, say: Arena['say']): Contestant {
  let isAnnounced = false;
  const run = async (): Promise<Round> => {
    if (!isAnnounced) say(line);
    isAnnounced = true;
    return contestant.run();
  };
  return { ...contestant, run };
}

function constantsOf(figures: ReadonlyMap<string, Figures>, arena: Arena, small: Arena): Today {
  const of = (name: string): Figures | undefined => figures.get(name);
  const day = of('day');
  const little = of('small');
  const start = of('start');
  const run = of('smallRun');
  if (day === undefined || little === undefined || start === undefined || run === undefined)
    return {};
  const megabytes = (arena.recording.bytes - small.recording.bytes) / 1e6;
  const today: Today = {
    cpuPerMegabyte: (day.cpuSeconds - little.cpuSeconds) / megabytes,
    taskStart: start.cpuSeconds,
    symbolDay: little.cpuSeconds - start.cpuSeconds,
    // A run of one task has one more process than an aggregate; it plans, finalizes and summarizes.
    finalize: run.cpuSeconds - little.cpuSeconds - start.cpuSeconds,
    ...outputConstants(figures, megabytes),
  };
  const bucket = of('bucket');
  if (bucket !== undefined) {
    today.cpuPerObject = (bucket.cpuSeconds - day.cpuSeconds) / arena.recording.chunks.length;
  }
  const two = of('two');
  if (two !== undefined) {
    today.parallelShare = Math.min(1, Math.max(0, 2 * (1 - two.seconds / day.seconds)));
  }
  return today;
}

/** What signals and patterns take beyond the bars; the final step of each is the whole run less its aggregate. */
function outputConstants(figures: ReadonlyMap<string, Figures>, megabytes: number): Today {
  const cpuOf = (name: string): number => figures.get(name)?.cpuSeconds ?? Number.NaN;
  const finalizeOf = (run: string, day: string): number =>
    cpuOf(run) -
    cpuOf(day) -
    cpuOf('start') -
    (cpuOf('smallRun') - cpuOf('small') - cpuOf('start'));
  const signalsDay = cpuOf('smallSignals') - cpuOf('small');
  const finalizeSignals = finalizeOf('runSignals', 'daySignals');
  return {
    signalsDay,
    signalsPerMegabyte: (cpuOf('daySignals') - cpuOf('day') - signalsDay) / megabytes,
    patternsDay: cpuOf('dayAll') - cpuOf('daySignals'),
    finalizeSignals,
    finalizePatterns: finalizeOf('runAll', 'dayAll') - finalizeSignals,
  };
}

function runOf({ recording, folder }: Arena, outputs: Outputs): string[] {
  const { plain: raw, minutes } = recording;
  const out = join(folder, `out run ${minutes} ${outputs}`);
  const request = { raw, out, symbol: SYMBOL, date: DATE, minutes, threads: 1, outputs };
  return ['run', '--jobs', '1', '--force', ...dayOptions(request)];
}

function middle({ rounds }: Result): Figures {
  return {
    seconds: median(rounds.map(({ seconds }) => seconds)),
    cpuSeconds: median(rounds.map(({ cpuSeconds }) => cpuSeconds)),
  };
}
