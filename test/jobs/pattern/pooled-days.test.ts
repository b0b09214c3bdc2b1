/** Pooled scoreboards and listed events of published days, from the files that their reports list. */
import { expect, test } from 'vitest';
import { PATTERN_EVENTS, PATTERNS } from '../../../src/core/column/pattern-table.js';
import { pooledScoreboard } from '../../core/score/pooled.js';
import { isScoreboard, type Scoreboard } from '../../../src/core/score/scoreboard-shape.js';
import type { ListedEvents, Scores } from '../../../src/core/score/pattern-documents.js';
import { dayStartMs, isoStamp, utcDate } from '../../../src/core/unit/utc-date.js';
import { codec } from '../../../src/edge/format/codec.js';
import { csvTables } from '../../../src/edge/format/csv-table.js';
import { listEvents } from '../../../src/jobs/pattern/list-events.js';
import { type PatternSearch, poolScoreboards } from '../../../src/jobs/pattern/pool-scoreboards.js';
import { type PatternDay, publishPatterns } from '../../support/day/pattern-days.js';
import { manualClock } from '../../support/manual-clock.js';
import { type MemoryStore, openMemoryStore } from '../../support/memory-store.js';
import { expectSchema } from '../../support/schema/schemas.js';
import { randomWalk } from '../../core/pattern/made-day.js';

const [FIRST, SECOND] = ['2025-12-10', '2025-12-11'];
const [ONE, TWO] = [randomWalk({ seed: 'one' }), randomWalk({ seed: 'two' })];
const DAYS: readonly PatternDay[] = [
  { symbol: 'AAAUSDT', date: FIRST, texts: ONE },
  { symbol: 'BBBUSDT', date: FIRST, texts: TWO },
  { symbol: 'AAAUSDT', date: SECOND, texts: TWO, feeBps: '4' },
];

function search(changes: Partial<PatternSearch> = {}): PatternSearch {
  const dates = [FIRST, SECOND].map((date) => utcDate(date, 'test'));
  return { dates, symbols: 'all', patterns: PATTERNS, onDone: () => undefined, ...changes };
}

async function pooled(out: MemoryStore, changes?: Partial<PatternSearch>): Promise<Scores> {
  const pooling = { ...search(changes), feeBps: '7.5', onLine: () => undefined };
  const scores = await poolScoreboards(pooling, { out, codec, clock: manualClock() });
  expectSchema('scores', JSON.stringify(scores));
  return scores;
}

async function events(out: MemoryStore, changes?: Partial<PatternSearch>): Promise<ListedEvents> {
  const listed = await listEvents(search(changes), { out, codec, tables: csvTables });
  expectSchema('events', JSON.stringify(listed));
  return listed;
}

function storedScoreboard(out: MemoryStore, name: string): Scoreboard {
  const text = out.text(name);
  expectSchema('scoreboard', text);
  const scoreboard: unknown = JSON.parse(text);
  if (!isScoreboard(scoreboard)) throw new Error(`${name} is no scoreboard`);
  return scoreboard;
}

test('three symbol-days are pooled from their scoreboards, with the fee that is asked for', async () => {
  const out = openMemoryStore({ root: 'out' });
  publishPatterns(out, DAYS);
  const names = DAYS.map(({ symbol, date }) => `${symbol}/${date}_scoreboard.json`);
  const { scores, ...rest } = pooledScoreboard(
    names.map((name) => storedScoreboard(out, name)),
    '7.5',
  );
  expect(rest).toMatchObject({ symbol_days: 3, fee_bps: '7.5', symbols: ['AAAUSDT', 'BBBUSDT'] });
  const found = await pooled(out);
  expect(found).toMatchObject({ ...rest, good: true, out: 'out', from: FIRST, to: SECOND });
  expect(found.scores).toEqual(scores);
  expect(found.scores.every(({ control }) => control.n > 10)).toBe(true);
  const few = await pooled(out, { patterns: ['whale'], symbols: { matching: ['B*'] } });
  expect(few).toMatchObject({ symbol_days: 1, symbols: ['BBBUSDT'] });
  expect(few.scores.map(({ pattern }) => pattern)).toEqual(['whale', 'whale', 'whale']);
});

test('days without a scoreboard are named with the reason; a damaged one is a fault', async () => {
  const out = openMemoryStore({ root: 'out' });
  const [first, second, third] = DAYS;
  if (first === undefined || second === undefined || third === undefined) throw new Error('days');
  const unlisted: PatternDay = { ...second, kinds: ['bars', 'signals'] };
  const empty: PatternDay = { ...third, symbol: 'EMPTY', status: 'empty' };
  publishPatterns(out, [first, unlisted, third, empty]);
  const choices = [
    { symbol: 'BBBUSDT', date: FIRST, reason: 'not_listed', detail: 'published without patterns' },
    { symbol: 'EMPTY', date: SECOND, reason: 'empty', detail: 'nothing was recorded' },
  ];
  expect(await pooled(out)).toMatchObject({ good: true, symbol_days: 2, left_out: choices });
  expect(await events(out)).toMatchObject({ good: true, symbol_days: 2, left_out: choices });
  // A stored file whose report does not list it is not read.
  out.put(`BBBUSDT/${FIRST}_scoreboard.json`, out.text(`AAAUSDT/${FIRST}_scoreboard.json`));
  out.put(`AAAUSDT/${SECOND}_scoreboard.json`, '{}');
  const damaged = { symbol: 'AAAUSDT', date: SECOND, reason: 'damaged' };
  const found = await pooled(out);
  expect(found).toMatchObject({ good: false, symbol_days: 1 });
  expect(found.left_out).toMatchObject([choices[0], damaged, choices[1]]);
  out.put(`_manifest/${FIRST}.json`, 'x');
  const unreadable = await pooled(out);
  expect(unreadable).toMatchObject({ good: false, symbol_days: 0 });
  expect(unreadable.unreadable_manifests).toMatchObject([{ date: FIRST }]);
});

test('each event leads to its line, and to the lines of the seconds that it was read off', async () => {
  const out = openMemoryStore({ root: 'out' });
  publishPatterns(out, DAYS);
  const listed = await events(out);
  expect(listed.events.length).toBeGreaterThan(1_000);
  const linesByFile = new Map(out.names().map((name) => [name, out.text(name).split('\n')]));
  const cellsAt = (file: string, line: number): string[] =>
    linesByFile.get(file)?.[line - 1]?.split(',') ?? [];
  const seen = new Set<string>();
  for (const event of listed.events) {
    const { patterns, signals, bars, from, confirmed } = event;
    const cells = cellsAt(patterns.file, patterns.from_line);
    const own = PATTERN_EVENTS.header.map((name) => event[name] ?? '');
    expect(cells).toEqual(own);
    if (signals === null || bars === null) throw new Error('rows are published');
    const date = utcDate(from.slice(0, 10), 'test');
    expect(patterns.file).toBe(`${event.symbol}/${date}_patterns.csv`);
    const last = isoStamp(Math.max(dayStartMs(date), Date.parse(confirmed) - 1_000));
    for (const lines of [signals, bars]) {
      const stamps = [lines.from_line, lines.to_line].map((line) => cellsAt(lines.file, line)[0]);
      expect(stamps).toEqual([from, last]);
    }
    seen.add(event.pattern);
  }
  expect([...seen].toSorted()).toEqual(PATTERNS);
  const ofOne = await events(out, { patterns: ['whale', 'wall_pulled'] });
  expect(ofOne.events).toEqual(
    listed.events.filter(({ pattern }) => ['whale', 'wall_pulled'].includes(pattern)),
  );
});

test('a pulled wall is in the cells of its line, and events say where rows are not published', async () => {
  const out = openMemoryStore({ root: 'out' });
  const [day] = DAYS;
  if (day === undefined) throw new Error('no day');
  publishPatterns(out, [day]);
  const { events: walls } = await events(out, { patterns: ['wall_pulled'] });
  expect(walls.length).toBeGreaterThan(10);
  const lines = out.text(`${day.symbol}/${day.date}_1s_signals.csv`).split('\n');
  const header = lines[0]?.split(',') ?? [];
  for (const { signals, direction, strength } of walls) {
    const column = header.indexOf(direction === 'up' ? 'ask_wall_pulled' : 'bid_wall_pulled');
    expect(lines[(signals?.from_line ?? 0) - 1]?.split(',')[column]).toBe(strength);
  }
  publishPatterns(out, [{ ...day, kinds: ['patterns', 'scoreboard'] }]);
  const { events: bare } = await events(out, { patterns: ['wall_pulled'] });
  expect(bare).toEqual(walls.map((wall) => ({ ...wall, signals: null, bars: null })));
});

test.for(['_1s_signals.csv', '_1s.csv'])(
  'no lines are named of a file that is gone: %s',
  async (end) => {
    const out = openMemoryStore({ root: 'out' });
    publishPatterns(out, DAYS);
    const whole = await events(out);
    const name = `AAAUSDT/${FIRST}${end}`;
    out.remove(name);
    const found = await events(out);
    expect(found).toMatchObject({ good: false, symbol_days: 2 });
    expect(found.left_out).toEqual([
      {
        symbol: 'AAAUSDT',
        date: FIRST,
        reason: 'damaged',
        detail: `out/${name} file: found nothing, expected the content that the manifest lists (flowbars repair or run computes the day again)`,
      },
    ]);
    const others = whole.events.filter(
      ({ patterns }) => !patterns.file.startsWith(`AAAUSDT/${FIRST}`),
    );
    expect(others.length).toBeGreaterThan(100);
    expect(found.events).toEqual(others);
  },
);
