/**
 * flowbars and others on the same day, in one table: medians of rounds in which all take turns. It makes
 * its recording in a temporary folder and removes it. `npm run bench`; options below.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bucketContestants, startBucket } from './contest/bucket-contestants.js';
import { type Contestant, GROUPS, takeTurns } from './contest/contestant.js';
import { compress, dayRecording } from './contest/day-recording.js';
import {
  type Arena,
  type FolderGroup,
  gunzipContestant,
  ourContestants,
  outOf,
} from './contest/folder-contestants.js';
import { memoryContestants } from './contest/memory-contestants.js';
import { peerContestants } from './contest/peer-contestants.js';
import { asMarkdown, asText, machineLine, resultCells } from './contest/result-table.js';
import { vcpuTable } from './contest/vcpu-table.js';

const { values: options } = parseArgs({
  options: {
    /** Of the recording; a day has 1440. */
    minutes: { type: 'string', default: '1440' },
    rounds: { type: 'string', default: '5' },
    /** Only contestants of which 'GROUP NAME' contains one of these, such as 'folder,decode'. */
    only: { type: 'string', default: '' },
    /** For everybody who can have more than one. */
    threads: { type: 'string', default: String(availableParallelism()) },
    /** A raw root that has the day already. */
    raw: { type: 'string' },
    /** In place of the contest: the day on this many CPUs, such as '1,2,4', with its price. */
    vcpu: { type: 'string' },
    markdown: { type: 'boolean', default: false },
  },
});
const rounds = Number(options.rounds);
const threads = Number(options.threads);
const show = options.markdown ? asMarkdown : asText;
const say = (line: string): void => console.error(line);
const folder = mkdtempSync(join(tmpdir(), 'flowbars-bench-'));
try {
  const what = { minutes: Number(options.minutes), raw: options.raw };
  const recording = await dayRecording(folder, what);
  const megabytes = (recording.bytes / 1e6).toFixed(0);
  const { length } = recording.chunks;
  console.log(`${what.minutes} minutes of one symbol: ${length} objects, ${megabytes} MB`);
  console.log(`${machineLine(threads)}; medians of ${rounds} rounds\n`);
  const arena: Arena = { recording, threads, folder, say };
  if (options.vcpu === undefined) await contest(arena);
  else {
    const counts = options.vcpu.split(',').map(Number);
    console.log(show(await vcpuTable(counts, rounds, arena)));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function contest(arena: Arena): Promise<void> {
  const contestants = memoryContestants(arena.recording).filter(isWanted);
  for (const group of ['plain folder', 'gzip folder'] as const) {
    contestants.push(...(await folderContestants(group, arena)));
  }
  const server = isGroupWanted('bucket') ? await startBucket(arena) : undefined;
  try {
    if (server !== undefined)
      contestants.push(...bucketContestants(server, arena).filter(isWanted));
    const results = await takeTurns(contestants, rounds, (round) => {
      say(`round ${round} of ${rounds} …`);
    });
    console.log(show(resultCells(results)));
  } finally {
    await server?.stop();
  }
}

/** Runs the product once before, whose bars the peers are compared with. */
async function folderContestants(group: FolderGroup, arena: Arena): Promise<Contestant[]> {
  if (!isGroupWanted(group)) return [];
  if (group === 'gzip folder') compress(arena.recording);
  const ours = ourContestants(group, arena);
  for (const contestant of ours) await contestant.run();
  const bars = outOf(group, 'aggregate', arena);
  const isWantedPeer = (name: string): boolean => isWanted({ group, name });
  const peers = await peerContestants(group, bars, isWantedPeer, arena);
  const floor = group === 'gzip folder' ? [gunzipContestant(arena)] : [];
  return [...[...ours, ...floor].filter(isWanted), ...peers];
}

function isWanted({ group, name }: Pick<Contestant, 'group' | 'name'>): boolean {
  return options.only.split(',').some((part) => `${group} ${name}`.includes(part));
}

/** A part of `--only` may also name a contestant, with its group or without. */
function isGroupWanted(group: string): boolean {
  return options.only
    .split(',')
    .some((part) => isNamed(part, group) || !GROUPS.some((name) => isNamed(part, name)));
}

function isNamed(part: string, group: string): boolean {
  return group.includes(part) || part.includes(group);
}
