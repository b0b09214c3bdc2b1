/** Whole days from a folder, plain or compressed, by the product's commands. */
import { join } from 'node:path';
import type { Contestant, Group, Round } from './contestant.js';
import { DATE, type DayRecording, SYMBOL } from './day-recording.js';
import { ALL_OUTPUTS, BARS, dayOptions, runFlowbars } from './flowbars-commands.js';
import { measure } from './measured-process.js';

const PEERS_FOLDER = join(import.meta.dirname, '../peers');

/** What all contestants of a whole day share. */
export interface Arena {
  readonly recording: DayRecording;
  readonly threads: number;
  /** A folder for outputs. */
  readonly folder: string;
  readonly say: (line: string) => void;
}

export type FolderGroup = Extract<Group, 'plain folder' | 'gzip folder'>;

/** The product's commands, for bars alone as the others make them, and once for everything. `run unchanged` follows a `run`, whose output it finds. */
export function ourContestants(group: FolderGroup, arena: Arena): Contestant[] {
  const { recording, threads } = arena;
  const raw = rawOf(group, recording);
  const request = { raw, symbol: SYMBOL, date: DATE, minutes: recording.minutes, outputs: BARS };
  const one = (name: string, args: readonly string[], count: number): Contestant => {
    const out = outOf(group, args[0] ?? '', arena);
    const day = dayOptions({ ...request, out, threads: count });
    const run = async (): Promise<Round> => runFlowbars([...args, ...day]);
    return { group, name: `flowbars ${name}`, bytes: recording.bytes, run };
  };
  const fewer = group === 'plain folder' ? powersBelow(threads) : [];
  const ours = [
    one('aggregate', ['aggregate', '--force'], threads),
    ...fewer.map((count) => one(`aggregate --threads ${count}`, ['aggregate', '--force'], count)),
    one('run', ['run', '--jobs', '1', '--force'], threads),
  ];
  if (group === 'gzip folder') return ours;
  const out = outOf(group, 'all outputs', arena);
  const all = dayOptions({ ...request, out, threads, outputs: ALL_OUTPUTS });
  return [
    ...ours,
    { ...one('run, unchanged', ['run', '--jobs', '1'], threads), bytes: undefined },
    {
      group,
      name: 'flowbars run, all outputs',
      bytes: undefined,
      run: async () => runFlowbars(['run', '--jobs', '1', '--force', ...all]),
    },
  ];
}

/** The output root of a command. */
export function outOf(group: FolderGroup, command: string, { folder }: Arena): string {
  return join(folder, `${group} ${command}`);
}

/** Gunzipping alone, on as many threads. */
export function gunzipContestant({ recording, threads }: Arena): Contestant {
  const script = [process.execPath, join(PEERS_FOLDER, 'gunzip-alone.ts')];
  const command = { line: [...script, recording.gzip, String(threads)] };
  const run = async (): Promise<Round> => measure(command);
  const name = 'gunzip alone (floor)';
  return { group: 'gzip folder', name, peer: 'floor', bytes: recording.bytes, run };
}

/** The root that a group reads. */
export function rawOf(group: FolderGroup, { plain, gzip }: DayRecording): string {
  return group === 'plain folder' ? plain : gzip;
}

function powersBelow(threads: number): number[] {
  return [1, 2, 4, 8, 16, 32, 64].filter((count) => count < threads);
}
