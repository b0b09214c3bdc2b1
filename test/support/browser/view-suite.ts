/** The page of a published day in a browser, for the tests of one file: published once, opened anew by each test. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { Workdir } from '../workdir.js';
import { chromiumPath, openBrowser, type OpenedPage, openPage, type Screen } from './browser.js';
import { untilReady } from './day-view.js';
import { publishView } from './published-view.js';

export interface ViewSuite {
  readonly workdir: Workdir;
  /** By default `day.html`, with all its rows unpacked. */
  open(screen?: Screen, page?: string): Promise<OpenedPage>;
}

export function viewSuite(): ViewSuite {
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
  return {
    workdir,
    open: async (screen = {}, page = 'day.html') => {
      if (browser === undefined) throw new Error('tests without a browser are skipped');
      const opened = await openPage(browser, workdir.path(page), screen);
      if (screen.isScriptless !== true) await untilReady(opened.page);
      return opened;
    },
  };
}
