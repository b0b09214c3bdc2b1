import { describe, expect, test } from 'vitest';
import { mapBounded } from '../../src/jobs/map-bounded.js';

/** Acts that end when the test says so. */
function acts() {
  const begun: string[] = [];
  const ends = new Map<string, { resolve: (value: string) => void; reject: (e: Error) => void }>();
  const act = async (item: string): Promise<string> => {
    begun.push(item);
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    ends.set(item, { resolve, reject });
    return await promise;
  };
  const end = async (item: string): Promise<void> => {
    ends.get(item)?.resolve(item.toUpperCase());
    await settled();
  };
  const fail = async (item: string): Promise<void> => {
    ends.get(item)?.reject(new Error(item));
    await settled();
  };
  return { begun, act, end, fail };
}

describe('mapBounded', () => {
  test('begins no more than its limit and gives the results in order', async () => {
    const { begun, act, end } = acts();
    const mapped = mapBounded(['a', 'b', 'c'], 2, act);
    await settled();
    expect(begun).toEqual(['a', 'b']);
    await end('b');
    expect(begun).toEqual(['a', 'b', 'c']);
    await end('c');
    await end('a');
    await expect(mapped).resolves.toEqual(['A', 'B', 'C']);
  });

  test('begins nothing after a failure and throws it when the others have ended', async () => {
    const { begun, act, end, fail } = acts();
    let isOver = false;
    const mapped = mapBounded(['a', 'b', 'c'], 2, act).finally(() => {
      isOver = true;
    });
    const failure = mapped.catch((error: unknown) => error);
    await settled();
    await fail('a');
    expect(isOver).toBe(false);
    await end('b');
    expect(await failure).toEqual(new Error('a'));
    expect(begun).toEqual(['a', 'b']);
  });

  test('maps nothing to nothing', async () => {
    await expect(mapBounded([], 4, acts().act)).resolves.toEqual([]);
  });
});

/** Lets all pending promise callbacks run. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}
