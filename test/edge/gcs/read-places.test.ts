/** Places of reads: bounded, and given in the order in which the reads were asked for. */
import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { ReadPace } from '../../../src/edge/gcs/read-pace.js';
import { ReadPlaces } from '../../../src/edge/gcs/read-places.js';

function placesOf(atOnce: number): ReadPlaces {
  return new ReadPlaces(
    new ReadPace({ atOnceMin: 1, atOnceTrialMin: 1, atOnceMax: atOnce, atOnceFirst: atOnce }),
    () => 0,
  );
}

describe('the places of reads', () => {
  test('go to the read that was asked for first, also when it is tried again', async () => {
    const places = placesOf(1);
    const started: number[] = [];
    const held = Promise.withResolvers<number>();
    const at = async (order: number, result: number | Promise<number>): Promise<number> =>
      await places.at(
        order,
        async () => {
          started.push(order);
          return await result;
        },
        (bytes) => bytes,
        () => false,
      );
    const reads = [at(3, held.promise), at(4, 1), at(5, 1), at(1, 1), at(2, 1)];
    held.resolve(1);
    await Promise.all(reads);
    expect(started).toEqual([3, 1, 2, 4, 5]);
  });

  test('have numbers of their own, as few as there are reads at once', async () => {
    const places = placesOf(4);
    const inUse = new Set<number>();
    const seen = new Set<number>();
    const read = async (place: number): Promise<number> => {
      expect(inUse.has(place)).toBe(false);
      inUse.add(place);
      seen.add(place);
      await setImmediate();
      inUse.delete(place);
      return place;
    };
    const orders = Array.from({ length: 20 }, (_, order) => order);
    await Promise.all(orders.map((order) => places.at(order, read, Number, () => false)));
    expect(seen).toEqual(new Set([0, 1, 2, 3]));
  });

  test('are given free by a read that fails', async () => {
    const places = placesOf(1);
    const failing = places.at(
      1,
      async () => await Promise.reject(new Error('gone')),
      () => 0,
      () => false,
    );
    await expect(failing).rejects.toThrow('gone');
    expect(
      await places.at(
        2,
        async () => await Promise.resolve(7),
        Number,
        () => false,
      ),
    ).toBe(7);
  });
});
