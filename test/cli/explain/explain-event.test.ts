/** `flowbars explain --event`: an event by its rule, and its control. */
import { afterAll, expect, test } from 'vitest';
import { PATTERNS } from '../../../src/core/column/pattern-table.js';
import {
  ABSORBED,
  DATE,
  disposeSample,
  explain,
  explained,
  sampleDay,
  unfolded,
} from '../../support/explain/explained-sample.js';

afterAll(disposeSample);

test('an event is explained condition by condition, in the bar that ends when it is known', async () => {
  const workdir = await sampleDay();
  const result = await explain(workdir, ABSORBED, ['--event']);
  expect(result.code).toBe(0);
  expect(result.stdout).toContain(`event absorption, up: known at ${ABSORBED}`);
  expect(unfolded(result)).toMatch(
    /holds [\d.]+ ≥ [\d.]+ and hard: abs D threshold: Q95, the \d+th of [\d,]+ values in ascending order, of lines 2 to 2461/u,
  );
  const { from, events } = await explained(workdir, ABSORBED, ['--event']);
  expect(from).toBe(`${DATE}T00:41:29Z`);
  const [event] = events;
  expect(events).toHaveLength(1);
  expect(event).toMatchObject({ pattern: 'absorption', direction: 'up', same: true });
  expect(event?.conditions.every(({ holds }) => holds)).toBe(true);
  expect(event?.conditions).toHaveLength(4);
  const pressure = event?.conditions.find(({ value }) => value === event.strength);
  expect(pressure?.threshold).toBe(event?.threshold);
  const minute = await explained(workdir, `${DATE}T00:41:29.500Z`, ['--resolution', '1m']);
  expect(minute.events.map(({ confirmed }) => confirmed)).toEqual([ABSORBED]);
  const after = await explained(workdir, ABSORBED);
  expect(after.events).toEqual([]);
  expect(after.notes.join(' ')).toContain('--event explains it');
});

test('every planted event is found again by its rule', async () => {
  const workdir = await sampleDay();
  const days = ['--from', DATE, '--to', DATE, '--symbols', 'BTCUSDT'];
  for (const pattern of PATTERNS) {
    const asked = ['--events', '--pattern', pattern, '--format', 'jsonl'];
    const { stdout } = await workdir.run(['scoreboard', '--out', 'out', ...days, ...asked]);
    const [, confirmed = ''] = /"confirmed":"([^"]+)"/u.exec(stdout) ?? [];
    const { events } = await explained(workdir, confirmed, ['--event']);
    const own = events.filter((one) => one.pattern === pattern);
    expect(own.map(({ same, detail }) => ({ pattern, same, detail }))).toEqual([
      { pattern, same: true, detail: '' },
    ]);
  }
});

test('a control says which conditions it tests, and what it only needs', async () => {
  const workdir = await sampleDay();
  const page = unfolded(await explain(workdir, ABSORBED, ['--event', '--column', 'close']));
  const [, control = ''] = /(its control is .*) what followed/u.exec(page) ?? [];
  expect(control).toMatch(
    /it holds here as well: holds -[\d.]+ < 0 sellers press: D.* holds [\d.]+ ≤ [\d.]+ the price holds: abs M/u,
  );
  expect(control).toContain(
    'needs, but does not compare: abs D and its Q95, Σ (bid_added − bid_pulled) − Σ vol_sell of 15 rows',
  );
  expect(control).not.toContain('is there');
  // A column leaves the event, and one cell of the bar beneath it.
  expect(page).toMatch(/event absorption, up.* bars: \S+ line 2491 close [\d.]+/u);
  const { events, cells } = await explained(workdir, ABSORBED, ['--event', '--column', 'close']);
  expect([events.length, cells.length]).toEqual([1, 1]);
});
