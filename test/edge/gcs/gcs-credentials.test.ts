/** A server of access tokens that never answers: every request to Google Cloud Storage ends in time. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { FlowbarsError } from '../../../src/core/unit/errors.js';
import { openGcsClient } from '../../../src/edge/gcs/gcs-client.js';
import { GCS_LIMITS, retryPolicyOf } from '../../../src/edge/gcs/gcs-limits.js';
import { openGcsReader } from '../../../src/edge/gcs/gcs-read.js';
import { openGcsStore } from '../../../src/edge/gcs/gcs-store.js';
import type { Store } from '../../../src/jobs/ports.js';
import { manualClock } from '../../support/manual-clock.js';

const ATTEMPT_MS = 50;
const LIMITS = { attemptMs: ATTEMPT_MS, attemptsMax: 2, readsAtOnce: 1, requestsAtOnce: 1 };
const BYTES = new TextEncoder().encode('x');

let folder: string;
let server: Server;
let origin: string;
let tokensAsked = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flowbars-credentials-'));
  server = createServer((incoming, outgoing) => {
    incoming.resume();
    if (incoming.url === '/token') tokensAsked += 1;
    else outgoing.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  origin = `http://127.0.0.1:${address.port}`;
  await writeFile(join(folder, 'subject'), 'subject-token');
  await writeFile(
    join(folder, 'credentials.json'),
    JSON.stringify({
      type: 'external_account',
      audience:
        '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/a/providers/b',
      subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
      token_url: `${origin}/token`,
      credential_source: { file: join(folder, 'subject') },
    }),
  );
});

afterAll(async () => {
  server.close();
  server.closeAllConnections();
  await rm(folder, { recursive: true });
});

async function errorOf(promise: Promise<unknown>): Promise<FlowbarsError> {
  const error: unknown = await promise.catch((reason: unknown) => reason);
  if (error instanceof FlowbarsError) return error;
  throw new Error(`no error of the world: ${String(error)}`);
}

describe('credentials that never come', () => {
  beforeEach(() => {
    tokensAsked = 0;
    vi.stubEnv('GOOGLE_CLOUD_PROJECT', 'test');
    vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', join(folder, 'credentials.json'));
  });

  it.each<[string, (store: Store) => Promise<unknown>, string]>([
    ['a read', (store) => store.read('a'), 'gs://some-bucket/a credentials'],
    ['a listing', (store) => store.list(''), 'gs://some-bucket/ list'],
    ['a write', (store) => store.write('a', BYTES, 'nothing'), 'gs://some-bucket/a write'],
    ['a look-up', (store) => store.write('a', BYTES, 'anything'), 'gs://some-bucket/a look up'],
  ])('end %s and give its place free', async (_, ask, start) => {
    const clock = manualClock();
    const limits = LIMITS;
    const store = openGcsStore({ bucket: 'some-bucket', prefix: '', clock, limits });
    const found = `found no answer within ${ATTEMPT_MS} ms after 2 attempts`;
    // One slot: the second request would wait forever if the first kept it.
    for (const error of await Promise.all([errorOf(ask(store)), errorOf(ask(store))])) {
      expect(error.kind).toBe('world');
      expect(error.message.startsWith(`${start}: ${found}`), error.message).toBe(true);
    }
    expect(clock.waitsMs).toHaveLength(2);
    // On a busy machine the client asks only after its caller has given up.
    await expect.poll(() => tokensAsked).toBeGreaterThan(0);
  });

  it('let a read be tried again that then has them', async () => {
    const clock = manualClock();
    // On a busy machine an attempt with credentials may last too long as well.
    const limits = { ...GCS_LIMITS, ...LIMITS, attemptsMax: 100 };
    let asked = 0;
    const client = {
      ...openGcsClient('some-bucket', origin),
      requestHeaders: async (): Promise<Record<string, string>> => {
        asked += 1;
        return asked === 1 ? await Promise.withResolvers<never>().promise : {};
      },
    };
    const reader = openGcsReader(client, limits, retryPolicyOf(limits, { clock, random: () => 0 }));
    expect(await reader.read('a', 'gs://some-bucket/a', undefined)).toBeUndefined();
    expect(asked).toBeGreaterThan(1);
    expect(clock.waitsMs).toHaveLength(asked - 1);
  });
});
