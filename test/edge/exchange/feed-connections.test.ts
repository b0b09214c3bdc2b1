/** The feed over real sockets to a local exchange: what it hands on while connections come, go and are held up. */
import { describe, expect, test } from 'vitest';
import { CHUNK_HEADERS, formOf, rowText } from '../../../src/core/frame/chunk-text.js';
import type { FeedRow } from '../../../src/jobs/feed/open-feed.js';
import type { Exchange } from '../../support/exchange/exchange.js';
import { idsOf, marketOf, runFeed } from '../../support/feed/feed-run.js';

const SYMBOLS = ['BTCUSDT', 'ETHUSDT'];

/** Every event from the first row of each stream to the market's last, once each. */
function expectEverything(exchange: Exchange, rows: readonly FeedRow[]): void {
  const ids = idsOf(rows);
  expect(ids.size).toBeGreaterThan(0);
  for (const [name, some] of ids) {
    const [, last = -1] = exchange.view().streams[name] ?? [];
    const step = name.endsWith('@trade') ? 1 : 7;
    const first = Math.min(...some);
    const expected = Array.from(
      { length: (last - first) / step + 1 },
      (_, at) => first + at * step,
    );
    expect(
      [...some].sort((one, other) => one - other),
      name,
    ).toEqual(expected);
  }
}

test('hands on every row of every symbol, with its arrival', async () => {
  const run = await runFeed(SYMBOLS, {}, { awaitStreams: 4 });
  await run.until(() => run.rows.length > 200, 'rows');
  await run.finish();
  expectEverything(run.exchange, run.rows);
  expect(idsOf(run.rows).size).toBe(4);
  const ledger = [...run.exchange.ledger()];
  expect(run.rows).toHaveLength(ledger.length);
  for (const { frame, receiveUs } of run.rows) {
    const lagUs = receiveUs - Number(frame.eventTime) * 1_000;
    expect(lagUs).toBeGreaterThan(-2_000);
    expect(lagUs).toBeLessThan(5_000_000);
    const cells = CHUNK_HEADERS[formOf(frame)].split(',').length;
    expect(
      rowText(frame, String(receiveUs))
        .replaceAll(/"[^"]*(?:""[^"]*)*"/g, '')
        .split(','),
    ).toHaveLength(cells);
  }
  const figures = run.feed.figures();
  expect(figures.streams.map(({ rows }) => rows).reduce((sum, rows) => sum + rows, 0)).toBe(
    run.rows.length,
  );
  expect(run.story('begun', 'opened', 'refused', 'broken', 'closed', 'ended')).toEqual([
    'begun',
    'opened /public first',
    'opened /public first',
    'closed stopped',
    'closed stopped',
    'ended',
  ]);
});

describe('loses and repeats nothing', () => {
  test('over the exchange’s cut, with a second connection before it', async () => {
    const times = { renewAfterMs: 600 };
    const run = await runFeed(SYMBOLS, { times }, { awaitStreams: 4, lifetimeMs: 2_500 });
    await run.until(() => run.story('closed').length >= 6, 'three renewals a line');
    await run.finish();
    expectEverything(run.exchange, run.rows);
    expect(new Set(run.story('closed'))).toEqual(new Set(['closed renewed', 'closed stopped']));
    const duplicates = run.feed.figures().streams.map((stream) => stream.duplicates);
    expect(Math.min(...duplicates)).toBeGreaterThan(0);
    const noted = run.notes.map((note) => (note.is === 'duplicates' ? note.rows : 0));
    expect(noted.reduce((sum, rows) => sum + rows, 0)).toBe(
      duplicates.reduce((sum, rows) => sum + rows, 0),
    );
  });

  test('when the old connection is behind the new one', async () => {
    const times = { renewAfterMs: 600, overlapMs: 600 };
    const delay = { is: 'delay', on: { connection: 1 }, byMs: 200 } as const;
    const faults = [{ atMs: 0, fault: delay }];
    const run = await runFeed(
      ['BTCUSDT'],
      { kinds: ['trade'], times },
      { awaitStreams: 1, faults },
    );
    await run.until(() => run.story('closed').length >= 1, 'a renewal');
    await run.finish();
    expectEverything(run.exchange, run.rows);
    const ids = idsOf(run.rows).get('btcusdt@trade') ?? [];
    expect(ids).not.toEqual([...ids].sort((one, other) => one - other));
  });

  test('while reading is paused', async () => {
    const times = { deadAfterMs: 600, silentAfterMs: 600 };
    const run = await runFeed(SYMBOLS, { times }, { awaitStreams: 4 });
    await run.until(() => run.rows.length > 50, 'rows');
    run.feed.pause();
    const { events } = run.exchange.view();
    await run.until(() => run.exchange.view().events > events + 400, 'events of a second');
    const pausedRows = run.rows.length;
    await run.until(() => run.exchange.view().events > events + 600, 'more of them');
    expect(run.rows).toHaveLength(pausedRows);
    run.feed.resume();
    await run.finish();
    expectEverything(run.exchange, run.rows);
    expect(run.story('opened')).toHaveLength(2);
    expect(run.story('doubt')).toEqual([]);
  });

  test('when the exchange sends everything of a moment at once', async () => {
    const faults = [{ atMs: 300, fault: { is: 'burst', forMs: 700 } as const }];
    const run = await runFeed(SYMBOLS, {}, { awaitStreams: 4, faults });
    await run.until(() => run.exchange.view().events > 600, 'events');
    await run.finish();
    expectEverything(run.exchange, run.rows);
  });
});

describe('loses no more than what did not arrive', () => {
  test('when connections end without a word', async () => {
    const end = { lifetimeMs: 700, lifetimeEnd: 'abrupt' } as const;
    const run = await runFeed(SYMBOLS, {}, { awaitStreams: 4, ...end });
    await run.until(() => run.story('closed').length >= 6, 'cuts');
    await run.feed.stop();
    const rows = [...idsOf(run.rows)].flatMap(([name, ids]) => ids.map((id) => `${name}/${id}`));
    expect(new Set(rows).size).toBe(rows.length);
    const written = new Map<number, string[]>();
    for (const { connection, stream, id } of run.exchange.ledger()) {
      written.set(connection, [...(written.get(connection) ?? []), `${stream}/${id}`]);
    }
    const delivered = new Set(rows);
    for (const events of written.values()) {
      const lost = events.findIndex((event) => !delivered.has(event));
      const behind = lost === -1 ? [] : events.slice(lost);
      expect(behind.filter((event) => delivered.has(event))).toEqual([]);
    }
    const all = new Set([...written.values()].flat());
    expect(rows.filter((row) => !all.has(row))).toEqual([]);
    expect(rows.length).toBeGreaterThan(all.size * 0.9);
    expect(run.story('closed').slice(0, 6)).toEqual(Array(6).fill('closed 1006 abnormal closure'));
    expect(run.story('opened').slice(2, 4)).toEqual(['opened /public lost', 'opened /public lost']);
  });

  test('when the network is cut while TCP stays open', async () => {
    const times = { pingEveryMs: 200, deadAfterMs: 500, connectMs: 400 };
    const run = await runFeed(SYMBOLS, { times }, { awaitStreams: 4 });
    await run.until(() => run.rows.length > 50, 'rows');
    run.exchange.make({ is: 'network-cut', forMs: 1_500 });
    await run.until(() => run.story('opened').length >= 4, 'new connections');
    const before = run.rows.length;
    await run.until(() => run.rows.length > before + 100, 'rows of them');
    await run.finish();
    expect(run.story('closed').slice(0, 2)).toEqual(
      Array(2).fill('closed nothing came for 500 ms'),
    );
    expect(run.story('refused').length).toBeGreaterThan(0);
    const all = [...idsOf(run.rows).values()];
    for (const ids of all) expect(new Set(ids).size).toBe(ids.length);
  });
});

test('splits symbols over connections within the exchange’s limits', async () => {
  const symbols = Array.from({ length: 230 }, (_, index) => `S${index}USDT`);
  const market = { ...marketOf(symbols), tradesPerSecond: 5 };
  const run = await runFeed(symbols, { kinds: ['trade'] }, { market, awaitStreams: 230 });
  await run.until(() => idsOf(run.rows).size === 230, 'rows of every symbol');
  await run.finish();
  expectEverything(run.exchange, run.rows);
  expect(run.exchange.view().connections.map(({ streams }) => streams)).toEqual([200, 30]);
});
