/** The page of a day in a real browser: what mouse, wheel and keys do, and what is said under the crosshair. */
import { describe, expect, test } from 'vitest';
import { chromiumPath } from '../../support/browser/browser.js';
import * as see from '../../support/browser/day-view.js';
import {
  EXPECTED_SECONDS,
  publishedCells,
  VIEW_DATE,
} from '../../support/browser/published-view.js';
import { viewSuite } from '../../support/browser/view-suite.js';

const view = viewSuite();
/** Pixels from the top of the chart into each of its panes. */
const PANE_HEIGHTS = [150, 355, 467, 579, 690, 803, 880];

/** Seconds of the recording, the same each time. */
function someSeconds(count: number): number[] {
  return Array.from({ length: count }, (_, index) => (index * 7_919 + 31) % EXPECTED_SECONDS);
}

describe.skipIf(chromiumPath === undefined)('under mouse and keys the page of a day', () => {
  test('says under the mouse exactly the cells of both files, minute by minute', async () => {
    const { page } = await view.open();
    const minutes = publishedCells(view.workdir, '1m');
    expect(await see.levelOf(page)).toBe('1m');
    for (const [index, second] of someSeconds(40).entries()) {
      await see.pointAt(page, second, PANE_HEIGHTS[index % PANE_HEIGHTS.length] ?? 0);
      const cells = await see.cellsOf(page);
      const from = second - (second % 60);
      expect(cells['time']).toBe(timeOf(from));
      expect(cells).toEqual(minutes.get(timeOf(from)));
    }
  });

  test('says under the mouse exactly the cells of both files, second by second', async () => {
    const { page } = await view.open();
    const seconds = publishedCells(view.workdir, '1s');
    let looked = 0;
    for (const middle of someSeconds(6)) {
      await page.locator('button[data-span=""]').click();
      await see.untilStill(page);
      await see.pointAt(page, middle, 100);
      await see.press(page, '1', '+');
      expect(await see.levelOf(page)).toBe('1s');
      const { from, to } = await see.seenOf(page);
      for (const share of [0.1, 0.33, 0.52, 0.9]) {
        const second = Math.floor(from + (to - from) * share);
        if (second < 0) continue;
        await see.pointAt(page, second, 200);
        const cells = await see.cellsOf(page);
        expect(cells['time']).toBe(timeOf(second));
        expect(cells).toEqual(seconds.get(timeOf(second)));
        looked += 1;
      }
    }
    expect(looked).toBeGreaterThan(18);
  });

  test('moves the crosshair with keys, a bar, ten bars, and to both ends', async () => {
    const { page } = await view.open();
    const times: (string | undefined)[] = [];
    await see.pointAt(page, 1_800, 100);
    for (const key of ['ArrowRight', 'ArrowLeft', 'ArrowLeft', 'Shift+ArrowRight', 'Home', 'End']) {
      await see.press(page, key);
      times.push((await see.cellsOf(page))['time']);
    }
    const expected = [31, 30, 29, 39, 0, 1_439].map((minute) => timeOf(minute * 60));
    expect(times).toEqual(expected);
    const cells = await see.cellsOf(page);
    expect(cells).toEqual(publishedCells(view.workdir, '1m').get(timeOf(1_439 * 60)));
    expect(await page.locator('#explain').textContent()).toBe(
      `flowbars explain --raw RAW --out OUT --symbol BTCUSDT --at ${VIEW_DATE}T23:59:00Z --resolution 1m`,
    );
  });

  test('zooms around the crosshair down to seconds and back, and takes the rows that fit', async () => {
    const { page } = await view.open();
    await see.pointAt(page, 3_000, 100);
    const levels: string[] = [];
    for (const key of Array.from({ length: 16 }, (_, index) => (index < 8 ? '+' : '-'))) {
      await see.press(page, key);
      levels.push(await see.levelOf(page));
      const { from, to } = await see.seenOf(page);
      expect(from).toBeLessThan(3_060);
      expect(to).toBeGreaterThan(3_000);
      expect((to - from) / (levels.at(-1) === '1s' ? 1 : 60)).toBeLessThan(2_800);
    }
    expect(levels.join(' ')).toMatch(/^(?:1m )+(?:1s )+(?:1m ?)+$/u);
    await see.press(page, '1');
    expect(await see.levelOf(page)).toBe('1s');
    await see.press(page, '2');
    expect(await see.levelOf(page)).toBe('1m');
    await page.locator('button[data-span="60"]').click();
    await see.untilStill(page);
    const { from, to } = await see.seenOf(page);
    expect(to - from).toBeCloseTo(60, 3);
    await page.locator('button[data-span=""]').click();
    await see.untilStill(page);
    expect((await see.seenOf(page)).to).toBeCloseTo(EXPECTED_SECONDS, 1);
  });

  test('zooms with the wheel and drags, and says the bar that is then under the mouse', async () => {
    const { page, complaints } = await view.open();
    await see.pointAt(page, 2_400, 100);
    for (let turn = 0; turn < 16; turn += 1) {
      await page.mouse.wheel(0, -240);
      await see.untilStill(page);
    }
    await see.until(page, `window.flowbars.level() === '1s'`);
    const { from, to } = await see.seenOf(page);
    const second = Math.floor((from + to) / 2);
    await see.pointAt(page, second, 100);
    await page.mouse.down();
    await page.mouse.move(300, 400, { steps: 5 });
    await page.mouse.up();
    await see.untilStill(page);
    const moved = await see.seenOf(page);
    expect(moved.from).toBeGreaterThan(from);
    await see.pointAt(page, second, 120);
    expect(await see.cellsOf(page)).toEqual(publishedCells(view.workdir, '1s').get(timeOf(second)));
    expect(complaints).toEqual([]);
  });

  test('goes from event to event, and says rule, strength, threshold and outcomes', async () => {
    const { page } = await view.open();
    const [header = '', ...lines] = view.workdir
      .text(`out/BTCUSDT/${VIEW_DATE}_patterns.csv`)
      .trimEnd()
      .split('\n');
    expect(lines.length).toBeGreaterThan(8);
    await see.press(page, 'Home');
    for (const line of lines.slice(0, 12)) {
      await see.press(page, 'p');
      const said = (await page.locator('#tip').textContent()) ?? '';
      const cells = line.split(',');
      for (const name of ['confirmed', 'pattern', 'direction', 'price', 'strength', 'threshold']) {
        expect(said).toContain(cells[header.split(',').indexOf(name)] ?? 'missing');
      }
      for (const outcome of cells.slice(-3)) expect(said).toContain(outcome || 'not known');
      expect(said).toContain('rule: ');
      expect(said).toContain(`--symbol BTCUSDT --at ${cells[0] ?? ''} --event`);
      const lastMs = Date.parse(cells[0] ?? '') - 1_000;
      expect((await see.cellsOf(page))['time']).toBe(
        timeOf((lastMs - Date.parse(timeOf(0))) / 1_000),
      );
    }
  });

  test('shows what is said of an event beside the mouse, and leaves out a pattern that is switched off', async () => {
    const { page } = await view.open();
    await see.press(page, 'Home', 'p', '+', '+');
    const hover = page.locator('#hover');
    const { from, to } = await see.seenOf(page);
    const box = await page.locator('#chart').boundingBox();
    const x = await page.evaluate<number>(`window.flowbars.pixelOf(${(from + to) / 2})`);
    const found = async (): Promise<boolean> => {
      for (let y = 10; y < 290; y += 4) {
        await page.mouse.move((box?.x ?? 0) + x, (box?.y ?? 0) + y);
        await see.untilStill(page);
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

  test('says of an event no longer than it is in sight', async () => {
    const { page } = await view.open();
    await see.press(page, 'Home', 'p', '+', '-');
    await see.untilMarked(page);
    expect(await page.locator('#tip').textContent()).toContain('rule: ');
    const strip = await page.locator('.strip svg').boundingBox();
    const minute = (strip?.width ?? 0) / 1_440;
    await page.mouse.click((strip?.x ?? 0) + minute * 4.5, (strip?.y ?? 0) + 5);
    await see.untilMarked(page);
    expect(await page.locator('#tip').textContent()).toBe('');
  });

  test('tells marks apart: a dot for several comes apart at a click', async () => {
    const { page } = await view.open();
    await page.locator('button[data-span="86400"]').click();
    await see.untilMarked(page);
    const before = await see.marksOf(page);
    const dot = before.find(({ count }) => count > 1);
    expect(dot).toBeDefined();
    const box = await page.locator('#chart').boundingBox();
    const x = await page.evaluate<number>(`window.flowbars.pixelOf(${dot?.second ?? 0})`);
    const hover = page.locator('#hover');
    for (let y = 10; y < 290 && !(await hover.isVisible()); y += 3) {
      await page.mouse.move((box?.x ?? 0) + x, (box?.y ?? 0) + y);
      await see.untilStill(page);
    }
    await page.mouse.down();
    await page.mouse.up();
    await see.untilMarked(page);
    const after = await see.marksOf(page);
    expect(after.length).toBeGreaterThan(before.length);
    const { from, to } = await see.seenOf(page);
    expect(to - from).toBeLessThan(7_200);
  });

  test('shades outages and names them, in the strip minute by minute as well', async () => {
    const { page } = await view.open();
    const titles = await page.locator('.strip title').allTextContents();
    expect(titles.join('\n')).toMatch(/00:\d\d to 00:\d\d feed down/u);
    expect(titles.at(-1)).toBe('01:37 to 24:00 not expected');
    const strip = await page.locator('.strip svg').boundingBox();
    await page.mouse.move((strip?.x ?? 0) + (strip?.width ?? 0) / 2, (strip?.y ?? 0) + 5);
    expect(await page.locator('.strip-minute').textContent()).toMatch(/12:00 not expected/u);
    const minute = (strip?.width ?? 0) / 1_440;
    await page.mouse.click((strip?.x ?? 0) + minute * 30.5, (strip?.y ?? 0) + 5);
    await see.untilStill(page);
    const { from, to } = await see.seenOf(page);
    expect((from + to) / 2).toBeCloseTo(30.5 * 60, -2);
  });
});

function timeOf(second: number): string {
  return `${new Date(Date.parse(`${VIEW_DATE}T00:00:00Z`) + second * 1_000).toISOString().slice(0, 19)}Z`;
}
