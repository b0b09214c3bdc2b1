/** Patterns computed again from published days: what each state of the stored files gives. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { Recomputed, RecomputedDay } from '../../../src/core/score/pattern-documents.js';
import { manualClock } from '../../support/manual-clock.js';
import { symbolName } from '../../../src/core/unit/symbol.js';
import { utcDate } from '../../../src/core/unit/utc-date.js';
import { codec } from '../../../src/edge/format/codec.js';
import { csvTables } from '../../../src/edge/format/csv-table.js';
import { publishedDays, type PublishedSearch } from '../../../src/jobs/pattern/published-days.js';
import { recompute } from '../../../src/jobs/pattern/recompute.js';
import { type PatternDay, publishPatterns } from '../../support/day/pattern-days.js';
import { type MemoryStore, openMemoryStore } from '../../support/memory-store.js';
import { expectSchema } from '../../support/schema/schemas.js';
import { randomWalk } from '../../core/pattern/made-day.js';

const DATE = '2025-12-11';
const DAY: PatternDay = { symbol: 'BTCUSDT', date: DATE, texts: randomWalk({ seed: 'one' }) };
const PATTERNS = `BTCUSDT/${DATE}_patterns.csv`;
const SCOREBOARD = `BTCUSDT/${DATE}_scoreboard.json`;
const BARS = `BTCUSDT/${DATE}_1s.csv`;
const QUALITY = `BTCUSDT/${DATE}_quality.json`;

let out: MemoryStore;

beforeEach(() => {
  out = openMemoryStore({ root: 'out' });
});

/** The last event that points up points down. */
function withOneTurned(patterns: string): string {
  return patterns.replace(/^(.*),up,/su, '$1,down,');
}

interface Asked extends Partial<Pick<PublishedSearch, 'symbols'>> {
  readonly isCheck?: boolean;
}

async function recomputed({ isCheck = false, symbols = 'all' }: Asked = {}): Promise<Recomputed> {
  const request = { dates: [utcDate(DATE, 'test')], symbols, isCheck, onDone: () => undefined };
  const clock = manualClock();
  const document = await recompute(request, { out, codec, tables: csvTables, clock });
  expectSchema('recomputed', JSON.stringify(document));
  return document;
}

/** Of a single symbol-day. */
async function day(asked: Asked = {}): Promise<RecomputedDay & { readonly good: boolean }> {
  const { days, good } = await recomputed(asked);
  const [only, ...more] = days;
  if (only === undefined || more.length > 0) throw new Error(`${days.length} symbol-days`);
  return { ...only, good };
}

test('a file that another writer stores meanwhile is looked at again', async () => {
  publishPatterns(out, [DAY]);
  const bytes = out.text(PATTERNS);
  out.remove(PATTERNS);
  const stored = out;
  let others = 0;
  out = {
    ...stored,
    write: async (name, content, replaces) => {
      if (name === PATTERNS && others === 0) {
        others += 1;
        stored.put(PATTERNS, 'of another writer');
      }
      return await stored.write(name, content, replaces);
    },
  };
  expect(await day()).toMatchObject({ outcome: 'restored', good: true, written: [PATTERNS] });
  expect(others).toBe(1);
  expect(stored.text(PATTERNS)).toBe(bytes);
});

test('the same bytes are left alone', async () => {
  publishPatterns(out, [{ ...DAY, feeBps: '4' }]);
  const same = { outcome: 'same', listed: true, good: true, written: [], detail: '' };
  const events = out.text(PATTERNS).split('\n').length - 2;
  expect(events).toBeGreaterThan(100);
  expect(await day()).toMatchObject({ ...same, events });
  expect(out.text(SCOREBOARD)).toContain('"fee_bps": "4"');
  expect(out.written).toEqual([]);
});

test('a missing and a damaged file are written again with the listed bytes', async () => {
  publishPatterns(out, [DAY]);
  const [patterns, scoreboard] = [out.text(PATTERNS), out.text(SCOREBOARD)];
  out.remove(PATTERNS);
  out.put(SCOREBOARD, '{}');
  const detail = `missing: ${PATTERNS}; damaged: ${SCOREBOARD}`;
  expect(await day({ isCheck: true })).toMatchObject({ outcome: 'damaged', good: false, detail });
  expect(out.written).toEqual([]);
  expect(await day()).toMatchObject({
    outcome: 'restored',
    good: true,
    written: [PATTERNS, SCOREBOARD],
    detail: `restored: ${PATTERNS}, which was missing; restored: ${SCOREBOARD}, which was damaged`,
  });
  expect([out.text(PATTERNS), out.text(SCOREBOARD)]).toEqual([patterns, scoreboard]);
  out.remove(PATTERNS);
  const missing = { outcome: 'missing', detail: `missing: ${PATTERNS}` };
  expect(await day({ isCheck: true })).toMatchObject(missing);
});

test('a day that was published without patterns gets them beside, and they stay unlisted', async () => {
  publishPatterns(out, [{ ...DAY, kinds: ['bars', 'signals'] }]);
  const detail = 'published without patterns';
  const missing = { outcome: 'missing', listed: false, written: [], detail };
  expect(await day({ isCheck: true })).toMatchObject(missing);
  const beside = `${detail}; stored beside, and not listed`;
  const made = { outcome: 'made', good: true, listed: false };
  expect(await day()).toMatchObject({
    ...made,
    written: [PATTERNS, SCOREBOARD],
    detail: `${beside}; written: ${PATTERNS}; written: ${SCOREBOARD}`,
  });
  expect(await day({ isCheck: true })).toMatchObject({ ...made, written: [], detail: beside });
  out.put(PATTERNS, 'x');
  expect(await day({ isCheck: true })).toMatchObject({
    outcome: 'damaged',
    detail: `${detail}; damaged: ${PATTERNS}`,
  });
  expect(out.text(QUALITY)).not.toContain('patterns.csv');
});

describe('a report that lists other bytes than those that follow', () => {
  test('leaves all files as they are, and names the first line that differs', async () => {
    publishPatterns(out, [{ ...DAY, damage: withOneTurned }]);
    out.remove(SCOREBOARD);
    const { outcome, good, written, detail } = await day();
    expect({ outcome, good, written }).toEqual({ outcome: 'differs', good: false, written: [] });
    expect(detail).toMatch(
      /_patterns\.csv: line \d+ is stored as '.*,down,.*', recomputed as '.*,up,.*'; missing: .*$/u,
    );
    expect(out.written).toEqual([]);
  });

  test('is told from one whose file is gone as well', async () => {
    publishPatterns(out, [{ ...DAY, damage: (text) => `${text}x` }]);
    out.remove(PATTERNS);
    expect((await day()).detail).toBe(
      `${PATTERNS}: it is missing, and recomputed it is not what the report lists`,
    );
  });
});

test.for<[string, () => void, string]>([
  ['bars that changed', () => out.put(BARS, 'x'), `${BARS} file: found other content`],
  ['bars that are gone', () => out.remove(BARS), `${BARS} file: found nothing`],
  ['a report that is gone', () => out.remove(QUALITY), `${QUALITY} file: found nothing`],
  ['a broken seal', () => out.put(QUALITY, '{}'), QUALITY],
  [
    'another report than the manifest lists',
    () => {
      const manifest = out.text(`_manifest/${DATE}.json`);
      publishPatterns(out, [{ ...DAY, feeBps: '4' }]);
      out.put(`_manifest/${DATE}.json`, manifest);
    },
    `${QUALITY} file: found other content, expected the content that the manifest lists`,
  ],
])('%s make the day damaged', async ([, harm, detail]) => {
  publishPatterns(out, [DAY]);
  harm();
  const found = await day();
  expect(found).toMatchObject({ outcome: 'damaged', good: false, events: null, written: [] });
  expect(found.detail).toContain(detail);
});

test('a day without 1s signals cannot be computed; one without a recording need not be', async () => {
  const empty: PatternDay = { ...DAY, symbol: 'EMPTY', status: 'empty' };
  publishPatterns(out, [{ ...DAY, kinds: ['bars'] }, empty]);
  const { days, good, counts } = await recomputed();
  expect(days).toMatchObject([
    { symbol: 'BTCUSDT', outcome: 'no_seconds', detail: 'no 1s signals are published' },
    { symbol: 'EMPTY', outcome: 'empty', listed: null },
  ]);
  expect(good).toBe(false);
  expect(counts).toMatchObject({ no_seconds: 1, empty: 1, same: 0 });
  expect((await recomputed({ symbols: { matching: ['EM*'] } })).good).toBe(true);
});

test('a limit counts the symbols that are asked for', async () => {
  const names = ['AAAUSDT', 'BTCUSDT'];
  publishPatterns(
    out,
    names.map((symbol): PatternDay => ({ ...DAY, symbol, status: 'empty' })),
  );
  const found = async (symbols: PublishedSearch['symbols']): Promise<string[]> => {
    const search = { dates: [utcDate(DATE, 'test')], symbols, daysMax: 1 };
    return (await publishedDays(search, () => null, { out, codec })).days.map(
      ({ symbol }) => symbol,
    );
  };
  expect(await found([symbolName('BTCUSDT', 'test')])).toEqual(['BTCUSDT']);
  expect(await found({ matching: ['A*'] })).toEqual(['AAAUSDT']);
  await expect(found('all')).rejects.toThrow(
    'out symbol-days: found more than 1, expected at most 1',
  );
});

test('nothing published is not good, and an unknown symbol is refused with the nearest name', async () => {
  out.put('_manifest/2025-12-10.json', '{}');
  expect(await recomputed()).toMatchObject({ good: false, symbol_days: 0, days: [] });
  publishPatterns(out, [{ ...DAY, status: 'empty' }]);
  await expect(recomputed({ symbols: [symbolName('BTCUSD', 'test')] })).rejects.toThrow(
    "--symbols symbol: found 'BTCUSD', which matches no symbol in a manifest from 2025-12-11 to 2025-12-11, expected 'BTCUSDT'",
  );
  out.put(`_manifest/${DATE}.json`, '{}');
  const { good, unreadable_manifests: unreadable } = await recomputed();
  expect({ good, dates: unreadable.map(({ date }) => date) }).toEqual({
    good: false,
    dates: [DATE],
  });
});
