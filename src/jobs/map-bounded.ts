/** Maps items to promises with bounded concurrency, through p-limit; after a failure it starts no more. */
import pLimit from 'p-limit';

/**
 * Results in the order of the items. After the first failure it starts no further item, waits for
 * those in flight and throws that failure, so nothing keeps running in the background.
 */
export async function mapBounded<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  act: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const limit = pLimit(atOnce);
  const results: Result[] = [];
  const failures: unknown[] = [];
  const actOn = async (item: Item, index: number): Promise<void> => {
    if (failures.length > 0) return;
    try {
      results[index] = await act(item);
    } catch (error) {
      failures.push(error);
    }
  };
  await limit.map(items, actOn);
  if (failures.length > 0) throw failures[0];
  return results;
}
