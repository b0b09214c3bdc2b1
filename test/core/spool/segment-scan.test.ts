/** A pass over a segment: any cut of its bytes gives the same rows, in order, once each. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asciiBytes } from '../../../src/core/spool/ascii.js';
import {
  headLine,
  SEGMENT_LINE_BYTES_MAX,
  noteLine,
  rowLine,
} from '../../../src/core/spool/segment.js';
import { type ScannedSegment, SegmentScan } from '../../../src/core/spool/segment-scan.js';
import { slotsOf } from '../../../src/core/spool/slots.js';
import type { Share } from '../../../src/core/spool/chunk-split.js';
import {
  headOf,
  LINES,
  madeRow,
  rowsInSegment,
  START_US,
} from '../../support/spool/made-session.js';

const slots = slotsOf(LINES, 'trades');
const HEAD = headLine(headOf());

/** Scans the text in pieces that end at `cuts`. */
function scanned(text: string, cuts: readonly number[] = [], share?: Share) {
  const scan = new SegmentScan(share);
  const bytes = asciiBytes(text);
  let from = 0;
  for (const cut of [...cuts].sort((one, other) => one - other)) {
    scan.push(bytes.slice(from, cut));
    from = cut;
  }
  scan.push(bytes.slice(from));
  return { found: scan.finish(), hasFirstLine: scan.hasFirstLine };
}

function rowsOf(found: ScannedSegment | undefined): string[][] {
  return (found?.texts ?? []).map(({ bytes }) =>
    Buffer.from(bytes).toString('latin1').split('\n').slice(0, -1),
  );
}

/** Rows and notes as they come, and where the bytes are cut. */
const segments = fc
  .array(fc.record({ slot: fc.nat(2), waitUs: fc.nat(3_000_000), isNote: fc.boolean() }), {
    maxLength: 30,
    size: 'max',
  })
  .map((steps) => {
    let atUs = START_US;
    let text = HEAD;
    for (const [id, { slot, waitUs, isNote }] of steps.entries()) {
      atUs += waitUs;
      const found = slots[slot];
      if (isNote) text += noteLine({ is: 'pong', atUs, line: 0, connection: 1, roundTripUs: 9 });
      else if (found !== undefined) text += rowLine(slot, madeRow(found, id, atUs));
    }
    return text;
  })
  .chain((text) =>
    fc.record({ text: fc.constant(text), cuts: fc.array(fc.nat(text.length), { maxLength: 9 }) }),
  );

describe('a segment', () => {
  test('gives its rows in order, however its bytes are cut and wherever it is torn', () => {
    let rows = 0;
    fc.assert(
      fc.property(segments, fc.nat(200), ({ text, cuts }, torn) => {
        const kept = text.slice(0, Math.max(HEAD.length, text.length - torn));
        const whole = scanned(kept).found;
        expect(rowsOf(whole)).toEqual(rowsInSegment(kept, slots));
        expect(whole?.linesBad).toBe(0);
        expect(whole?.tornBytes).toBe(kept.length - 1 - kept.lastIndexOf('\n'));
        rows += whole?.rows ?? 0;
        const inPieces = cuts.filter((cut) => cut <= kept.length);
        expect(scanned(kept, inPieces).found).toEqual(whole);
      }),
    );
    expect(rows).toBeGreaterThan(300);
  });

  test('read in several passes gives what one pass gives', () => {
    fc.assert(
      fc.property(segments, fc.integer({ min: 1, max: 5 }), ({ text }, passes) => {
        const all = rowsOf(scanned(text).found);
        const shares = Array.from({ length: passes }, (_, pass) =>
          scanned(text, [], { passes, pass }),
        );
        const texts = shares.flatMap(({ found }) => found?.texts ?? []);
        expect(texts).toHaveLength(all.length);
        for (const { slot, rows } of texts) expect(rows).toBe(all[slot.index]?.length);
        expect(shares[0]?.found?.minute).toEqual(scanned(text).found?.minute);
      }),
    );
  });

  test('counts lines of no row and of no note, and leaves them out', () => {
    const row = madeRow(
      slots[0] ?? { index: 0, symbol: '', stream: 'trades', form: 'trades', line: 0 },
      1,
      START_US,
    );
    const bad = [
      '',
      'x',
      '0',
      '0\t',
      `9\t${row}`,
      `0${row}`,
      '!{}',
      '!x',
      `0\t${row}x`,
      '0\t1,2,3',
    ];
    const text = `${HEAD}${bad.join('\n')}\n${rowLine(0, row)}`;
    const { found } = scanned(text);
    expect(found?.linesBad).toBe(bad.length);
    expect(rowsOf(found)).toEqual([[row], [], []]);
  });

  test('cuts an endless line into bad ones', () => {
    const damage = 'x'.repeat(SEGMENT_LINE_BYTES_MAX);
    const text = `${HEAD}${damage}${damage}\n`;
    const cuts = [HEAD.length, HEAD.length + SEGMENT_LINE_BYTES_MAX, text.length - 9];
    expect(scanned(text, cuts).found?.linesBad).toBe(2);
  });

  test('without its whole head is none', () => {
    expect(scanned('')).toEqual({ found: undefined, hasFirstLine: false });
    expect(scanned(HEAD.slice(0, -1))).toEqual({ found: undefined, hasFirstLine: false });
    expect(scanned(`x${HEAD}`)).toEqual({ found: undefined, hasFirstLine: true });
    expect(scanned(HEAD.replace('"version":1', '"version":2')).found).toBeUndefined();
  });
});
