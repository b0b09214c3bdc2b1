/** What a test does with the page of a day, and reads of it. */
import type { Page } from 'playwright-core';

/** All rows are unpacked. */
export async function untilReady(page: Page): Promise<void> {
  await until(page, 'window.flowbars?.rowsAtMs !== undefined');
  await untilStill(page);
}

/** `condition` is code of the page, whose policy lets nobody make a function of a text there. */
export async function until(page: Page, condition: string): Promise<void> {
  await page.evaluate(`new Promise((settle) => {
    const look = () => (${condition}) ? settle() : requestAnimationFrame(look);
    look();
  })`);
}

/** Nothing moves any more: the chart moves in its next frames. */
export async function untilStill(page: Page): Promise<void> {
  await page.evaluate(
    `new Promise((settle) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(settle))))`,
  );
}

export async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  await page.locator('#chart').focus();
  for (const key of keys) {
    await page.keyboard.press(key);
    await untilStill(page);
  }
}

export async function levelOf(page: Page): Promise<string> {
  return await page.evaluate<string>('window.flowbars.level()');
}

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Seconds since the start of the first day. */
export async function seenOf(page: Page): Promise<Span> {
  return await page.evaluate<Span>('window.flowbars.seen()');
}

export interface PaneSeen {
  readonly height: number;
  readonly series: readonly {
    readonly title: string;
    readonly kind: string;
    readonly filled: number;
    readonly points: number;
  }[];
}

export async function panesOf(page: Page): Promise<PaneSeen[]> {
  return await page.evaluate<PaneSeen[]>('window.flowbars.panes()');
}

/** Marks are drawn anew once the chart has stood still for a moment. */
export async function untilMarked(page: Page): Promise<void> {
  await untilStill(page);
  await page.evaluate('new Promise((settle) => setTimeout(settle, 100))');
}

/** Of each mark: how many events it stands for, and its second. */
export async function marksOf(page: Page): Promise<{ count: number; second: number }[]> {
  return await page.evaluate('window.flowbars.marks()');
}

/** Of the bar under the crosshair, by column, and its time. */
export async function cellsOf(page: Page): Promise<Record<string, string>> {
  return await page.evaluate<Record<string, string>>(`({
    time: new Date(window.flowbars.pointedMs()).toISOString().slice(0, 19) + 'Z',
    ...Object.fromEntries([...document.querySelectorAll('#cells [data-column]')].map((cell) => [cell.dataset.column, cell.textContent])),
  })`);
}

/** Puts the mouse on the bar of a second, in any pane. */
export async function pointAt(page: Page, second: number, height: number): Promise<void> {
  const box = await page.locator('#chart').boundingBox();
  const x = await page.evaluate<number>(`window.flowbars.pixelOf(${second})`);
  // The mouse is on whole pixels, and the box has a border of one.
  await page.mouse.move(Math.round((box?.x ?? 0) + x + 1), (box?.y ?? 0) + height);
  await untilStill(page);
}

/** Different colours among the pixels of each pane, its axes left out. */
export async function coloursOf(page: Page): Promise<number[]> {
  return await page.evaluate<number[]>(`[...document.querySelectorAll('#chart tr')]
    .map((row) => row.querySelector('td:nth-child(2) canvas'))
    .filter((canvas) => canvas !== null && canvas.clientHeight > 60)
    .map((canvas) => {
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      return new Set(new Uint32Array(data.buffer)).size;
    })`);
}
