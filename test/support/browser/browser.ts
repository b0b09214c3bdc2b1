/**
 * A headless Chromium for tests that look at pages. It is that of the machine: `.ci/run` installs Debian's; elsewhere
 * tests say that they were skipped where there is none.
 */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/** It asks nobody for anything of its own. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--force-device-scale-factor=1',
];

/** Undefined where there is none; on CI there has to be one. */
export const chromiumPath: string | undefined = findChromium();

function findChromium(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const found = NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) =>
    existsSync(path),
  );
  if (found === undefined && process.env['CI'] !== undefined) {
    throw new Error(`PATH: found no ${NAMES.join(', ')}, expected one on CI (.ci/run installs it)`);
  }
  if (found === undefined) process.stderr.write(`skipped: no ${NAMES.join(' or ')} on PATH\n`);
  return found;
}

export async function openBrowser(): Promise<Browser> {
  return await chromium.launch({ executablePath: chromiumPath ?? '', args: ARGUMENTS });
}

export interface Screen {
  readonly width?: number;
  readonly height?: number;
  readonly theme?: 'light' | 'dark';
  readonly isScriptless?: boolean;
}

export interface OpenedPage {
  readonly page: Page;
  /** What it said on its console, errors, and whatever it asked for but itself and what it carries. */
  readonly complaints: string[];
}

/** `path`: a file, as a person opens it. */
export async function openPage(
  browser: Browser,
  path: string,
  { width = 1_280, height = 1_400, theme = 'light', isScriptless = false }: Screen = {},
): Promise<OpenedPage> {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    javaScriptEnabled: !isScriptless,
    locale: 'en-GB',
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(error.message.slice(0, 500)));
  const address = `file://${path}`;
  page.on('request', (request) => {
    const url = request.url();
    if (url !== address && !url.startsWith('data:')) complaints.push(`asked for ${url}`);
  });
  await page.goto(address);
  return { page, complaints };
}
