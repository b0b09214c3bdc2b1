/**
 * A real fake-gcs-server process for the tests of one file. If it is not available, the tests are
 * skipped with a reason, or fail if FLOWBARS_REQUIRE_EMULATORS=1.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { request } from 'undici';
import { installFakeGcsServer, type StepListener } from './install.js';

const START_ATTEMPTS_MAX = 5;
/**
 * Runs its arguments until they end or its standard input closes. The input closes with the parent,
 * even if that is killed, so no child outlives it.
 */
const WHILE_WE_LIVE = `exec 3<&0; "$@" & server=$!; (read -r _ <&3; kill $server) & exec 3<&-; wait $server`;

export interface FakeGcsServer {
  /** `http://127.0.0.1:PORT` */
  readonly endpoint: string;
  createBucket(name: string): Promise<void>;
  /** Stores an object as another program would, with any metadata. */
  putObject(bucket: string, name: string, bytes: Uint8Array, encoding?: string): Promise<void>;
  deleteObject(bucket: string, name: string): Promise<void>;
  stop(): Promise<void>;
}

/** For `describe.skipIf(server === undefined)`. Call `stop` in afterAll. */
export async function startFakeGcsServer(
  onStep?: StepListener,
): Promise<FakeGcsServer | undefined> {
  let binary: string;
  try {
    binary = await installFakeGcsServer(onStep);
  } catch (error) {
    if (process.env['FLOWBARS_REQUIRE_EMULATORS'] === '1') throw error;
    process.stderr.write(`skipped: ${String(error)}\n`);
    return undefined;
  }
  for (let attempt = 1; attempt <= START_ATTEMPTS_MAX; attempt += 1) {
    const port = await freePort();
    const child = await startOn(binary, port);
    if (child !== undefined) return serverAt(`http://127.0.0.1:${port}`, child);
  }
  throw new Error(`fake-gcs-server found no free port in ${START_ATTEMPTS_MAX} attempts`);
}

function serverAt(endpoint: string, child: ChildProcess): FakeGcsServer {
  const ask = async (
    method: 'POST' | 'DELETE',
    path: string,
    body?: string | Buffer,
    type = 'application/json',
  ): Promise<void> => {
    const options = body === undefined ? {} : { body, headers: { 'content-type': type } };
    const answer = await request(`${endpoint}${path}`, { method, ...options });
    const text = await answer.body.text();
    if (answer.statusCode >= 300)
      throw new Error(`${method} ${path}: ${answer.statusCode} ${text}`);
  };
  return {
    endpoint,
    createBucket: async (name) =>
      ask('POST', '/storage/v1/b?project=test', JSON.stringify({ name })),
    putObject: async (bucket, name, bytes, encoding) => {
      const metadata = { name, ...(encoding === undefined ? {} : { contentEncoding: encoding }) };
      await ask(
        'POST',
        `/upload/storage/v1/b/${bucket}/o?uploadType=multipart`,
        multipart(metadata, bytes),
        'multipart/related; boundary=parts',
      );
    },
    deleteObject: async (bucket, name) =>
      ask('DELETE', `/storage/v1/b/${bucket}/o/${encodeURIComponent(name)}`),
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.stdin?.end();
      await ended;
    },
  };
}

function multipart(metadata: unknown, bytes: Uint8Array): Buffer {
  return Buffer.concat([
    Buffer.from(
      `--parts\r\nContent-Type: application/json\r\n\r\n${JSON.stringify(metadata)}\r\n` +
        '--parts\r\nContent-Type: application/octet-stream\r\n\r\n',
    ),
    bytes,
    Buffer.from('\r\n--parts--\r\n'),
  ]);
}

/** Undefined if it ends before it listens: another process has taken the port. */
async function startOn(binary: string, port: number): Promise<ChildProcess | undefined> {
  const place = ['-backend', 'memory', '-scheme', 'http', '-host', '127.0.0.1'];
  // At level info it logs when it listens, which is the only sign of it.
  const command = [binary, ...place, '-port', String(port), '-log-level', 'info'];
  const child = spawn('sh', ['-c', WHILE_WE_LIVE, 'sh', ...command], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const listening = Promise.withResolvers<boolean>();
  for (const stream of [child.stdout, child.stderr]) {
    createInterface(stream).on('line', (text) => {
      if (text.includes('server started')) listening.resolve(true);
    });
  }
  child.once('error', (error) => listening.reject(error));
  child.once('exit', () => listening.resolve(false));
  return (await listening.promise) ? child : undefined;
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address: AddressInfo | string | null = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
