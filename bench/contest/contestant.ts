/** Who takes part in the table, and how all of them take turns. */
import type { Measured } from './measured-process.js';

/** What a group of contestants works on. */
export const GROUPS = [
  'decode depth',
  'decode trades',
  'fold',
  'plain folder',
  'gzip folder',
  'bucket',
] as const;
export type Group = (typeof GROUPS)[number];

/** Whom the others are compared with; a group has at most one of each. */
export const PEERS = ['DuckDB', 'polars', 'csv-parse', 'undici', 'floor'] as const;
export type Peer = (typeof PEERS)[number];

export interface Contestant {
  readonly group: Group;
  readonly name: string;
  readonly peer?: Peer;
  /** What it works through, before compression; undefined if it reads only some of it, or makes more than the others. */
  readonly bytes: number | undefined;
  /** One round. */
  readonly run: () => Promise<Round>;
}

export interface Round extends Pick<Measured, 'seconds' | 'cpuSeconds'> {
  /** Undefined for work that shares a process with other work. */
  readonly peakMegabytes?: number;
}

export interface Result extends Pick<Contestant, 'group' | 'name' | 'peer' | 'bytes'> {
  readonly rounds: readonly Round[];
}

/** Everybody's first round, then everybody's second, …: what else the machine does meets all alike. */
export async function takeTurns(
  contestants: readonly Contestant[],
  rounds: number,
  onRound: (round: number) => void,
): Promise<Result[]> {
  const taken = contestants.map((): Round[] => []);
  for (let round = 1; round <= rounds; round += 1) {
    onRound(round);
    for (const [index, contestant] of contestants.entries()) {
      taken[index]?.push(await contestant.run());
    }
  }
  return contestants.map(({ run: _run, ...about }, index) => ({
    ...about,
    rounds: taken[index] ?? [],
  }));
}
