/** The page of an evaluation in a real browser: it asks for nothing, fits, and nothing of it lies on anything else. */
import { writeFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { evaluationPage } from '../../src/core/learned/page/evaluation-page.js';
import { chromiumPath, openBrowser, openPage } from '../support/browser/browser.js';
import { madeEvaluation } from '../support/learn/made-evaluation.js';
import { Workdir } from '../support/workdir.js';

const workdir = new Workdir();
let browser: Browser | undefined;
const SCREENS = [390, 1_280].flatMap((width) =>
  (['light', 'dark'] as const).flatMap((theme) =>
    [-0.0009, 0.011].map((skill) => ({ width, theme, skill, height: 1_000 })),
  ),
);

beforeAll(async () => {
  if (chromiumPath !== undefined) browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  workdir.dispose();
});

interface Seen {
  /** How far the page reaches to the right. */
  readonly width: number;
  readonly texts: number;
  /** Texts of a drawing that lie on each other, or outside of it. */
  readonly clashes: readonly string[];
  /** Of texts and their ground, the least. */
  readonly contrast: number;
  /** Drawings without words, tables that no key reaches, headings that skip a level. */
  readonly mute: readonly string[];
}

/** Runs in the page. */
const LOOK = `(() => {
  const clashes = [];
  let texts = 0;
  for (const svg of document.querySelectorAll('svg')) {
    const frame = svg.getBoundingClientRect();
    const boxes = [...svg.querySelectorAll('text')].map((text) => ({ said: text.textContent, box: text.getBoundingClientRect() }));
    texts += boxes.length;
    for (const [at, { said, box }] of boxes.entries()) {
      if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.bottom > frame.bottom + 3) clashes.push('outside: ' + said);
      for (const other of boxes.slice(at + 1)) {
        const isApart = box.right <= other.box.left || other.box.right <= box.left || box.bottom <= other.box.top + 2 || other.box.bottom <= box.top + 2;
        if (!isApart) clashes.push(said + ' on ' + other.said);
      }
    }
  }
  const channels = (colour) => colour.match(/[\\d.]+/g).slice(0, 3).map((part) => {
    const share = Number(part) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  const light = (colour) => { const [r, g, b] = channels(colour); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const groundOf = (element) => {
    for (let at = element; at !== null; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (!/, 0\\)$/.test(colour) && colour !== 'transparent') return colour;
    }
    return 'rgb(255, 255, 255)';
  };
  const ratios = [...document.querySelectorAll('p,li,dd,dt,td,th,h1,h2,h3,span,small,summary,figcaption,svg text')].map((element) => {
    const style = getComputedStyle(element);
    const ink = element instanceof SVGElement ? style.fill : style.color;
    const [one, other] = [light(ink), light(groundOf(element))].sort((a, b) => b - a);
    return (one + 0.05) / (other + 0.05);
  });
  const levels = [...document.querySelectorAll('h1,h2,h3')].map(({ tagName }) => Number(tagName[1]));
  const mute = [
    ...[...document.querySelectorAll('svg')].filter((svg) => svg.getAttribute('role') !== 'img' || !svg.getAttribute('aria-label')).map(() => 'svg'),
    ...[...document.querySelectorAll('.wide')].filter((wide) => wide.tabIndex !== 0 || !wide.getAttribute('aria-label')).map(() => 'table'),
    ...(levels.filter((level) => level === 1).length === 1 ? [] : ['h1']),
  ];
  return { width: document.documentElement.scrollWidth, texts, clashes, contrast: Math.min(...ratios), mute };
})()`;

async function look(page: Page): Promise<Seen> {
  return await page.evaluate<Seen>(LOOK);
}

describe.skipIf(chromiumPath === undefined)('the page of an evaluation', () => {
  test.for(SCREENS)('$width px, $theme, skill $skill', async ({ skill, ...screen }) => {
    if (browser === undefined) throw new Error('the browser is open');
    const path = workdir.path('report.html');
    const evaluation = madeEvaluation({ skill });
    writeFileSync(path, evaluationPage({ evaluation, command: 'train', sha256: 'ab'.repeat(32) }));
    const { page, complaints } = await openPage(browser, path, screen);
    const seen = await look(page);
    expect(complaints).toEqual([]);
    expect(seen.width).toBeLessThanOrEqual(screen.width);
    expect(seen.texts).toBeGreaterThan(150);
    expect(seen.clashes).toEqual([]);
    expect(seen.contrast).toBeGreaterThan(4.5);
    expect(seen.mute).toEqual([]);
    const summary = page.locator('summary:has-text("the figures")').last();
    await summary.click();
    const needed = await page.locator('details[open] tr').last().innerText();
    expect(needed.split(/\s+/u).join(' ')).toContain('needed 89.7 % 129 %: impossible');
    expect((await look(page)).width).toBeLessThanOrEqual(screen.width);
    await page.context().close();
  });
});
