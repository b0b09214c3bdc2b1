/**
 * Reading from a bucket: flowbars' reader and the whole `aggregate` against clients that download the same objects
 * and throw them away, from fake-gcs-server and from a server behind a slow wire. Contestants take turns.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { basename, dirname, join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { openStore } from '../src/edge/store-root.js';
import type { StoredObject } from '../src/jobs/ports.js';
import { startFakeGcsServer } from '../test/support/gcs/fake-gcs-server.js';
import { type Contestant, type Round, takeTurns } from './contest/contestant.js';
import { BARS, runFlowbars } from './contest/flowbars-commands.js';
import { asText, counted, resultCells } from './contest/result-table.js';
import { typescriptCommand } from './contest/typescript-command.js';
import { benchOptions, folderOption, switchOption, wholeNumber } from './frame/bench-options.js';
import { BenchFailure, temporaryFolder } from './frame/clean-end.js';
import { measureHere } from './measure.js';
import { downloadAll, mediaPath } from './peers/lean-client.js';
import { recordedChunks } from './recording.js';

const BUCKET = 'bench-raw';
const SERVERS_FOLDER = resolve(import.meta.dirname, '../test/support/gcs');
const LATENCY_MS = 40;
const WIRE_MEGABYTES_PER_SECOND = 200;
const AT_ONCE = 96;

interface Served {
  readonly endpoint: string;
  readonly objects: readonly StoredObject[];
}

const options = benchOptions({
  minutes: wholeNumber('of the recording, which begins at noon', 240, { most: 720 }),
  rounds: wholeNumber('in which all take turns', 5),
  raw: folderOption('a raw root with one recorded day of BTCUSDT, in place of a made recording'),
  gzip: switchOption('compresses the chunks'),
  'no-aggregate': switchOption('leaves flowbars aggregate out'),
});

/** Memory of the reader, which a task lends again and again, too. */
const free: Uint8Array[] = [];
const folder = temporaryFolder('bucket');
const raw = join(folder, 'raw');
writeRaw();
await benchFake();
await benchThrottled();

function writeRaw(): void {
  for (const { name, bytes } of chunks()) {
    const path = join(raw, name);
    mkdirSync(dirname(path), { recursive: true });
    if (options.gzip) writeFileSync(`${path}.gz`, gzipSync(bytes));
    else writeFileSync(path, bytes);
  }
}

/** The first minutes of the given recording, or of a made one. */
function chunks(): { readonly name: string; readonly bytes: Uint8Array }[] {
  const { minutes, raw: given } = options;
  if (given === undefined) {
    const { trades, depth } = recordedChunks(minutes);
    return [...trades, ...depth];
  }
  const names = filesOf(given, minutes);
  if (names.length === 0) throw new BenchFailure(`${given}: found no file, expected chunks`);
  return names.map((name) => ({ name, bytes: readFileSync(join(given, name)) }));
}

/** Of every folder so many files, by name. */
function filesOf(root: string, each: number): string[] {
  const files = new Map<string, string[]>();
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const parent = entry.parentPath.slice(root.length + 1);
    if (entry.isFile()) files.set(parent, [...(files.get(parent) ?? []), join(parent, entry.name)]);
  }
  return [...files.values()].flatMap((names) => names.toSorted().slice(0, each));
}

async function benchFake(): Promise<void> {
  const server = await startFakeGcsServer();
  if (server === undefined) return;
  await server.createBucket(BUCKET);
  for (const name of filesOf(raw, Number.POSITIVE_INFINITY)) {
    await server.putObject(BUCKET, name, readFileSync(join(raw, name)));
  }
  await bench('fake-gcs-server', server.endpoint);
  await server.stop();
}

async function benchThrottled(): Promise<void> {
  const wire = [String(LATENCY_MS), String(WIRE_MEGABYTES_PER_SECOND)];
  const [program = '', ...script] = typescriptCommand(SERVERS_FOLDER, 'throttled-server.ts');
  const child = spawn(program, [...script, raw, ...wire], { stdio: ['pipe', 'pipe', 'inherit'] });
  const started: unknown[] = await once(child.stdout, 'data');
  const what = `a wire of ${WIRE_MEGABYTES_PER_SECOND} MB/s and ${LATENCY_MS} ms`;
  await bench(what, String(started[0]).trim());
  child.stdin.end();
  await once(child, 'exit');
}

async function bench(what: string, endpoint: string): Promise<void> {
  const listed = await openStore(`gs://${BUCKET}`, { gcsEndpoint: endpoint }).list('');
  // As a symbol-day is read: minute by minute, both streams together.
  const objects = listed.toSorted((one, other) =>
    basename(one.name) < basename(other.name) ? -1 : 1,
  );
  const bytes = objects.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const contestants = contestantsFor({ endpoint, objects }, bytes);
  console.error(`measuring ${what}, ${counted(options.rounds, 'round')} after one to warm up …`);
  // A round before those that count warms everything up.
  await takeTurns(contestants, 1, () => undefined);
  const results = await takeTurns(contestants, options.rounds, () => undefined);
  console.log(`\n${what}: ${objects.length} objects, ${(bytes / 1e6).toFixed(0)} MB`);
  console.log(asText(resultCells(results)));
}

function contestantsFor(served: Served, bytes: number): Contestant[] {
  const here = (name: string, work: (from: Served) => Promise<void>): Contestant => {
    const run = async (): Promise<Round> => measureHere(async () => work(served));
    return { group: 'bucket', name, bytes, run };
  };
  const clients: Contestant[] = [
    { ...here('bare sockets, all thrown away', download), peer: 'floor' },
    { ...here("undici's dispatch, all thrown away", downloadByUndici), peer: 'undici' },
    here('flowbars: the reader, checksums verified', readAll),
  ];
  if (options['no-aggregate']) return clients;
  const run = async (): Promise<Round> => aggregate(served);
  return [...clients, { group: 'bucket', name: 'flowbars aggregate, start to exit', bytes, run }];
}

/** The floor: a client that looks for one header and counts bytes. */
async function download({ endpoint, objects }: Served): Promise<void> {
  const { hostname, port } = new URL(endpoint);
  const buffer = Buffer.allocUnsafeSlow(65_536);
  const rest = objects.values();
  const connection = async (): Promise<void> => {
    const done = Promise.withResolvers<void>();
    let head = '';
    let leftBytes = -1;
    const ask = (): void => {
      const next = rest.next();
      if (next.done) {
        socket.destroy();
        done.resolve();
        return;
      }
      head = '';
      leftBytes = -1;
      socket.write(
        `GET ${mediaPath(BUCKET, next.value.name)} HTTP/1.1\r\nhost: ${hostname}\r\n\r\n`,
      );
    };
    const receive = (count: number): boolean => {
      if (leftBytes < 0) {
        head += buffer.toString('latin1', 0, count);
        const end = head.indexOf('\r\n\r\n');
        if (end < 0) return true;
        leftBytes = Number(/content-length: (\d+)/iu.exec(head)?.[1]) + end + 4 - head.length;
      } else {
        leftBytes -= count;
      }
      if (leftBytes === 0) ask();
      return true;
    };
    const onread = { buffer, callback: receive };
    const socket = connect({ host: hostname, port: Number(port), onread }, ask);
    socket.on('error', done.reject);
    await done.promise;
  };
  await Promise.all(Array.from({ length: AT_ONCE }, connection));
}

async function downloadByUndici({ endpoint, objects }: Served): Promise<void> {
  const names = objects.map(({ name }) => name);
  await downloadAll({ endpoint, bucket: BUCKET, names, connections: AT_ONCE });
}

async function readAll({ endpoint, objects }: Served): Promise<void> {
  const store = openStore(`gs://${BUCKET}`, { gcsEndpoint: endpoint });
  const largest = Math.max(...objects.map(({ sizeBytes }) => sizeBytes));
  const lend = (): Uint8Array => free.pop() ?? new Uint8Array(largest);
  const rest = objects.values();
  const reader = async (): Promise<void> => {
    for (const object of rest) {
      const content = await store.read(object.name, object, lend);
      if (content?.bytes.length !== object.sizeBytes) throw new Error(`${object.name} is missing`);
      free.push(new Uint8Array(content.bytes.buffer));
    }
  };
  await Promise.all(Array.from({ length: store.readsAtOnce }, reader));
}

async function aggregate({ endpoint, objects }: Served): Promise<Round> {
  const date = /\d{4}-\d\d-\d\d/u.exec(objects[0]?.name ?? '')?.[0] ?? '';
  const where = ['--raw', `gs://${BUCKET}`, '--out', join(folder, 'out'), '--symbols', 'BTCUSDT'];
  const what = ['--from', date, '--outputs', BARS, '--force', '--json'];
  return runFlowbars(['aggregate', ...where, ...what, '--gcs-endpoint', endpoint]);
}
