/** Programs of others that compute the same day from the same folder. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DUCKDB, type PeerPackage, POLARS } from '../peers/install-peers.js';
import { CLOSENESS, compareBars } from './compared-bars.js';
import type { Contestant, Peer, Round } from './contestant.js';
import { DATE, SYMBOL } from './day-recording.js';
import { type Arena, type FolderGroup, rawOf } from './folder-contestants.js';
import { type Command, measure } from './measured-process.js';
import { typescriptCommand } from './typescript-command.js';

const PEERS_FOLDER = join(import.meta.dirname, '../peers');
const RESOLUTIONS = ['1s', '1m'];

/** How to start a peer; `path` is where its package was installed. */
interface PeerProgram {
  readonly peer: Peer;
  readonly name: string;
  readonly needs?: PeerPackage;
  readonly command: (path: string, out: string) => Command;
}

/**
 * The wanted ones that can be had and whose bars are those in `ours`; each of the others is skipped with
 * its reason.
 */
export async function peerContestants(
  group: FolderGroup,
  ours: string,
  isWanted: (name: string) => boolean,
  arena: Arena,
): Promise<Contestant[]> {
  const contestants: Contestant[] = [];
  for (const program of peerPrograms(group, arena).filter(({ name }) => isWanted(name))) {
    const contestant = await contestantOf(program, group, ours, arena);
    if (typeof contestant === 'object') contestants.push(contestant);
    else arena.say(`skipped: ${program.name}, ${group}: ${contestant}`);
  }
  return contestants;
}

/** Names of all, wanted or not. */
export function peerNames(group: FolderGroup, arena: Arena): string[] {
  return peerPrograms(group, arena).map(({ name }) => name);
}

/** Or why it cannot take part. */
async function contestantOf(
  { peer, name, needs, command }: PeerProgram,
  group: FolderGroup,
  ours: string,
  { folder, recording, say }: Arena,
): Promise<Contestant | string> {
  if (needs !== undefined) say(`installing ${name}, unless it is there …`);
  const installed = needs?.install() ?? { path: '' };
  if ('reason' in installed) return installed.reason;
  const out = join(folder, `${group} ${peer}`);
  mkdirSync(out, { recursive: true });
  const started = command(installed.path, out);
  try {
    await measure(started);
    const compared = RESOLUTIONS.map((resolution) =>
      compareBars(
        join(ours, SYMBOL, `${DATE}_${resolution}.csv`),
        join(out, `${SYMBOL}_${DATE}_${resolution}.csv`),
      ),
    );
    say(`${name}, ${group}: ${compared.join(' and ')} equal: ${CLOSENESS}`);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const run = async (): Promise<Round> => measure(started);
  return { group, name, peer, bytes: recording.bytes, run };
}

function peerPrograms(group: FolderGroup, { recording, threads }: Arena): PeerProgram[] {
  const raw = rawOf(group, recording);
  const pattern = group === 'plain folder' ? '*.csv' : '*.csv.gz';
  const duckDb = [process.execPath, scriptOf('duckdb-bars.mjs'), raw];
  return [
    {
      peer: 'DuckDB',
      name: DUCKDB.name,
      needs: DUCKDB,
      command: (_path, out) => ({ line: [...duckDb, out, DATE, String(threads), pattern] }),
    },
    {
      peer: 'polars',
      name: POLARS.name,
      needs: POLARS,
      command: (path, out) => ({
        line: [join(path, 'python3'), scriptOf('polars_bars.py'), raw, out, DATE, pattern],
        env: { POLARS_MAX_THREADS: String(threads) },
      }),
    },
    {
      peer: 'csv-parse',
      name: 'csv-parse and JSON.parse, 1 thread',
      command: (_path, out) => ({
        line: [...typescriptCommand(PEERS_FOLDER, 'csv-parse-bars.ts'), raw, out, DATE],
      }),
    },
  ];
}

function scriptOf(file: string): string {
  return join(PEERS_FOLDER, file);
}
