/** The page of a day in a real browser: what is drawn, what it says under the crosshair, keys, zoom, widths, themes. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, openBrowser, openPage, type Screen } from '../support/browser/browser.js';
import * as view from '../support/browser/day-view.js';
import {
  EXPECTED_SECONDS,
  makeView,
  publishedCells,
  publishView,
  VIEW_DATE,
} from '../support/browser/published-view.js';
import { Workdir } from '../support/workdir.js';

const workdir = new Workdir();
let browser: Browser | undefined;

beforeAll(async () => {
  if (chromiumPath === undefined) return;
  await publishView(workdir);
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  workdir.dispose();
});

async function open(screen: Screen = {}, page = 'day.html') {
  if (browser === undefined) throw new Error('the browser is open');
  const opened = await openPage(browser, workdir.path(page), screen);
  await view.untilReady(opened.page);
  return opened;
}

/** Pixels from the top of the chart into each of its panes. */
const PANE_HEIGHTS = [150, 355, 467, 579, 690, 803, 880];

/** Seconds of the recording, the same each time. */
function someSeconds(count: number, most = EXPECTED_SECONDS): number[] {
  return Array.from({ length: count }, (_, index) => (index * 7_919 + 31) % most);
}

describe.skipIf(chromiumPath === undefined)('the page of a day', () => {
  test('draws every pane from the files, asks for nothing and complains of nothing', async () => {
    const { page, complaints } = await open();
    const panes = await view.panesOf(page);
    const minutes = publishedCells(workdir, '1m');
    const filled = (column: string): number =>
      [...minutes.values()].filter((cells) => cells[column] !== '').length;
    expect(panes.map(({ series }) => series.map(({ filled: points }) => points))).toEqual([
      ['close', 'vwap', 'bid_close', 'ask_close'].map(filled),
      ['vol_buy', 'vol_sell'].map(filled),
      ['vol_delta', 'cvd'].map(filled),
      ['spread_max', 'avg_spread'].map(filled),
      ['imbalance_l1', 'imbalance_l5', 'imbalance_l20'].map(filled),
      ['bid_qty_l20', 'ask_qty_l20'].map(filled),
      ['bid_added', 'ask_added', 'bid_pulled', 'ask_pulled'].map(filled),
    ]);
    expect(
      Math.min(...panes.flatMap(({ series }) => series.map((one) => one.filled))),
    ).toBeGreaterThan(90);
    expect(Math.min(...panes.map(({ height }) => height))).toBeGreaterThan(90);
    const colours = await view.coloursOf(page);
    expect(colours).toHaveLength(panes.length);
    expect(Math.min(...colours)).toBeGreaterThan(8);
    expect(complaints).toEqual([]);
  });

  test('says under the mouse exactly the cells of both files, minute by minute', async () => {
    const { page } = await open();
    const minutes = publishedCells(workdir, '1m');
    expect(await view.levelOf(page)).toBe('1m');
    for (const [index, second] of someSeconds(40).entries()) {
      await view.pointAt(page, second, PANE_HEIGHTS[index % PANE_HEIGHTS.length] ?? 0);
      const cells = await view.cellsOf(page);
      const from = second - (second % 60);
      expect(cells['time']).toBe(timeOf(from));
      expect(cells).toEqual(minutes.get(timeOf(from)));
    }
  });

  test('says under the mouse exactly the cells of both files, second by second', async () => {
    const { page } = await open();
    const seconds = publishedCells(workdir, '1s');
    let looked = 0;
    for (const middle of someSeconds(6)) {
      await page.locator('button[data-span=""]').click();
      await view.untilStill(page);
      await view.pointAt(page, middle, 100);
      await view.press(page, '1', '+');
      expect(await view.levelOf(page)).toBe('1s');
      const { from, to } = await view.seenOf(page);
      for (const share of [0.1, 0.33, 0.52, 0.9]) {
        const second = Math.floor(from + (to - from) * share);
        if (second < 0) continue;
        await view.pointAt(page, second, 200);
        const cells = await view.cellsOf(page);
        expect(cells['time']).toBe(timeOf(second));
        expect(cells).toEqual(seconds.get(timeOf(second)));
        looked += 1;
      }
    }
    expect(looked).toBeGreaterThan(18);
  });

  test('moves the crosshair with keys, a bar, ten bars, and to both ends', async () => {
    const { page } = await open();
    const times: (string | undefined)[] = [];
    await view.pointAt(page, 1_800, 100);
    for (const key of ['ArrowRight', 'ArrowLeft', 'ArrowLeft', 'Shift+ArrowRight', 'Home', 'End']) {
      await view.press(page, key);
      times.push((await view.cellsOf(page))['time']);
    }
    const expected = [31, 30, 29, 39, 0, 1_439].map((minute) => timeOf(minute * 60));
    expect(times).toEqual(expected);
    const cells = await view.cellsOf(page);
    expect(cells).toEqual(publishedCells(workdir, '1m').get(timeOf(1_439 * 60)));
  });

  test('zooms around the crosshair down to seconds and back, and takes the rows that fit', async () => {
    const { page } = await open();
    await view.pointAt(page, 3_000, 100);
    const levels: string[] = [];
    for (const key of [...'++++++++', ...'--------'].map((sign) => sign)) {
      await view.press(page, key);
      levels.push(await view.levelOf(page));
      const { from, to } = await view.seenOf(page);
      expect(from).toBeLessThan(3_060);
      expect(to).toBeGreaterThan(3_000);
      expect((to - from) / (levels.at(-1) === '1s' ? 1 : 60)).toBeLessThan(2_800);
    }
    expect(levels.join(' ')).toMatch(/^(?:1m )+(?:1s )+(?:1m ?)+$/u);
    await view.press(page, '1');
    expect(await view.levelOf(page)).toBe('1s');
    await view.press(page, '2');
    expect(await view.levelOf(page)).toBe('1m');
    await page.locator('button[data-span="60"]').click();
    await view.untilStill(page);
    const { from, to } = await view.seenOf(page);
    expect(to - from).toBeCloseTo(60, 3);
    await page.locator('button[data-span=""]').click();
    await view.untilStill(page);
    expect((await view.seenOf(page)).to).toBeCloseTo(EXPECTED_SECONDS, 1);
  });

  test('zooms with the wheel and drags, and says the bar that is then under the mouse', async () => {
    const { page, complaints } = await open();
    await view.pointAt(page, 2_400, 100);
    for (let turn = 0; turn < 16; turn += 1) {
      await page.mouse.wheel(0, -240);
      await view.untilStill(page);
    }
    await view.until(page, `window.flowbars.level() === '1s'`);
    const { from, to } = await view.seenOf(page);
    const second = Math.floor((from + to) / 2);
    await view.pointAt(page, second, 100);
    await page.mouse.down();
    await page.mouse.move(300, 400, { steps: 5 });
    await page.mouse.up();
    await view.untilStill(page);
    const moved = await view.seenOf(page);
    expect(moved.from).toBeGreaterThan(from);
    await view.pointAt(page, second, 120);
    expect(await view.cellsOf(page)).toEqual(publishedCells(workdir, '1s').get(timeOf(second)));
    expect(complaints).toEqual([]);
  });

  test('goes from event to event, and says rule, strength, threshold and outcomes', async () => {
    const { page } = await open();
    const [header = '', ...lines] = workdir
      .text(`out/BTCUSDT/${VIEW_DATE}_patterns.csv`)
      .trimEnd()
      .split('\n');
    expect(lines.length).toBeGreaterThan(8);
    await view.press(page, 'Home');
    for (const line of lines.slice(0, 12)) {
      await view.press(page, 'p');
      const said = (await page.locator('#tip').textContent()) ?? '';
      const cells = line.split(',');
      for (const name of ['confirmed', 'pattern', 'direction', 'price', 'strength', 'threshold']) {
        expect(said).toContain(cells[header.split(',').indexOf(name)] ?? 'missing');
      }
      for (const outcome of cells.slice(-3)) expect(said).toContain(outcome || 'not known');
      expect(said).toContain('rule: ');
      const lastMs = Date.parse(cells[0] ?? '') - 1_000;
      expect((await view.cellsOf(page))['time']).toBe(
        timeOf((lastMs - Date.parse(timeOf(0))) / 1_000),
      );
    }
  });

  test('shows what is said of an event beside the mouse, and leaves out a pattern that is switched off', async () => {
    const { page } = await open();
    await view.press(page, 'Home', 'p', '+', '+');
    const hover = page.locator('#hover');
    const { from, to } = await view.seenOf(page);
    const box = await page.locator('#chart').boundingBox();
    const x = await page.evaluate<number>(`window.flowbars.pixelOf(${(from + to) / 2})`);
    const found = async (): Promise<boolean> => {
      for (let y = 10; y < 290; y += 4) {
        await page.mouse.move((box?.x ?? 0) + x, (box?.y ?? 0) + y);
        await view.untilStill(page);
        if (await hover.isVisible()) return true;
      }
      return false;
    };
    expect(await found()).toBe(true);
    const said = (await hover.textContent()) ?? '';
    expect(said).toMatch(/rule: .*strength .*threshold .*outcome/u);
    for (const choice of await page.locator('input[data-pattern]').all()) await choice.uncheck();
    expect(await found()).toBe(false);
  });

  test('shades outages and names them, in the strip minute by minute as well', async () => {
    const { page } = await open();
    const titles = await page.locator('.strip title').allTextContents();
    expect(titles.join('\n')).toMatch(/00:\d\d to 00:\d\d feed down/u);
    expect(titles.at(-1)).toBe('01:37 to 24:00 not expected');
    const strip = await page.locator('.strip svg').boundingBox();
    await page.mouse.move((strip?.x ?? 0) + (strip?.width ?? 0) / 2, (strip?.y ?? 0) + 5);
    expect(await page.locator('.strip-minute').textContent()).toMatch(/12:00 not expected/u);
    const minute = (strip?.width ?? 0) / 1_440;
    await page.mouse.click((strip?.x ?? 0) + minute * 30.5, (strip?.y ?? 0) + 5);
    await view.untilStill(page);
    const { from, to } = await view.seenOf(page);
    expect((from + to) / 2).toBeCloseTo(30.5 * 60, -2);
  });

  test.each([360, 768, 1_280, 2_560])('fits %d pixels in both themes', async (width) => {
    for (const theme of ['light', 'dark'] as const) {
      const { page, complaints } = await open({ width, theme });
      const beyond = await page.evaluate<number>(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      expect(beyond).toBe(0);
      const chart = await page.locator('#chart').boundingBox();
      expect(chart?.width).toBeGreaterThan(Math.min(340, width * 0.6));
      const isDark = await page.evaluate<boolean>(
        `getComputedStyle(document.body).backgroundColor.match(/\\d+/g).every((part) => part < 128)`,
      );
      expect(isDark).toBe(theme === 'dark');
      expect(Math.min(...(await view.coloursOf(page)))).toBeGreaterThan(5);
      expect(complaints).toEqual([]);
    }
  });

  test('changes its colours by choice, and keeps the choice', async () => {
    const { page } = await open();
    const ground = 'getComputedStyle(document.body).backgroundColor';
    const light = await page.evaluate<string>(ground);
    await page.locator('#theme').selectOption('dark');
    expect(await page.evaluate<string>(ground)).not.toBe(light);
    await page.reload();
    await view.untilReady(page);
    expect(await page.evaluate<string>(ground)).not.toBe(light);
    await view.press(page, 't');
    expect(await page.locator('#theme').inputValue()).toBe('auto');
    expect(await page.evaluate<string>(ground)).toBe(light);
  });

  test('prints in light colours with a picture of the chart', async () => {
    const { page } = await open({ theme: 'dark' });
    const paper = await page.pdf({ format: 'A4' });
    expect(paper.length).toBeGreaterThan(50_000);
    const source = (await page.locator('#printed').getAttribute('src')) ?? '';
    expect(source).toMatch(/^data:image\/png;base64,/u);
    expect(source.length).toBeGreaterThan(20_000);
  });

  test('says all but the chart without scripts', async () => {
    if (browser === undefined) return;
    const { page } = await openPage(browser, workdir.path('day.html'), { isScriptless: true });
    expect(await page.locator('noscript').isVisible()).toBe(true);
    expect(await page.locator('h3').allTextContents()).toEqual([
      'Findings',
      'Scoreboard',
      'Facts',
      'Files',
    ]);
  });

  test('keeps texts of a recording what they are: texts', async () => {
    const name = `out/_manifest/${VIEW_DATE}.json`;
    const manifest = workdir.text(name);
    const hostile = '</script><script>window.harm = 1</script><img src=x onerror=window.harm=2>';
    const changed = manifest.replace(
      /"detail": "feed_down[^"]*"/u,
      () => `"detail": ${JSON.stringify(hostile)}`,
    );
    expect(changed).not.toBe(manifest);
    workdir.write(name, changed);
    try {
      await makeView(workdir, 'hostile.html');
    } finally {
      workdir.write(name, manifest);
    }
    const { page, complaints } = await open({}, 'hostile.html');
    expect(await page.locator('td.detail', { hasText: hostile }).count()).toBe(1);
    expect(await page.evaluate('window.harm')).toBeUndefined();
    expect(complaints).toEqual([]);
  });
});

function timeOf(second: number): string {
  return `${new Date(Date.parse(`${VIEW_DATE}T00:00:00Z`) + second * 1_000).toISOString().slice(0, 19)}Z`;
}
