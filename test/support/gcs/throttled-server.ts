/**
 * A bucket behind a slow wire, for benches: serves the files of a folder as the JSON API does, each request after a
 * latency, all bodies together at a bounded rate. A process of its own, so that it shares no event loop:
 * `throttled-server.ts FOLDER LATENCY_MS MEGABYTES_PER_SECOND` prints its endpoint and ends with its standard input.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { crc32cBase64OfHex, crc32cHex } from '../../../src/edge/format/crc32c.js';

const PIECE_BYTES = 65_536;
/** Tokens of a longer pause are lost, as on a wire. */
const PAUSE_MS_MAX = 10;
const PAGE_OBJECTS = 1_000;

interface Item {
  readonly name: string;
  readonly size: string;
  readonly crc32c: string;
  readonly generation: string;
}

interface Sending {
  readonly response: ServerResponse;
  readonly bytes: Buffer;
  sentBytes: number;
  isFull: boolean;
}

const [folder = '', latencyText = '', rateText = ''] = process.argv.slice(2);
const latencyMs = Number(latencyText);
const bytesPerMs = Number(rateText) * 1_000;
const contents = new Map<string, Buffer>();
for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) continue;
  const path = join(entry.parentPath, entry.name);
  contents.set(path.slice(folder.length + 1), readFileSync(path));
}
const items: readonly Item[] = [...contents]
  .map(([name, bytes]) => ({
    name,
    size: String(bytes.length),
    crc32c: crc32cBase64OfHex(crc32cHex(bytes)),
    generation: '1',
  }))
  .toSorted((one, other) => (one.name < other.name ? -1 : 1));

const sending: Sending[] = [];
let tokens = 0;
let refilledMs = performance.now();
let timer: NodeJS.Timeout | undefined;

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '', 'http://localhost');
  setTimeout(() => answer(url, response), latencyMs);
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  process.stdout.write(`http://127.0.0.1:${address.port}\n`);
});
process.stdin.resume().once('end', () => {
  server.close();
  server.closeAllConnections();
});

function answer(url: URL, response: ServerResponse): void {
  const [, object] = /\/o\/(.+)$/u.exec(url.pathname) ?? [];
  if (object === undefined) {
    list(url, response);
    return;
  }
  const bytes = contents.get(decodeURIComponent(object));
  if (bytes === undefined) {
    response.writeHead(404).end('{}');
    return;
  }
  response.writeHead(200, { 'content-length': bytes.length, 'x-goog-generation': '1' });
  sending.push({ response, bytes, sentBytes: 0, isFull: false });
  send();
}

function list(url: URL, response: ServerResponse): void {
  const prefix = url.searchParams.get('prefix') ?? '';
  const from = Number(url.searchParams.get('pageToken') ?? 0);
  const found = items.filter(({ name }) => name.startsWith(prefix));
  const folders = url.searchParams.get('delimiter') === null ? undefined : foldersOf(found, prefix);
  if (folders !== undefined) {
    response.end(JSON.stringify({ prefixes: folders }));
    return;
  }
  const page = found.slice(from, from + PAGE_OBJECTS);
  const nextPageToken = from + page.length < found.length ? String(from + page.length) : undefined;
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ items: page, nextPageToken }));
}

function foldersOf(found: readonly Item[], prefix: string): string[] {
  const below = found.flatMap(({ name }) => name.slice(prefix.length).match(/^[^/]*\//u) ?? []);
  return [...new Set(below)].map((name) => prefix + name);
}

/** A piece of every body in turn, as long as there are tokens. */
function send(): void {
  const nowMs = performance.now();
  tokens = Math.min(tokens + (nowMs - refilledMs) * bytesPerMs, PAUSE_MS_MAX * bytesPerMs);
  refilledMs = nowMs;
  let blocked = 0;
  while (tokens > 0 && blocked < sending.length) {
    const next = sending.shift();
    if (next === undefined) break;
    blocked = next.isFull ? blocked + 1 : 0;
    if (next.isFull || !sendPiece(next)) sending.push(next);
  }
  if (sending.length > 0) timer ??= setTimeout(sendLater, 1);
}

function sendLater(): void {
  timer = undefined;
  send();
}

/** True if the body is all sent. */
function sendPiece(next: Sending): boolean {
  const { response, bytes, sentBytes } = next;
  const piece = bytes.subarray(sentBytes, sentBytes + PIECE_BYTES);
  next.sentBytes += piece.length;
  tokens -= piece.length;
  if (next.sentBytes === bytes.length || response.destroyed) {
    response.end(piece);
    return true;
  }
  next.isFull = !response.write(piece);
  if (next.isFull) response.once('drain', () => (next.isFull = false));
  return false;
}
