/** A site in a real browser, opened from a folder: from the index to a day and back, by mouse and by keys. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, openBrowser, openPage } from '../support/browser/browser.js';
import { optionArgs, runExpecting, tinyRunArgs } from '../support/e2e/run-flowbars.js';
import { TINY_DATE, tinyRecording, writeChunks } from '../support/e2e/tiny-recording.js';
import { Workdir } from '../support/workdir.js';

const SYMBOLS = ['AAAUSDT', '币安人生USDT'];
const workdir = new Workdir();
let browser: Browser | undefined;

/** Thirty days of two symbols, of which one is published. */
beforeAll(async () => {
  if (chromiumPath === undefined) return;
  for (const symbol of SYMBOLS) writeChunks(workdir, 'raw', tinyRecording(symbol));
  await runExpecting(workdir, 0, tinyRunArgs({ symbols: SYMBOLS.join() }));
  const days = { from: '2024-04-20', to: '2024-05-19' };
  await runExpecting(workdir, 0, ['view', ...optionArgs({ out: 'out', site: 'site', ...days })]);
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  workdir.dispose();
});

async function open(screen: Parameters<typeof openPage>[2], page = 'site/index.html') {
  if (browser === undefined) throw new Error('the browser is open');
  return await openPage(browser, workdir.path(page), screen);
}

/** The part of the address below the folder. */
function placeOf(page: Page): string {
  return decodeURIComponent(page.url()).split('/site/')[1] ?? '';
}

/** What is drawn in the cell of a day: its colour, and the letter that stands there without it. */
async function drawnAt(page: Page, date: string): Promise<{ colour: string; letter: string }> {
  const cell = `document.querySelector('.days a[title^="${date}"]')`;
  return await page.evaluate(`({
    colour: getComputedStyle(${cell}).backgroundColor,
    letter: getComputedStyle(${cell}, '::before').content,
  })`);
}

/** How far the page itself reaches to the right. */
async function widthOf(page: Page): Promise<number> {
  return await page.evaluate('document.documentElement.scrollWidth');
}

/** What has the focus. */
async function focused(page: Page, attribute: string): Promise<string> {
  return await page.evaluate(`document.activeElement.getAttribute('${attribute}')`);
}

const SCREENS = [360, 1_600].flatMap((width) =>
  (['light', 'dark'] as const).map((theme) => ({ width, theme, height: 900 })),
);

describe.skipIf(chromiumPath === undefined)('a site', () => {
  test.for(SCREENS)('leads to a day and back: $width px, $theme', async (screen) => {
    const { page, complaints } = await open(screen);
    expect(await widthOf(page)).toBeLessThanOrEqual(screen.width);
    const [complete, missing] = [await drawnAt(page, TINY_DATE), await drawnAt(page, '2024-05-07')];
    expect(complete.colour).not.toBe(missing.colour);
    expect([complete.letter, missing.letter]).toEqual(['none', '"M"']);
    for (const symbol of SYMBOLS) {
      await page.locator(`tr:has-text("${symbol}") a[title^="${TINY_DATE}"]`).first().click();
      expect(placeOf(page)).toBe(`${symbol}/${TINY_DATE}.html`);
      await page.locator('nav a').first().click();
      expect(placeOf(page)).toBe(`${symbol}/index.html`);
      expect(await widthOf(page)).toBeLessThanOrEqual(screen.width);
      await page.locator('nav a').first().click();
      expect(placeOf(page)).toBe('index.html');
    }
    expect(complaints.filter((one) => !one.startsWith('asked for file://'))).toEqual([]);
  });

  test('a day without a page leads to what is known of it', async () => {
    const { page } = await open({ isScriptless: true });
    await page.locator('.days a[title^="2024-05-07"]').first().click();
    expect(placeOf(page)).toBe(`${SYMBOLS[0]}/index.html#2024-05-07`);
    const target = await page.locator('tr:target').innerText();
    expect(target).toContain('the day has no manifest');
  });

  test('is walked through by keys', async () => {
    const { page } = await open({});
    // A way past the calendar; then its table, which scrolls by keys; then the symbol, then its days.
    await page.keyboard.press('Tab');
    expect(await focused(page, 'href')).toBe('#behind');
    await page.keyboard.press('Tab');
    expect(await focused(page, 'class')).toBe('days');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await focused(page, 'title')).toMatch(/^2024-04-20: missing/u);
    await page.keyboard.press('Enter');
    await page.waitForURL(/#2024-04-20$/u);
    expect(placeOf(page)).toBe(`${SYMBOLS[0]}/index.html#2024-04-20`);
  });

  test('keeps the names of symbols in sight while the days scroll', async () => {
    const { page } = await open({ width: 360 });
    const name = page.locator('.days th[scope=row]').first();
    const before = await name.boundingBox();
    await page.evaluate(`document.querySelector('.days').scrollLeft = 300`);
    const after = await name.boundingBox();
    expect(before?.x).toBeGreaterThanOrEqual(0);
    expect(after?.x).toBe(before?.x);
  });
});
