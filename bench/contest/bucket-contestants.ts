/** A whole day from a bucket on fake-gcs-server, and a client that merely downloads it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mapBounded } from '../../src/jobs/map-bounded.js';
import { type FakeGcsServer, startFakeGcsServer } from '../../test/support/gcs/fake-gcs-server.js';
import type { Contestant, Round } from './contestant.js';
import { DATE, SYMBOL } from './day-recording.js';
import { BARS, dayOptions, runFlowbars } from './flowbars-commands.js';
import type { Arena } from './folder-contestants.js';
import { measure } from './measured-process.js';
import { typescriptCommand } from './typescript-command.js';

const BUCKET = 'bench';
const UPLOADS_AT_ONCE = 16;
const PEERS_FOLDER = join(import.meta.dirname, '../peers');

/** A bucket that holds the plain chunks below `raw`; undefined without the server. */
export async function startBucket({ recording, say }: Arena): Promise<FakeGcsServer | undefined> {
  const server = await startFakeGcsServer(say);
  if (server === undefined) {
    say('skipped: bucket: no fake-gcs-server');
    return undefined;
  }
  say(`copying ${recording.chunks.length} objects to a bucket …`);
  await server.createBucket(BUCKET);
  await mapBounded(recording.chunks, UPLOADS_AT_ONCE, async (path) =>
    server.putObject(BUCKET, `raw/${path}`, readFileSync(join(recording.plain, path))),
  );
  return server;
}

/** The server has the same cores as its clients. */
export function bucketContestants(
  { endpoint }: Pick<FakeGcsServer, 'endpoint'>,
  { recording, threads }: Arena,
): Contestant[] {
  const { bytes, minutes } = recording;
  const ours = (name: string, args: readonly string[]): Contestant => {
    const roots = { raw: `gs://${BUCKET}/raw`, out: `gs://${BUCKET}/out-${name}` };
    const what = { symbol: SYMBOL, date: DATE, minutes, threads, outputs: BARS };
    const day = dayOptions({ ...roots, ...what });
    const command = [name, ...args, '--force', ...day, '--gcs-endpoint', endpoint];
    const run = async (): Promise<Round> => runFlowbars(command);
    return { group: 'bucket', name: `flowbars ${name}`, bytes, run };
  };
  const script = typescriptCommand(PEERS_FOLDER, 'download-alone.ts');
  const line = [...script, endpoint, BUCKET, 'raw/', String(threads)];
  return [
    ours('aggregate', []),
    ours('run', ['--jobs', '1']),
    {
      group: 'bucket',
      name: 'download alone (floor)',
      peer: 'floor',
      bytes,
      run: async (): Promise<Round> => measure({ line }),
    },
  ];
}
