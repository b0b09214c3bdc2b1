/** The page of a day in a real browser: what is drawn from the files, on screens of any width, in both themes, on paper. */
import { describe, expect, test } from 'vitest';
import { chromiumPath } from '../support/browser/browser.js';
import * as see from '../support/browser/day-view.js';
import { makeView, publishedCells, VIEW_DATE } from '../support/browser/published-view.js';
import { viewSuite } from '../support/browser/view-suite.js';

const view = viewSuite();

describe.skipIf(chromiumPath === undefined)('the page of a day', () => {
  test('draws every pane from the files, asks for nothing and complains of nothing', async () => {
    const { page, complaints } = await view.open();
    const panes = await see.panesOf(page);
    const minutes = publishedCells(view.workdir, '1m');
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
    const colours = await see.coloursOf(page);
    expect(colours).toHaveLength(panes.length);
    expect(Math.min(...colours)).toBeGreaterThan(8);
    expect(complaints).toEqual([]);
  });

  test.each([360, 768, 1_280, 2_560])('fits %d pixels in both themes', async (width) => {
    for (const theme of ['light', 'dark'] as const) {
      const { page, complaints } = await view.open({ width, theme });
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
      expect(Math.min(...(await see.coloursOf(page)))).toBeGreaterThan(5);
      expect(complaints).toEqual([]);
    }
  });

  test('changes its colours by choice, and keeps the choice', async () => {
    const { page } = await view.open();
    const ground = 'getComputedStyle(document.body).backgroundColor';
    const light = await page.evaluate<string>(ground);
    await page.locator('#theme').selectOption('dark');
    expect(await page.evaluate<string>(ground)).not.toBe(light);
    await page.reload();
    await see.untilReady(page);
    expect(await page.evaluate<string>(ground)).not.toBe(light);
    await see.press(page, 't');
    expect(await page.locator('#theme').inputValue()).toBe('auto');
    expect(await page.evaluate<string>(ground)).toBe(light);
  });

  test('prints in light colours with a picture of the chart', async () => {
    const { page } = await view.open({ theme: 'dark' });
    const paper = await page.pdf({ format: 'A4' });
    expect(paper.length).toBeGreaterThan(50_000);
    const source = (await page.locator('#printed').getAttribute('src')) ?? '';
    expect(source).toMatch(/^data:image\/png;base64,/u);
    expect(source.length).toBeGreaterThan(20_000);
  });

  test('says all but the chart without scripts', async () => {
    const { page } = await view.open({ isScriptless: true });
    expect(await page.locator('noscript').isVisible()).toBe(true);
    for (const dead of ['.tools', '.board', '.explain', '#keys']) {
      expect(await page.locator(dead).count()).toBe(1);
      expect(await page.locator(dead).isVisible()).toBe(false);
    }
    expect(await page.locator('h3').allTextContents()).toEqual([
      'Findings',
      'Scoreboard',
      'Facts',
      'Files',
    ]);
  });

  test('keeps texts of a recording what they are: texts', async () => {
    const name = `out/_manifest/${VIEW_DATE}.json`;
    const manifest = view.workdir.text(name);
    const hostile = '</script><script>window.harm = 1</script><img src=x onerror=window.harm=2>';
    const changed = manifest.replace(
      /"detail": "feed_down[^"]*"/u,
      () => `"detail": ${JSON.stringify(hostile)}`,
    );
    expect(changed).not.toBe(manifest);
    view.workdir.write(name, changed);
    try {
      await makeView(view.workdir, 'hostile.html');
    } finally {
      view.workdir.write(name, manifest);
    }
    const { page, complaints } = await view.open({}, 'hostile.html');
    expect(await page.locator('td.detail', { hasText: hostile }).count()).toBe(1);
    expect(await page.evaluate('window.harm')).toBeUndefined();
    expect(complaints).toEqual([]);
  });
});
