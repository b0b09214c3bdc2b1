/** No cut of the bytes, and no cut into files, changes anything. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chunksOf, imported } from '../../support/import/importing.js';
import { OWN_HEADER, OWN_HINTS, ownFile } from '../../support/import/own-files.js';
import {
  ccxtObjects,
  lines,
  tardisBook,
  tardisTrades,
  tradeFrames,
} from '../../support/import/source-samples.js';

describe('any cut of the bytes', () => {
  test.for([
    ['frames', lines(tradeFrames())],
    ['trades.csv', `\uFEFF${tardisTrades().replaceAll('\n', '\r\n')}`],
    ['book.csv', tardisBook(25)],
    ['trades.json', `[${ccxtObjects().join(' ,\n')}]`],
  ] as const)('of %s gives the same chunks', async ([path, content]) => {
    const whole = chunksOf((await imported({ [path]: content })).raw);
    expect(Object.keys(whole).length).toBeGreaterThan(0);
    const pieces = fc.array(fc.integer({ min: 1, max: 200 }), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(pieces, async (pieceBytes) => {
        const { raw } = await imported({ [path]: content }, { pieceBytes });
        expect(chunksOf(raw)).toEqual(whole);
      }),
      { numRuns: 60 },
    );
  });

  test('any cut into files keeps every row, in its order', async () => {
    const steps = fc.array(fc.integer({ min: 0, max: 90_000 }), { minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(steps, fc.array(fc.nat(40), { maxLength: 4 }), async (waits, cuts) => {
        let atMs = 0;
        const times = waits.map((wait) => (atMs += wait));
        const places = [
          0,
          ...cuts.map((cut) => Math.min(cut, times.length)),
          times.length,
        ].toSorted((one, other) => one - other);
        const files = places
          .slice(1)
          .map(
            (end, index) =>
              [
                `${index}.csv`,
                ownFile(times.slice(places[index], end), (places[index] ?? 0) + 1),
              ] as const,
          );
        const { summary, raw } = await imported(Object.fromEntries(files), { hints: OWN_HINTS });
        const whole = await imported({ 'whole.csv': ownFile(times) }, { hints: OWN_HINTS });
        expect(chunksOf(raw)).toEqual(chunksOf(whole.raw));
        const rows = Object.values(chunksOf(raw)).flatMap((text) =>
          text.trimEnd().split('\n').slice(1),
        );
        expect(lines([OWN_HEADER, ...rows])).toBe(ownFile(times));
        expect(summary.streams).toMatchObject([{ rows: times.length, chunksUnchanged: 0 }]);
      }),
      { numRuns: 200 },
    );
  });
});
