/** A recorder whose bucket cannot be reached goes on recording, and stores everything later. */
import { afterAll, describe, expect, test } from 'vitest';
import { bucketObjects } from '../../support/e2e/bucket.js';
import { startFakeGcsServer } from '../../support/gcs/fake-gcs-server.js';
import { type Fault, startFaultProxy } from '../../support/gcs/fault-proxy.js';
import {
  delivering,
  POLLING,
  startExchange,
  startRecorder,
  SYMBOLS,
} from '../../support/record/exchange-session.js';
import { freshWorkdir } from '../../support/workdir.js';

const server = await startFakeGcsServer();
const proxy = server === undefined ? undefined : await startFaultProxy(server.endpoint);
afterAll(async () => {
  await proxy?.stop();
  await server?.stop();
});

const FORBIDDEN: readonly Fault[] = Array.from({ length: 10_000 }, () => ({
  kind: 'status',
  status: 403,
}));

describe.skipIf(proxy === undefined)('a recorder into a bucket', () => {
  test('that is not let in keeps all in its spool, ends with 3, and the next one stores it', async () => {
    await server?.createBucket('recordings');
    const [workdir, exchange] = [freshWorkdir(), await startExchange()];
    const endpoint = proxy?.endpoint ?? '';
    const place = ['--raw', 'gs://recordings/raw', '--gcs-endpoint', endpoint];
    const objects = async (): Promise<string[]> => [
      ...(await bucketObjects(server?.endpoint ?? '', 'recordings', 'raw')).keys(),
    ];

    const first = startRecorder(workdir, exchange, place);
    await delivering(first);
    await expect.poll(objects, POLLING).toEqual(['_dataset.json']);
    proxy?.queue('insert', FORBIDDEN);
    expect(await first.stop()).toBe(3);
    expect(await first.said('upload_failing')).toMatchObject({ severity: 'ERROR' });
    expect(String((await first.said('result'))['closing_line'])).toMatch(
      /wait in spool: start again to store them$/u,
    );
    expect(await objects()).toEqual(['_dataset.json']);

    proxy?.reset();
    const second = startRecorder(workdir, exchange, place);
    await delivering(second);
    expect(await second.stop()).toBe(0);
    const parts = new Set((await objects()).flatMap((name) => /_(r-\w+)\./u.exec(name)?.[1] ?? []));
    expect(parts.size).toBe(2);
    const chunks = (await objects()).filter((name) => name.endsWith('.csv.gz'));
    expect(chunks.length).toBeGreaterThanOrEqual(2 * 2 * SYMBOLS.length);
  });

  test('that is told to stop twice ends at once, and the next one stores what it left', async () => {
    await server?.createBucket('hurried');
    const [workdir, exchange] = [freshWorkdir(), await startExchange()];
    const place = ['--raw', 'gs://hurried/raw', '--gcs-endpoint', proxy?.endpoint ?? ''];
    const first = startRecorder(workdir, exchange, place);
    await delivering(first);
    proxy?.queue('insert', FORBIDDEN);
    first.child.kill('SIGTERM');
    await first.said('upload_failing');
    first.child.kill('SIGTERM');
    await first.ended;
    expect(first.child.signalCode).toBe('SIGTERM');

    proxy?.reset();
    const second = startRecorder(workdir, exchange, place);
    await delivering(second);
    expect(await second.stop()).toBe(0);
    const stored = await bucketObjects(server?.endpoint ?? '', 'hurried', 'raw');
    const parts = [...stored.keys()].flatMap((name) => /_(r-\w+)\./u.exec(name)?.[1] ?? []);
    expect(new Set(parts).size).toBe(2);
  });
});
