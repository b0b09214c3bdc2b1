/** Symbols by listing a raw root of many pages, and how many of them one execution takes. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type LocalCloud, startServices } from '../../support/cloud/local/local-cloud.js';

const services = await startServices();
const PAGE_SIZE = 1_000;
/** So many names of six letters fill the variable of a task. */
const COUNT_MAX = 3_555;

describe.skipIf(!services.areThere)('a raw root of many pages', () => {
  test('is listed to its end, and folders that can be no symbol are left out', async () => {
    const cloud = await listing(['_logs', 'a b', 'X'.repeat(65), ...symbols(COUNT_MAX)]);
    cloud.cloudRun.faults.taskFault = () => ({ kind: 'exit', code: 0 });
    const ended = await cloud.run({});
    expect(ended.message).toContain('It has no summary');
    const [aggregate] = cloud.cloudRun.executions;
    expect(aggregate?.tasks.length).toBe(COUNT_MAX);
    const list = aggregate?.env['FLOWBARS_SYMBOLS'] ?? '';
    expect(JSON.parse(list)).toEqual(symbols(COUNT_MAX));
    expect(list.length).toBeGreaterThan(31_990);
  });

  test.for([
    [COUNT_MAX + 1, '3556 symbols, expected a JSON list of at most 32000 bytes'],
    [12_000, '11000 symbols, expected at most 10000, one per task'],
  ] as const)('of %i symbols is refused', async ([count, message]) => {
    const cloud = await listing(symbols(count));
    const ended = await cloud.run({});
    expect(ended).toMatchObject({ state: 'FAILED', error: { tags: ['ArgumentError'] } });
    expect(ended.message).toContain(message);
    expect(cloud.cloudRun.executions).toEqual([]);
  });
});

function symbols(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `S${String(index).padStart(5, '0')}`);
}

/**
 * A cloud whose workflow sees these folders, page by page, and no object: fake-gcs-server gives all
 * folders on every page.
 */
async function listing(folders: readonly string[]): Promise<LocalCloud> {
  const server = createServer((incoming, outgoing) => {
    const url = new URL(incoming.url ?? '', 'http://localhost');
    const isListing = url.pathname.endsWith('/o');
    outgoing.writeHead(isListing ? 200 : 404, { 'content-type': 'application/json' });
    outgoing.end(isListing ? pageOf(folders, url.searchParams) : 'Not Found');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => server.closeAllConnections());
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return await services.fresh({ storageUrl: `http://127.0.0.1:${address.port}` });
}

function pageOf(folders: readonly string[], query: URLSearchParams): string {
  const from = Number(query.get('pageToken') ?? '0');
  const to = from + PAGE_SIZE;
  const prefixes = folders.slice(from, to).map((folder) => `${query.get('prefix')}${folder}/`);
  const next = to < folders.length ? { nextPageToken: String(to) } : {};
  return JSON.stringify({ kind: 'storage#objects', prefixes, ...next });
}
