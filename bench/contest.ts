/**
 * flowbars and others on the same day, in one table: medians of rounds in which all take turns. It makes
 * its recording in a temporary folder and removes it. `npm run bench`; options below.
 */
import { availableParallelism } from 'node:os';
import { bucketContestants, startBucket } from './contest/bucket-contestants.js';
import { type Contestant, takeTurns } from './contest/contestant.js';
import { compress, dayRecording } from './contest/day-recording.js';
import {
  type Arena,
  type FolderGroup,
  gunzipContestant,
  ourContestants,
  outOf,
} from './contest/folder-contestants.js';
import { memoryContestants } from './contest/memory-contestants.js';
import { peerContestants, peerNames } from './contest/peer-contestants.js';
import { asMarkdown, asText, counted, machineLine, resultCells } from './contest/result-table.js';
import { vcpuTable } from './contest/vcpu-table.js';
import {
  benchOptions,
  folderOption,
  switchOption,
  wholeNumber,
  wholeNumbers,
} from './frame/bench-options.js';
import { temporaryFolder } from './frame/clean-end.js';
import { onlyOption } from './frame/wanted.js';

const DAY_MINUTES = 1_440;

const options = benchOptions({
  minutes: wholeNumber('of the recording; a whole day has 1440', DAY_MINUTES, {
    least: 2,
    most: DAY_MINUTES,
  }),
  rounds: wholeNumber('in which all take turns', 5),
  only: onlyOption,
  threads: wholeNumber('for everybody who can have more than one', availableParallelism(), {
    most: 64,
  }),
  raw: folderOption('a raw root that has BTCUSDT on 2025-12-20, in place of a made recording'),
  vcpu: wholeNumbers('in place of the contest: the day on so many CPUs, with its price', undefined),
  markdown: switchOption('prints a table for a page'),
});
const { rounds, threads, only } = options;
const show = options.markdown ? asMarkdown : asText;
const say = (line: string): void => console.error(line);
const folder = temporaryFolder('bench');
say(options.raw === undefined ? 'making the recording …' : 'copying the recording …');
const recording = await dayRecording(folder, options);
const megabytes = (recording.bytes / 1e6).toFixed(0);
const objects = counted(recording.chunks.length, 'object');
console.log(`${counted(recording.minutes, 'minute')} of one symbol: ${objects}, ${megabytes} MB`);
console.log(`${machineLine(threads)}; medians of ${counted(rounds, 'round')}\n`);
const arena: Arena = { recording, threads, folder, say };
if (options.vcpu === undefined) await contest();
else console.log(show(await vcpuTable(options.vcpu, rounds, arena)));

async function contest(): Promise<void> {
  const contestants = memoryContestants(recording).filter((one) => only.has(one));
  for (const group of ['plain folder', 'gzip folder'] as const) {
    contestants.push(...(await folderContestants(group)));
  }
  const isBucketWanted = bucketContestants({ endpoint: '' }, arena).some((one) => only.has(one));
  const server = isBucketWanted ? await startBucket(arena) : undefined;
  try {
    if (server !== undefined) {
      contestants.push(...bucketContestants(server, arena).filter((one) => only.has(one)));
    }
    const results = await takeTurns(contestants, rounds, (round) => {
      say(`round ${round} of ${rounds} …`);
    });
    console.log(show(resultCells(results)));
  } finally {
    await server?.stop();
  }
}

/** Runs the product once before, whose bars the peers are compared with. */
async function folderContestants(group: FolderGroup): Promise<Contestant[]> {
  const isWantedPeer = (name: string): boolean => only.has({ group, name });
  const floor = group === 'gzip folder' ? [gunzipContestant(arena)] : [];
  const ours = ourContestants(group, arena);
  const wanted = [...ours, ...floor].filter((one) => only.has(one));
  if (wanted.length === 0 && !peerNames(group, arena).some(isWantedPeer)) return [];
  if (group === 'gzip folder') {
    say('compressing the recording …');
    await compress(recording);
  }
  say(`running flowbars on the ${group} once, for its bars …`);
  for (const contestant of ours) await contestant.run();
  const bars = outOf(group, 'aggregate', arena);
  return [...wanted, ...(await peerContestants(group, bars, isWantedPeer, arena))];
}
