/**
 * A fresh bucket on fake-gcs-server per test, reached through the fault proxy by a store with short
 * deadlines, a manual clock and no randomness.
 */
import { afterAll } from 'vitest';
import { FlowbarsError } from '../../../src/core/unit/errors.js';
import type { GcsLimits } from '../../../src/edge/gcs/gcs-limits.js';
import { openGcsStore } from '../../../src/edge/gcs/gcs-store.js';
import type { Store, StoredObject } from '../../../src/jobs/ports.js';
import { type ManualClock, manualClock } from '../manual-clock.js';
import { type FakeGcsServer, startFakeGcsServer } from './fake-gcs-server.js';
import { type FaultProxy, startFaultProxy } from './fault-proxy.js';

export const CHUNK: Uint8Array = new TextEncoder().encode(
  'timestamp,price,quantity,is_buyer_maker\n'.repeat(5000),
);

export interface FaultyNetwork {
  readonly server: FakeGcsServer;
  readonly proxy: FaultProxy;
  freshBucket(): Promise<FreshBucket>;
}

export interface FreshBucket {
  readonly bucket: string;
  readonly clock: ManualClock;
  readonly store: Store;
  /** Another store on the same root, or on that of another bucket. */
  open(limits?: Partial<GcsLimits>, otherBucket?: string): Store;
  /** Stores an object, forgets the requests that took, and gives it as listed. */
  put(name: string, bytes?: Uint8Array): Promise<StoredObject>;
}

/** Undefined where there is no fake-gcs-server. Stops with the test file. */
export async function startFaultyNetwork(): Promise<FaultyNetwork | undefined> {
  const server = await startFakeGcsServer();
  if (server === undefined) return undefined;
  const proxy = await startFaultProxy(server.endpoint);
  afterAll(async () => {
    await proxy.stop();
    await server.stop();
  });
  let buckets = 0;
  return {
    server,
    proxy,
    freshBucket: async () => {
      buckets += 1;
      await server.createBucket(`bucket-${buckets}`);
      proxy.reset();
      return freshBucket(server, proxy, `bucket-${buckets}`);
    },
  };
}

export async function errorOf(promise: Promise<unknown>): Promise<FlowbarsError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof FlowbarsError) return error;
    throw error;
  }
  throw new Error('no error');
}

function freshBucket(server: FakeGcsServer, proxy: FaultProxy, bucket: string): FreshBucket {
  const clock = manualClock();
  const open = (limits: Partial<GcsLimits> = {}, otherBucket = bucket): Store =>
    openGcsStore({
      bucket: otherBucket,
      prefix: 'raw',
      endpoint: proxy.endpoint,
      clock,
      random: () => 0,
      limits: { idleMs: 150, attemptMs: 5000, attemptsMax: 4, pageObjects: 2, ...limits },
    });
  const store = open();
  return {
    bucket,
    clock,
    store,
    open,
    put: async (name, bytes = CHUNK) => {
      await server.putObject(bucket, `raw/${name}`, bytes);
      const [listed] = await store.list(name);
      if (listed === undefined) throw new Error('not listed');
      proxy.reset();
      return listed;
    },
  };
}
