/** A promise for each item, at most so many at once, through p-limit; what it adds is that a failure ends the rest. */
import pLimit from 'p-limit';

/**
 * Results in the order of the items. After the first failure no further item is begun, and that
 * failure is thrown once those under way have ended, so that nothing runs on unseen.
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
