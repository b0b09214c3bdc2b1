/**
 * Reading from a bucket: flowbars' reader and the whole `aggregate` against clients that download the same objects
 * and throw them away, from fake-gcs-server and from a server behind a slow wire. Contestants take turns.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { openStore } from '../src/edge/store-root.js';
import type { StoredObject } from '../src/jobs/ports.js';
import { startFakeGcsServer } from '../test/support/gcs/fake-gcs-server.js';
import { median } from './measure.js';
import { downloadAll, mediaPath } from './peers/lean-client.js';
import { recordedChunks } from './recording.js';

const BUCKET = 'bench-raw';
const BINARY = resolve(import.meta.dirname, '../dist/main.js');
const TYPESCRIPT = resolve(import.meta.dirname, '../test/support/typescript-imports.ts');
const THROTTLED = resolve(import.meta.dirname, '../test/support/gcs/throttled-server.ts');
const LATENCY_MS = 40;
const WIRE_MEGABYTES_PER_SECOND = 200;
const AT_ONCE = 96;
/** The leanest client with a library, to which the reader is compared. */
const LIBRARY = "undici's dispatch, all thrown away";
const CPU_FILE = 'BENCH_CPU';
/** The process writes what it used, with all its threads, when it ends. */
const NOTE_CPU = `import { writeFileSync } from 'node:fs'; import { isMainThread } from 'node:worker_threads';
if (isMainThread) process.on('exit', () => {
  const { userCPUTime, systemCPUTime } = process.resourceUsage();
  writeFileSync(process.env.${CPU_FILE}, String((userCPUTime + systemCPUTime) / 1e6));
});`;

interface Served {
  readonly endpoint: string;
  readonly objects: readonly StoredObject[];
}

interface Contestant {
  readonly name: string;
  /** Downloads everything; gives its CPU-seconds if it is another process. */
  readonly run: (served: Served) => Promise<number | undefined>;
}

interface Round {
  readonly seconds: number;
  readonly cpuSeconds: number;
}

const { values } = parseArgs({
  options: {
    /** A raw root with a recorded symbol-day, in place of a made one. */
    raw: { type: 'string' },
    minutes: { type: 'string', default: '240' },
    rounds: { type: 'string', default: '5' },
    gzip: { type: 'boolean', default: false },
    aggregate: { type: 'boolean', default: true },
  },
  allowNegative: true,
});

const contestants: readonly Contestant[] = [
  { name: 'bare sockets, all thrown away', run: download },
  { name: LIBRARY, run: downloadByUndici },
  { name: 'flowbars: the reader, checksums verified', run: readAll },
  ...(values.aggregate ? [{ name: 'flowbars aggregate, from start to exit', run: aggregate }] : []),
];

/** Memory of the reader, which a task lends again and again, too. */
const free: Uint8Array[] = [];
const folder = mkdtempSync(join(tmpdir(), 'flowbars-bucket-'));
try {
  const raw = join(folder, 'raw');
  writeRaw(raw);
  await benchFake(raw);
  await benchThrottled(raw);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function writeRaw(raw: string): void {
  for (const { name, bytes } of chunks()) {
    const path = join(raw, name);
    mkdirSync(dirname(path), { recursive: true });
    if (values.gzip) writeFileSync(`${path}.gz`, gzipSync(bytes));
    else writeFileSync(path, bytes);
  }
}

/** The first minutes of the given recording, or of a made one. */
function chunks(): { readonly name: string; readonly bytes: Uint8Array }[] {
  const minutes = Number(values.minutes);
  const given = values.raw;
  if (given === undefined) {
    const { trades, depth } = recordedChunks(minutes);
    return [...trades, ...depth];
  }
  return filesOf(given, minutes).map((name) => ({ name, bytes: readFileSync(join(given, name)) }));
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

async function benchFake(raw: string): Promise<void> {
  const server = await startFakeGcsServer();
  if (server === undefined) return;
  await server.createBucket(BUCKET);
  for (const name of filesOf(raw, Number.POSITIVE_INFINITY)) {
    await server.putObject(BUCKET, name, readFileSync(join(raw, name)));
  }
  await bench('fake-gcs-server', server.endpoint);
  await server.stop();
}

async function benchThrottled(raw: string): Promise<void> {
  const wire = [String(LATENCY_MS), String(WIRE_MEGABYTES_PER_SECOND)];
  const child = spawn(process.execPath, ['--import', TYPESCRIPT, THROTTLED, raw, ...wire], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
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
  const served: Served = { endpoint, objects };
  const megabytes = objects.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) / 1e6;
  const rounds = contestants.map((): Round[] => []);
  for (let round = 0; round <= Number(values.rounds); round += 1) {
    for (const [index, contestant] of contestants.entries()) {
      const measured = await measure(contestant, served);
      // The first round warms everything up.
      if (round > 0) rounds[index]?.push(measured);
    }
  }
  console.log(`${what}: ${objects.length} objects, ${megabytes.toFixed(0)} MB`);
  const medians = rounds.map((all) => median(all.map(({ seconds }) => seconds)));
  const library = medians[contestants.findIndex(({ name }) => name === LIBRARY)] ?? Number.NaN;
  for (const [index, { name }] of contestants.entries()) {
    const all = rounds[index] ?? [];
    const seconds = all.map((round) => round.seconds).toSorted((a, b) => a - b);
    const middle = medians[index] ?? Number.NaN;
    const rate = (megabytes / middle).toFixed(0);
    const range = `${seconds[0]?.toFixed(2)}–${seconds.at(-1)?.toFixed(2)}`;
    const cpu = median(all.map(({ cpuSeconds }) => cpuSeconds)).toFixed(2);
    console.log(
      `  ${name.padEnd(42)} ${rate.padStart(5)} MB/s  ${middle.toFixed(2)} s (${range})  CPU ${cpu} s  ${(library / middle).toFixed(2)} of undici`,
    );
  }
}

async function measure({ run }: Contestant, served: Served): Promise<Round> {
  const cpuBefore = process.cpuUsage();
  const startedMs = performance.now();
  const childSeconds = await run(served);
  const seconds = (performance.now() - startedMs) / 1_000;
  const { user, system } = process.cpuUsage(cpuBefore);
  return { seconds, cpuSeconds: childSeconds ?? (user + system) / 1e6 };
}

/** The floor: a client that looks for one header and counts bytes. */
async function download({ endpoint, objects }: Served): Promise<undefined> {
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

async function downloadByUndici({ endpoint, objects }: Served): Promise<undefined> {
  const names = objects.map(({ name }) => name);
  await downloadAll({ endpoint, bucket: BUCKET, names, connections: AT_ONCE });
}

async function readAll({ endpoint, objects }: Served): Promise<undefined> {
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

async function aggregate({ endpoint, objects }: Served): Promise<number> {
  const date = /\d{4}-\d\d-\d\d/u.exec(objects[0]?.name ?? '')?.[0] ?? '';
  const where = ['--raw', `gs://${BUCKET}`, '--out', join(folder, 'out'), '--symbols', 'BTCUSDT'];
  const command = ['aggregate', ...where, '--from', date, '--force', '--gcs-endpoint', endpoint];
  const cpuFile = join(folder, 'cpu');
  const importText = `--import=data:text/javascript,${encodeURIComponent(NOTE_CPU)}`;
  const env = { ...process.env, [CPU_FILE]: cpuFile, NODE_OPTIONS: importText };
  const stdio = ['ignore', 'ignore', 'pipe'] as const;
  const child = spawn(process.execPath, [BINARY, ...command], { env, stdio: [...stdio] });
  const stderr: string[] = [];
  child.stderr?.on('data', (text) => stderr.push(String(text)));
  const closed: unknown[] = await once(child, 'close');
  if (closed[0] !== 0) throw new Error(`flowbars aggregate: ${stderr.join('')}`);
  return Number(readFileSync(cpuFile, 'utf8'));
}
