/** Whole days from a folder, plain or compressed: the product's commands, and programs of others. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { installDuckDb, installPolars } from '../peers/install-peers.js';
import { CLOSENESS, compareBars } from './compared-bars.js';
import type { Contestant, Group, Peer, Round } from './contestant.js';
import { DATE, type DayRecording, SYMBOL } from './day-recording.js';
import type { Flowbars } from './flowbars-commands.js';
import { type Command, measure } from './measured-process.js';
import { typescriptCommand } from './typescript-command.js';

const PEERS_FOLDER = join(import.meta.dirname, '../peers');
const RESOLUTIONS = ['1s', '1m'];

/** What all contestants of a whole day share. */
export interface Arena {
  readonly recording: DayRecording;
  readonly flowbars: Flowbars;
  readonly threads: number;
  /** A folder for outputs. */
  readonly folder: string;
  readonly say: (line: string) => void;
}

export type FolderGroup = Extract<Group, 'plain folder' | 'gzip folder'>;

/** The product's commands. `run unchanged` follows a `run`, whose output it finds. */
export function ourContestants(group: FolderGroup, arena: Arena): Contestant[] {
  const { recording, flowbars, threads } = arena;
  const raw = group === 'plain folder' ? recording.plain : recording.gzip;
  const one = (name: string, args: readonly string[], count: number): Contestant => {
    const out = join(arena.folder, `${group} ${args[0]}`);
    const request = { raw, out, symbol: SYMBOL, date: DATE, minutes: recording.minutes };
    const day = flowbars.dayOptions({ ...request, threads: count });
    const run = async (): Promise<Round> => flowbars.run([...args, ...day]);
    return { group, name: `flowbars ${name}`, bytes: recording.bytes, run };
  };
  const fewer = flowbars.knowsThreads && group === 'plain folder' ? powersBelow(threads) : [];
  const ours = [
    one('aggregate', ['aggregate', '--force'], threads),
    ...fewer.map((count) => one(`aggregate --threads ${count}`, ['aggregate', '--force'], count)),
    one('run', ['run', '--jobs', '1', '--force'], threads),
  ];
  if (group === 'gzip folder') return ours;
  return [...ours, { ...one('run, unchanged', ['run', '--jobs', '1'], threads), bytes: undefined }];
}

/** Those that can be had and whose bars are ours; each of the others is skipped with its reason. */
export async function peerContestants(group: FolderGroup, arena: Arena): Promise<Contestant[]> {
  const ours = join(arena.folder, `${group} aggregate`, SYMBOL);
  const contestants: Contestant[] = [];
  for (const { peer, name, command, out } of peerPrograms(group, arena)) {
    mkdirSync(out, { recursive: true });
    try {
      await measure(command);
      const compared = RESOLUTIONS.map((resolution) =>
        compareBars(
          join(ours, `${DATE}_${resolution}.csv`),
          join(out, `${SYMBOL}_${DATE}_${resolution}.csv`),
        ),
      );
      arena.say(`${name}, ${group}: ${compared.join(' and ')} equal: ${CLOSENESS}`);
      const run = async (): Promise<Round> => measure(command);
      contestants.push({ group, name, peer, bytes: arena.recording.bytes, run });
    } catch (error) {
      arena.say(`skipped: ${name}, ${group}: ${String(error)}`);
    }
  }
  return contestants;
}

/** Gunzipping alone, on as many threads. */
export function gunzipContestant({ recording, threads }: Arena): Contestant {
  const script = [process.execPath, join(PEERS_FOLDER, 'gunzip-alone.ts')];
  const command = { line: [...script, recording.gzip, String(threads)] };
  const run = async (): Promise<Round> => measure(command);
  const name = 'gunzip alone (floor)';
  return { group: 'gzip folder', name, peer: 'floor', bytes: recording.bytes, run };
}

interface PeerProgram {
  readonly peer: Peer;
  readonly name: string;
  readonly out: string;
  readonly command: Command;
}

function peerPrograms(
  group: FolderGroup,
  { recording, folder, threads, say }: Arena,
): PeerProgram[] {
  const raw = group === 'plain folder' ? recording.plain : recording.gzip;
  const pattern = group === 'plain folder' ? '*.csv' : '*.csv.gz';
  const out = (peer: string): string => join(folder, `${group} ${peer}`);
  const programs: PeerProgram[] = [];
  const duckDb = installDuckDb();
  if ('reason' in duckDb) say(`skipped: DuckDB: ${duckDb.reason}`);
  else {
    const script = join(PEERS_FOLDER, 'duckdb-bars.mjs');
    const line = [process.execPath, script, raw, out('DuckDB'), DATE, String(threads), pattern];
    programs.push({ peer: 'DuckDB', name: 'DuckDB', out: out('DuckDB'), command: { line } });
  }
  const polars = installPolars();
  if ('reason' in polars) say(`skipped: polars: ${polars.reason}`);
  else {
    const script = [join(polars.path, 'python3'), join(PEERS_FOLDER, 'polars_bars.py')];
    const line = [...script, raw, out('polars'), DATE, pattern];
    const env = { POLARS_MAX_THREADS: String(threads) };
    programs.push({ peer: 'polars', name: 'polars', out: out('polars'), command: { line, env } });
  }
  const script = typescriptCommand(PEERS_FOLDER, 'csv-parse-bars.ts');
  const line = [...script, raw, out('csv-parse'), DATE];
  const name = 'csv-parse and JSON.parse, 1 thread';
  programs.push({ peer: 'csv-parse', name, out: out('csv-parse'), command: { line } });
  return programs;
}

function powersBelow(threads: number): number[] {
  return [1, 2, 4, 8, 16, 32, 64].filter((count) => count < threads);
}
