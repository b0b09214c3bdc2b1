/** Pages of other days in a real browser: two days around a midnight, trades alone, bars of an hour alone. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  chromiumPath,
  openBrowser,
  type OpenedPage,
  openPage,
} from '../support/browser/browser.js';
import * as see from '../support/browser/day-view.js';
import { cellsOfDay } from '../support/browser/published-view.js';
import { optionArgs, type Options, runExpecting } from '../support/e2e/run-flowbars.js';
import { Workdir } from '../support/workdir.js';

const [FIRST, SECOND] = ['2025-12-11', '2025-12-12'];
const DAY = 86_400;
/** The recording's part of the first day. */
const FIRST_EXPECT = `${FIRST}T23:50:00Z/${SECOND}T00:00:00Z`;

const workdir = new Workdir();
let browser: Browser | undefined;

beforeAll(async () => {
  if (chromiumPath === undefined) return;
  const sample = { raw: 'raw', date: FIRST, start: '23:50', minutes: '20', faults: 'none' };
  await runExpecting(workdir, 0, ['sample', ...optionArgs(sample)]);
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  workdir.dispose();
});

/** Publishes both days, or what `run` says, into a root of its own, and opens their page. */
async function opened(out: string, run: Options, page: Options = {}): Promise<OpenedPage> {
  const days = { out, from: FIRST, to: SECOND };
  const expected = `${FIRST}T23:50:00Z/${SECOND}T00:10:00Z`;
  const running = { raw: 'raw', ...days, symbols: 'BTCUSDT', expect: expected, ...run };
  await runExpecting(workdir, 0, ['run', ...optionArgs(running)]);
  const viewing = { ...days, symbol: 'BTCUSDT', page: `${out}.html`, ...page };
  await runExpecting(workdir, 0, ['view', ...optionArgs(viewing)]);
  if (browser === undefined) throw new Error('tests without a browser are skipped');
  const result = await openPage(browser, workdir.path(`${out}.html`));
  await see.untilReady(result.page);
  return result;
}

describe.skipIf(chromiumPath === undefined)('the page', () => {
  test('of two days says the cells of each on its side of midnight', async () => {
    const { page, complaints } = await opened('both', {});
    expect(await see.levelOf(page)).toBe('1s');
    expect(await see.seenOf(page)).toEqual({ from: DAY - 600, to: DAY + 600 });
    const cells = new Map(
      [FIRST, SECOND].flatMap((date) => [...cellsOfDay(workdir, `both`, date, '1s')]),
    );
    expect(cells.size).toBe(2 * DAY);
    await see.pointAt(page, DAY, 100);
    await see.press(page, '+', '+', '+', '+');
    for (const second of [DAY - 60, DAY - 30, DAY - 1, DAY, DAY + 1, DAY + 30, DAY + 60]) {
      await see.pointAt(page, second, 100);
      const time = new Date(Date.parse(`${FIRST}T00:00:00Z`) + second * 1_000);
      const shown = await see.cellsOf(page);
      expect(shown['time']).toBe(`${time.toISOString().slice(0, 19)}Z`);
      expect(shown).toEqual(cells.get(shown['time'] ?? ''));
    }
    await see.press(page, '2', 'Home');
    expect((await see.cellsOf(page))['time']).toBe(`${FIRST}T00:00:00Z`);
    await see.press(page, 'End');
    expect((await see.cellsOf(page))['time']).toBe(`${SECOND}T23:59:00Z`);
    expect(await page.locator('main > details > summary').allTextContents()).toEqual([
      FIRST,
      SECOND,
      'Keys',
    ]);
    expect(complaints).toEqual([]);
  });

  test('of trades alone has the panes of trades', async () => {
    const { page, complaints } = await opened('trades', {
      streams: 'trades',
      resolutions: '1m',
      outputs: 'bars,signals',
    });
    const panes = await see.panesOf(page);
    expect(panes.map(({ series }) => series.map(({ title }) => title))).toEqual([
      ['bar', 'VWAP'],
      ['buyers', 'sellers, below zero'],
      ['delta', 'CVD, left'],
    ]);
    const columns = Object.keys(await see.cellsOf(page));
    expect(columns).toContain('vol_delta');
    expect(columns).not.toContain('imbalance_l1');
    expect(
      await page.locator('p', { hasText: 'No pane of spread: it needs a recorded book' }).count(),
    ).toBe(1);
    expect(complaints).toEqual([]);
  });

  test('of hours alone draws hours', async () => {
    const { page, complaints } = await opened('hours', { resolutions: '1h', outputs: 'bars' });
    expect(await see.levelOf(page)).toBe('1h');
    expect((await see.panesOf(page))[1]?.series[0]?.points).toBe(48);
    await see.press(page, 'End');
    expect(await see.cellsOf(page)).toMatchObject({
      time: `${SECOND}T23:00:00Z`,
      trade_count: '0',
    });
    expect(complaints).toEqual([]);
  });

  test('of a day that begins without a price is walked from its begin', async () => {
    const { page, complaints } = await opened(
      'young',
      { to: FIRST, expect: undefined, 'coverage-min': '0', outputs: 'bars' },
      { to: FIRST },
    );
    await see.press(page, 'Home', '1', 'ArrowRight', 'ArrowRight', 'ArrowRight');
    expect(await see.levelOf(page)).toBe('1s');
    const before = await see.cellsOf(page);
    expect(before['close']).toBe('');
    await see.press(page, 'ArrowRight');
    const time = (await see.cellsOf(page))['time'] ?? '';
    expect(Date.parse(time) - Date.parse(before['time'] ?? '')).toBe(1_000);
    await see.press(page, 'End', 'Home');
    expect(complaints).toEqual([]);
  });

  test('of seconds alone shows two hours at a time, and follows as one moves', async () => {
    const { page } = await opened(
      'seconds',
      { to: FIRST, expect: FIRST_EXPECT, resolutions: '1s', outputs: 'bars' },
      { to: FIRST },
    );
    await see.press(page, 'Home');
    const before = (await see.cellsOf(page))['time'] ?? '';
    await see.press(page, 'Home');
    const after = (await see.cellsOf(page))['time'] ?? '';
    expect(after < before).toBe(true);
    expect(await see.levelOf(page)).toBe('1s');
  });
});
