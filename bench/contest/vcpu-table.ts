/** The same day on one, two and more CPUs, with what Cloud Run takes for it. */
import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { PRICES } from '../../src/core/cost/prices.js';
import { median } from '../measure.js';
import { type Contestant, takeTurns } from './contestant.js';
import { DATE, SYMBOL } from './day-recording.js';
import { BARS, dayOptions, type Outputs, runFlowbars } from './flowbars-commands.js';
import type { Arena } from './folder-contestants.js';
import { type Cells, peakOf } from './result-table.js';
import { gibFor } from './task-memory.js';

/** Pinned by taskset; counts that this machine does not have are skipped with a reason. */
export async function vcpuTable(
  counts: readonly number[],
  rounds: number,
  arena: Arena,
): Promise<Cells> {
  const contestants = counts.flatMap((count) => {
    const reason = whyNot(count);
    if (reason === undefined) return [contestantOn(count, arena)];
    arena.say(`skipped: ${count} vCPU: ${reason}`);
    return [];
  });
  const results = await takeTurns(contestants, rounds, (round) => {
    arena.say(`round ${round} of ${rounds} …`);
  });
  const rows = results.map(({ name, rounds: taken }) => {
    const vcpus = Number(name);
    const seconds = taken.map((round) => round.seconds);
    const middle = median(seconds);
    const gib = gibFor(vcpus);
    const usd = middle * (vcpus * PRICES.vcpuSecond.usd + gib * PRICES.gibSecond.usd);
    return [
      name,
      String(gib),
      middle.toFixed(2),
      `${Math.min(...seconds).toFixed(2)}–${Math.max(...seconds).toFixed(2)}`,
      median(taken.map(({ cpuSeconds }) => cpuSeconds)).toFixed(2),
      peakOf(taken),
      (usd * 1_000).toFixed(3),
    ];
  });
  const head = ['vCPU', 'GiB', 'seconds', 'from–to', 'CPU s', 'peak MB', 'USD for 1,000 such days'];
  return [head, ...rows];
}

/** `aggregate` with that many threads on that many CPUs. */
export function contestantOn(
  count: number,
  { recording, folder }: Arena,
  outputs: Outputs = BARS,
): Contestant {
  const { plain: raw, bytes, minutes } = recording;
  const out = join(folder, `out ${minutes} ${count} ${outputs}`);
  const request = { raw, out, symbol: SYMBOL, date: DATE, minutes, threads: count, outputs };
  const args = ['aggregate', '--force', ...dayOptions(request)];
  return {
    group: 'plain folder',
    name: String(count),
    bytes,
    run: async () => runFlowbars(args, pinnedTo(count)),
  };
}

function pinnedTo(count: number): string[] {
  return ['taskset', '--cpu-list', `0-${count - 1}`];
}

/** Why this machine cannot tell what that many CPUs take. */
export function whyNot(count: number): string | undefined {
  const cores = availableParallelism();
  if (count > cores) return `found ${cores} cores`;
  const { error } = spawnSync('taskset', ['--version']);
  return error === undefined ? undefined : `no taskset: ${error.message}`;
}
