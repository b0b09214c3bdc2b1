/** A promise for each item, at most so many at once. Written here because jobs/ uses no package. */
import { assert } from '../core/unit/errors.js';

/**
 * Results in the order of the items. After the first failure no further item is begun, and that
 * failure is thrown once those under way have ended, so that nothing runs on unseen.
 */
export async function mapBounded<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  act: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  assert(atOnce >= 1, 'at least one item is worked on at once');
  const results: Result[] = [];
  const failures: unknown[] = [];
  const queue = items.entries();
  const work = async (): Promise<void> => {
    // One shared iterator: each worker takes the next item that nobody has begun.
    for (const [index, item] of queue) {
      if (failures.length > 0) return;
      try {
        results[index] = await act(item);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, work));
  if (failures.length > 0) throw failures[0];
  return results;
}
