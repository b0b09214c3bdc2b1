/** The feed over real sockets to a local exchange that misbehaves. */
import { describe, expect, test } from 'vitest';
import { BROKEN_NOTES_MAX } from '../../../src/jobs/feed/limit-notes.js';
import { idsOf, runFeed } from '../../support/feed/feed-run.js';

const SYMBOLS = ['BTCUSDT', 'ETHUSDT'];

describe('a route', () => {
  test('that acknowledges and delivers nothing is left for one that delivers', async () => {
    const faults = [{ atMs: 0, fault: { is: 'silent', on: { route: '/public' } } as const }];
    const times = { silentAfterMs: 800 };
    const run = await runFeed(SYMBOLS, { kinds: ['trade'], times }, { faults });
    await run.until(() => run.story('closed').length > 0, 'the end of the silent connection');
    expect(run.story('opened', 'doubt', 'delivering', 'closed')).toEqual([
      'opened /public first',
      'doubt silent',
      'opened /market silent',
      'delivering',
      'closed silent',
    ]);
    await run.finish();
    expect(run.rows.length).toBeGreaterThan(20);
  });

  test('that does not exist is left at once', async () => {
    const refusal = { is: 'refusal', on: { route: '/public' }, status: 404 } as const;
    const run = await runFeed(
      SYMBOLS,
      { kinds: ['depth'] },
      { faults: [{ atMs: 0, fault: refusal }] },
    );
    await run.until(() => run.rows.length > 10, 'rows');
    expect(run.story('refused', 'opened')).toEqual(['refused HTTP 404', 'opened /market first']);
    await run.finish();
  });

  test('is tried again while the exchange has no time for it', async () => {
    const refusal = { is: 'refusal', status: 503, forMs: 400 } as const;
    const run = await runFeed(
      SYMBOLS,
      { kinds: ['depth'] },
      { faults: [{ atMs: 0, fault: refusal }] },
    );
    await run.until(() => run.rows.length > 10, 'rows');
    expect(run.story('refused').length).toBeGreaterThan(2);
    expect(run.story('opened')).toEqual(['opened /public first']);
    await run.finish();
  });
});

test('garbage is noted up to a limit, counted, and no reason to leave a connection', async () => {
  const run = await runFeed(SYMBOLS, { kinds: ['trade'] });
  await run.until(() => run.rows.length > 10, 'rows');
  for (const kind of ['binary', 'no-object', 'foreign-symbol', 'unknown-event'] as const) {
    run.exchange.make({ is: 'garbage', kind, frames: 1 });
  }
  run.exchange.make({ is: 'garbage', kind: 'truncated', frames: 30 });
  await run.until(() => run.feed.figures().brokenFrames === 33, 'garbage');
  await run.finish();
  expect(run.story('broken')).toHaveLength(BROKEN_NOTES_MAX);
  expect(run.story('broken')[2]).toBe("broken 'trade of ZZZUSDT'");
  expect(run.feed.figures().otherFrames).toBe(1);
  expect(run.story('opened')).toHaveLength(1);
  expect(run.rows.every(({ symbol }) => SYMBOLS.includes(symbol))).toBe(true);
});

test('rows that one connection sends twice are the exchange’s own, and stay', async () => {
  const faults = [{ atMs: 0, fault: { is: 'twice' } as const }];
  const run = await runFeed(['BTCUSDT'], { kinds: ['trade'] }, { faults });
  await run.until(() => run.rows.length > 50, 'rows');
  await run.finish();
  const ids = run.rows.map(({ frame }) => frame.id);
  expect(ids.filter((id, index) => index % 2 === 0 && ids[index + 1] === id)).toHaveLength(
    new Set(ids).size,
  );
});

test('rows of a stream that was not subscribed are none', async () => {
  const run = await runFeed(['BTCUSDT'], { kinds: ['trade'] });
  await run.until(() => run.rows.length > 10, 'rows');
  for (const stream of ['btcusdt@depth20@100ms', 'btcusdt@aggTrade'])
    run.exchange.addStream(stream);
  await run.until(() => run.feed.figures().brokenFrames > 10, 'rows of other streams');
  await run.finish();
  expect(new Set(run.story('broken'))).toEqual(
    new Set(["broken 'depth of BTCUSDT'", "broken 'aggregate of BTCUSDT'"]),
  );
  expect(run.rows.every(({ frame }) => frame.is === 'trade' && !frame.isAggregate)).toBe(true);
});

test('a name that the exchange refuses is said, and the others come', async () => {
  const faults = [{ atMs: 0, fault: { is: 'unknown', on: { stream: '^gone' } } as const }];
  const symbols = [...SYMBOLS, 'GONEUSDT'];
  const run = await runFeed(symbols, { kinds: ['trade'] }, { faults });
  await run.until(() => run.rows.length > 50, 'rows');
  await run.finish();
  const [refused, ...more] = run.story('refused');
  expect(refused).toMatch(/^refused goneusdt@trade: .*unknown stream/);
  expect(more).toEqual([]);
  expect(new Set(run.rows.map(({ symbol }) => symbol))).toEqual(new Set(SYMBOLS));
});

test('a book that stands still has its connection replaced', async () => {
  const faults = [{ atMs: 0, fault: { is: 'frozen', on: { connection: 1 } } as const }];
  const times = { frozenAfterMs: 500 };
  const run = await runFeed(['BTCUSDT'], { kinds: ['depth'], times }, { faults });
  await run.until(() => run.story('closed').length > 0, 'the end of the frozen connection');
  expect(run.story('opened', 'doubt', 'closed')).toEqual([
    'opened /public first',
    'doubt frozen',
    'opened /public frozen',
    'closed frozen',
  ]);
  await run.finish();
});

test('a connection whose requests are not answered is carried on where it delivers', async () => {
  const faults = [{ atMs: 0, fault: { is: 'mute' } as const }];
  const times = { acknowledgeMs: 300 };
  const run = await runFeed(SYMBOLS, { kinds: ['trade'], times }, { faults });
  await run.until(() => run.story('opened').length > 0, 'a connection that is carried on');
  await run.until(() => run.rows.length > 200, 'rows');
  await run.finish();
  expect(run.story('opened', 'refused', 'closed')).toEqual([
    'opened /public first',
    'closed stopped',
  ]);
});

test('a name that is refused for a while at a renewal is never given up', async () => {
  const refusal = { is: 'unknown', on: { stream: '^eth' }, forMs: 1_500 } as const;
  const times = { renewAfterMs: 700, refusedBaseMs: 200 };
  const faults = [{ atMs: 500, fault: refusal }];
  const run = await runFeed(SYMBOLS, { kinds: ['trade'], times }, { faults });
  await run.until(() => run.story('closed').length > 0, 'the end of the first connection');
  await run.finish();
  expect(run.story('refused')[0]).toMatch(/^refused ethusdt@trade/);
  for (const ids of idsOf(run.rows).values()) {
    const first = ids[0] ?? 0;
    expect(ids).toEqual(ids.map((_, index) => first + index));
  }
  expect(idsOf(run.rows).size).toBe(2);
});

test('a connection whose requests are not answered is replaced where nothing comes', async () => {
  const faults = [
    { atMs: 0, fault: { is: 'mute', on: { connection: 1 } } as const },
    { atMs: 0, fault: { is: 'silent', on: { connection: 1 } } as const },
  ];
  const times = { acknowledgeMs: 300 };
  const run = await runFeed(SYMBOLS, { kinds: ['trade'], times }, { faults });
  await run.until(() => run.story('opened').length > 0, 'a connection that is answered');
  expect(run.story('refused')).toEqual(['refused no answer within 300 ms']);
  await run.finish();
});

test('a close frame that is not answered in time is not waited for', async () => {
  const faults = [{ atMs: 0, fault: { is: 'slow-close', byMs: 60_000 } as const }];
  const times = { renewAfterMs: 300 };
  const run = await runFeed(['BTCUSDT'], { kinds: ['trade'], times }, { faults });
  await run.until(() => run.story('closed').length > 0, 'the end of the first connection');
  expect(run.story('closed')[0]).toBe('closed renewed');
  await run.finish();
});

test('an exchange that cannot be reached is tried again', async () => {
  const run = await runFeed(['BTCUSDT'], { endpoint: 'ws://127.0.0.1:1', kinds: ['trade'] });
  await run.until(() => run.story('refused').length > 3, 'attempts');
  expect(run.story('refused')[0]).toMatch(/ECONNREFUSED/);
  await run.feed.stop();
  expect(run.story('ended')).toEqual(['ended']);
});

test('pings of the exchange are answered, and own pings are timed', async () => {
  const times = { pingEveryMs: 400 };
  const run = await runFeed(
    ['BTCUSDT'],
    { kinds: ['trade'], times },
    { pingMs: 300, pongMaxMs: 900 },
  );
  await run.until(() => run.story('pong').length > 4, 'pongs');
  await run.finish();
  expect(run.story('closed')).toEqual(['closed stopped']);
});
